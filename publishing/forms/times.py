"""A date and a time of day that a person chose."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from drafts.forms import DraftForm, comes_twice
from drafts.schedule import DoubledHour, MissingHour, planned

LATEST = timedelta(days=366)
# Which of the two is meant, where the clocks go back: asked as it is in writing a tweet.
FOLD = DraftForm.base_fields["fold"]


def ask_which(form: forms.Form, *, is_asked: bool) -> None:
    """Leave the field `fold` in the form only where its `date` and `time` come twice.

    `is_asked` is whether they are asked for at all, by what else was chosen.
    """
    if not (is_asked and comes_twice(form)):
        del form.fields["fold"]


def chosen_time(form: forms.Form, cleaned: dict[str, Any], now: datetime) -> datetime | None:
    """The moment of a form's `date`, `time` and `fold`; None, with an error in it, if none."""
    day, clock = cleaned.get("date"), cleaned.get("time")
    if not (day and clock):
        field = "date" if not day else "time"
        if field not in form.errors:
            form.add_error(field, "Enter the new date and time.")
        return None
    second = {"first": False, "second": True}.get(cleaned.get("fold", ""))
    try:
        due = planned(day, clock, second=second).at
    except MissingHour:
        form.add_error(
            "time", "The clocks go forward that night and skip this time. Choose another."
        )
        return None
    except DoubledHour:
        if "fold" not in form.errors:
            form.add_error("fold", "Say which of the two you mean.")
        return None
    if due <= now:
        form.add_error("time", "This time has passed. Choose a later one.")
    elif due > now + LATEST:
        form.add_error("date", "Choose a time within the next 12 months.")
    return due
