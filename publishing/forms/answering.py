"""What a person says about a delivery that stopped."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.fields import ClockField, DayField
from publishing.forms.times import FOLD, ask_which, chosen_time
from publishing.models import Delivery
from publishing.workflow import State


class AnswerForm(forms.Form):
    """The choices depend on where the delivery stands."""

    # Which delivery the person saw: one that has moved on since is not answered for.
    fence = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.ChoiceField(
        label="What should happen?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what should happen.",
            "invalid_choice": "Choose what should happen.",
        },
    )
    address = forms.URLField(
        label="Its address on the platform",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter the whole address, starting with https://.",
            "max_length": "Enter an address of at most 300 characters.",
        },
    )
    date = DayField(label="New date", required=False)
    time = ClockField(label="New time", required=False)
    fold = FOLD
    evidence = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="One sentence for the record, such as “I looked at the account at 14:05”.",
        error_messages={"required": "Say in one sentence how you know."},
    )

    def __init__(
        self, data: Any = None, *, delivery: Delivery, may_be_public: bool, now: datetime
    ) -> None:
        seen = {"fence": delivery.fence}
        super().__init__(data, initial=seen, auto_id=f"id_{delivery.pk}_%s")
        self.now = now
        answer: Any = self.fields["answer"]
        answer.choices = _answers(delivery, may_be_public=may_be_public)
        if not may_be_public:
            self.fields["evidence"].label = "Why?"
            self.fields["evidence"].help_text = "One sentence for the record; its author reads it."
            self.fields["evidence"].error_messages["required"] = "Say in one sentence why."
        answer.reveals = {"live": ["address"], "reschedule": ["date", "time", "fold"]}
        ask_which(self, is_asked=self.data.get("answer") == "reschedule")
        # A field that no choice opens is not asked for.
        opened = {name for value, _ in answer.choices for name in answer.reveals.get(value, [])}
        for name in {"address", "date", "time"} - opened:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needs_address = cleaned.get("answer") == "live" and "address" not in self.errors
        if needs_address and not cleaned.get("address"):
            self.add_error("address", "Enter its address on the platform.")
        if cleaned.get("answer") == "reschedule":
            cleaned["due_at"] = chosen_time(self, cleaned, self.now)
        return cleaned


def _answers(delivery: Delivery, *, may_be_public: bool) -> list[tuple[str, str]]:
    if may_be_public:
        return [
            ("live", "It is public"),
            ("again", "It is not public: send it again"),
            ("drop", "It is not public, and shall not go out"),
        ]
    again = (
        ("reschedule", "Give it a new time")
        if delivery.state == State.MISSED
        else ("again", "Send it again as it was approved")
    )
    # Somebody may have put it out by hand meanwhile.
    live = [("live", "It is public")] if delivery.state == State.NEEDS_HUMAN else []
    return [*live, again, ("drop", "Drop it: it shall not go out")]
