"""A date and a time of day that a person chose."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from drafts.schedule import DoubledHour, MissingHour, planned

LATEST = timedelta(days=366)


def chosen_time(form: forms.Form, cleaned: dict[str, Any], now: datetime) -> datetime | None:
    """The moment of a form's `date` and `time`; None, with an error in it, if there is none."""
    day, clock = cleaned.get("date"), cleaned.get("time")
    if not (day and clock):
        field = "date" if not day else "time"
        if field not in form.errors:
            form.add_error(field, "Enter the new date and time.")
        return None
    try:
        due = planned(day, clock).at
    except (MissingHour, DoubledHour):
        form.add_error("time", "The clocks change at that time. Choose another.")
        return None
    if due <= now:
        form.add_error("time", "This time has passed. Choose a later one.")
    elif due > now + LATEST:
        form.add_error("date", "Choose a time within the next 12 months.")
    return due
