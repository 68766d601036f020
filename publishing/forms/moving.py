"""Choosing approved tweets when news breaks, and what to do with them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

from accounts.fields import ClockField, DayField
from accounts.models import User
from incidents.forms import scopes_of
from incidents.services import Scope
from publishing.forms.times import FOLD, ask_which, chosen_time

MOST_HOURS = 24 * 14
LONGEST_KEY = 18
WINDOWS = [
    ("1", "in the next hour"),
    ("3", "in the next 3 hours"),
    ("6", "in the next 6 hours"),
    ("12", "in the next 12 hours"),
    ("24", "in the next 24 hours"),
    ("72", "in the next 3 days"),
    ("", "at any time"),
]
REASON = {"required": "Say in one sentence why."}


class ChooseForm(forms.Form):
    """Whose tweets, and how far ahead. Read from the address, so that it can be passed on."""

    scope = forms.MultipleChoiceField(
        label="Whose tweets?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose the force, a team or an account.",
            "invalid_choice": "Choose the force, a team or an account in the list.",
        },
    )
    due = forms.ChoiceField(
        label="Due",
        choices=WINDOWS,
        required=False,
        error_messages={"invalid_choice": "Choose a span in the list."},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.scopes = scopes_of(user)
        scope: Any = self.fields["scope"]
        scope.choices = [(key, words) for key, (words, _) in self.scopes.items()]

    def chosen(self) -> list[Scope]:
        return [self.scopes[key][1] for key in self.cleaned_data["scope"]]

    def words(self) -> str:
        """What was chosen, to be read back: “Oldermoor team, @Roads, in the next 3 hours”."""
        whose = [self.scopes[key][0] for key in self.cleaned_data["scope"]]
        return ", ".join([*whose, dict(WINDOWS)[self.cleaned_data["due"]]])

    def until(self, now: datetime) -> datetime | None:
        hours = self.cleaned_data["due"]
        return now + timedelta(hours=int(hours)) if hours else None


class TimeForm(forms.Form):
    """A new time for one tweet. `seen` is the time the person saw it due at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    date = DayField(label="New date", required=False)
    time = ClockField(label="New time", required=False, help_text="UK time, like 14:30.")
    fold = FOLD
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="One sentence for the record; its author reads it.",
        error_messages=REASON,
    )

    def __init__(self, data: Any = None, *, now: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.now = now
        ask_which(self, is_asked=True)

    def clean_seen(self) -> datetime:
        moment = _moment(self.cleaned_data["seen"])
        if moment is None:
            raise forms.ValidationError("Open this page again.")
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["due_at"] = chosen_time(self, cleaned, self.now)
        return cleaned


class MoveForm(forms.Form):
    """What to do with the ticked ones. Each tick is "number@time it was shown as due"."""

    do = forms.ChoiceField(
        label="What shall happen?",
        widget=forms.RadioSelect,
        choices=[
            ("later", "Move the ticked ones by some hours"),
            ("to", "Move the ticked ones to a date and time"),
            ("hold", "Hold everything of whom you chose, ticked or not"),
        ],
        error_messages={
            "required": "Choose what shall happen.",
            "invalid_choice": "Choose what shall happen.",
        },
    )
    hours = forms.IntegerField(
        label="By how many hours?",
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        error_messages={
            "invalid": "Enter whole hours, like 6.",
            "min_value": "Enter at least 1 hour.",
            "max_value": f"Enter at most {MOST_HOURS} hours.",
        },
    )
    date = DayField(label="New date", required=False)
    time = ClockField(
        label="New time",
        required=False,
        help_text="The first goes out then. The others keep their distance to it.",
    )
    fold = FOLD
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="One sentence. The authors read it, and with a hold everybody concerned.",
        error_messages=REASON,
    )

    def __init__(self, data: Any = None, *, picked: Iterable[str] = (), now: datetime) -> None:
        super().__init__(data)
        self.now = now
        #: When each of the ticked ones was shown as due, by its number.
        self.seen = dict(filter(None, map(parse_pick, picked)))
        do: Any = self.fields["do"]
        do.reveals = {"later": ["hours"], "to": ["date", "time", "fold"]}
        do.hints = {
            "hold": "Writing and approving go on. Nothing goes out until the release, and what is"
            " too late by then comes back to you.",
        }
        ask_which(self, is_asked=self.data.get("do") == "to")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        do = cleaned.get("do")
        if do == "later":
            if not cleaned.get("hours") and "hours" not in self.errors:
                self.add_error("hours", "Enter by how many hours.")
            cleaned["to"] = timedelta(hours=cleaned.get("hours") or 0)
        if do == "to":
            cleaned["to"] = chosen_time(self, cleaned, self.now)
        if do in {"later", "to"} and not self.seen:
            self.add_error("do", "Tick at least one tweet to move.")
        return cleaned


def pick_of(pk: int, due_at: datetime) -> str:
    """What a tick says: which delivery, and when it was shown as due."""
    return f"{pk}@{due_at.isoformat()}"


def parse_pick(value: str) -> tuple[int, datetime] | None:
    """The parts of what `pick_of` wrote; None when it did not write this."""
    pk, _, time = value.partition("@")
    moment = _moment(time)
    # A longer number is no key of any database.
    is_key = pk.isascii() and pk.isdigit() and len(pk) <= LONGEST_KEY
    return (int(pk), moment) if is_key and moment else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
