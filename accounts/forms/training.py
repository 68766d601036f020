"""The check at the end of a guidance page."""

from collections.abc import Collection
from typing import Any

from django import forms

from accounts.guidance import Module


class CheckForm(forms.Form):
    """One question after the other, each with its answers as radios."""

    def __init__(self, data: Any = None, *, module: Module) -> None:
        super().__init__(data)
        self.module = module
        for place, question in enumerate(module.questions):
            self.fields[f"q{place}"] = forms.ChoiceField(
                label=question.ask,
                choices=[(str(n), answer) for n, answer in enumerate(question.answers)],
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), f"Choose an answer: {question.ask}"
                ),
            )

    @property
    def answers(self) -> list[int | None]:
        """The place of each answer chosen, of a valid form."""
        return [int(self.cleaned_data[f"q{place}"]) for place in range(len(self.module.questions))]

    def blame(self, wrong: Collection[int]) -> None:
        """Say beside each wrong answer why it is none, which is the point of the check."""
        for place in wrong:
            because = self.module.questions[place].because
            self.add_error(f"q{place}", f"That is not it. {because}")
