"""Why a tweet has to go, and what somebody saw who looked whether it is gone."""

from typing import Any

from django import forms

from publishing.models import TakeDown
from publishing.models.taken_down import Reason
from publishing.workflow import State


class TakeDownForm(forms.Form):
    """The reason is the button that was pressed."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=Reason.choices,
        error_messages={
            "required": "Choose why it has to go.",
            "invalid_choice": "Choose why it has to go.",
        },
    )
    note = forms.CharField(
        label="Anything that your colleagues should know (optional)",
        required=False,
        max_length=300,
        error_messages={"max_length": "Use at most 300 characters."},
    )


class GoneForm(forms.Form):
    """What somebody saw who looked at the platform."""

    outcome = forms.ChoiceField(
        label="What did you see?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you saw.",
            "invalid_choice": "Choose what you saw.",
        },
    )
    evidence = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="One sentence for the record, such as “I deleted it at 14:05”.",
        error_messages={"required": "Say in one sentence how you know."},
    )

    def __init__(self, data: Any = None, *, take_down: TakeDown) -> None:
        super().__init__(data)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [("gone", "It is gone from the platform")]
        if take_down.delivery.state != State.PUBLISHED:
            outcome.choices = [*outcome.choices, ("private", "It never was public")]
