"""What people want an account's profile to say, what comes of it, and a profile to practise on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from publishing.models.profiles import CHANGEABLE, LONGEST, ProfileField

CHOOSE = {"required": "Choose what to change.", "invalid_choice": "Choose what to change."}


class ChangeForm(forms.Form):
    """One field, its new words, and why."""

    field = forms.ChoiceField(
        label="What should change?",
        widget=forms.RadioSelect,
        choices=[(field.value, field.label) for field in CHANGEABLE],
        error_messages=CHOOSE,
    )
    wanted = forms.CharField(
        label="What should it say?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The exact words. For a link, the whole address. For a picture, what it shows and"
        " where communications can get it.",
        error_messages={
            "required": "Write what it should say.",
            "max_length": f"Use at most {LONGEST} characters.",
        },
    )
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        error_messages={
            "required": "Say in one sentence why.",
            "max_length": "Use at most 300 characters.",
        },
    )

    def clean(self) -> dict[str, Any]:
        """A link is an address that people can open."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("field") == ProfileField.LINK and cleaned.get("wanted"):
            try:
                URLValidator(schemes=["https", "http"])(cleaned["wanted"])
            except ValidationError:
                words = "Write the whole address, such as https://www.force.example/team."
                self.add_error("wanted", words)
        return cleaned


class DecideForm(forms.Form):
    """Yes, or no with a sentence."""

    answer = forms.CharField(
        label="What should the team know? (needed to decline)",
        required=False,
        max_length=300,
        error_messages={"max_length": "Use at most 300 characters."},
    )

    def __init__(self, data: Any = None, *, key: int, declines: bool = False) -> None:
        super().__init__(data, auto_id=f"id_{key}_%s")
        self._declines = declines

    def clean_answer(self) -> str:
        """Nobody is turned down without a word."""
        answer: str = self.cleaned_data["answer"]
        if self._declines and not answer:
            raise ValidationError("Say in one sentence why not.")
        return answer
