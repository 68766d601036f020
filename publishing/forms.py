"""What a person says about a delivery that stopped."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from accounts.fields import ClockField, DayField
from accounts.models import SocialAccount
from drafts.schedule import DoubledHour, MissingHour, planned
from publishing.models import Delivery
from publishing.services import FAULTS
from publishing.workflow import State

LATEST = timedelta(days=366)
MAY_BE_LIVE = {State.UNKNOWN, State.NEEDS_HUMAN}


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
    evidence = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="One sentence for the record, such as “I looked at the account at 14:05”.",
        error_messages={"required": "Say in one sentence how you know."},
    )

    def __init__(self, data: Any = None, *, delivery: Delivery, now: datetime) -> None:
        seen = {"fence": delivery.fence}
        super().__init__(data, initial=seen, auto_id=f"id_{delivery.pk}_%s")
        self.now = now
        answer: Any = self.fields["answer"]
        answer.choices = [
            *([("live", "It is public")] if delivery.state in MAY_BE_LIVE else []),
            ("reschedule", "Give it a new time")
            if delivery.state == State.MISSED
            else ("again", "It is not public: send it again"),
            ("drop", "Drop it: it shall not go out"),
        ]
        answer.reveals = {"live": ["address"], "reschedule": ["date", "time"]}
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
            cleaned["due_at"] = self._due(cleaned)
        return cleaned

    def _due(self, cleaned: dict[str, Any]) -> datetime | None:
        day, clock = cleaned.get("date"), cleaned.get("time")
        if not (day and clock):
            self.add_error("date" if not day else "time", "Enter the new date and time.")
            return None
        try:
            due = planned(day, clock).at
        except (MissingHour, DoubledHour):
            self.add_error("time", "The clocks change at that time. Choose another.")
            return None
        if due <= self.now:
            self.add_error("time", "This time has passed. Choose a later one.")
        elif due > self.now + LATEST:
            self.add_error("date", "Choose a time within the next 12 months.")
        return due


class FaultForm(forms.Form):
    """What the practice publisher should do to the next tweet."""

    kind = forms.ChoiceField(
        label="Make the next tweet fail",
        choices=list(FAULTS.items()),
        error_messages={"required": "Choose a fault.", "invalid_choice": "Choose a fault."},
    )
    account = forms.ModelChoiceField(
        label="Of which account?",
        queryset=SocialAccount.objects.none(),
        required=False,
        empty_label="Any account",
    )

    def __init__(self, data: Any = None, *, forces: set[int]) -> None:
        super().__init__(data)
        account: Any = self.fields["account"]
        account.queryset = SocialAccount.objects.filter(force__in=forces).in_order()
