"""Signing in, being told and the duty rota, in our words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from allauth.account.forms import LoginForm
from django import forms
from django.forms.boundfield import BoundField

from accounts.duty import MIDNIGHT, Hours, moment
from accounts.fields import ClockField, DayField
from accounts.models import Force, User, Weekday
from accounts.roles import Role
from notices.models import Kind, Way
from notices.services import CHOOSABLE


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's own form, which says what is missing in a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = "Enter your work e-mail."
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address."
        self.fields["password"].error_messages["required"] = "Enter your password."


class ToldForm(forms.Form):
    """How one person wants to be told of each kind of thing."""

    def __init__(
        self, data: Any = None, *, wishes: Mapping[Kind, Way], reviews_all_day: bool = False
    ) -> None:
        super().__init__(data)
        for kind in CHOOSABLE:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=Way.choices,
                initial=wishes.get(kind, Way.AT_ONCE).value,
                error_messages={
                    "required": f"Choose how to be told: {kind.label.lower()}.",
                    "invalid_choice": f"Choose one of these ways: {kind.label.lower()}.",
                },
            )
        # What waits is told more than once: when it comes, and when nobody decides.
        new = "New ones only on My desk" if reviews_all_day else "New ones in one mail each hour"
        waiting = forms.ChoiceField(
            label=Kind.WAITING.label,
            choices=[("", f"{new}, reminders by mail, at once"), *Way.choices],
            required=False,
            initial=wishes[Kind.WAITING].value if Kind.WAITING in wishes else "",
            error_messages=self.fields[Kind.WAITING.value].error_messages,
        )
        self.fields[Kind.WAITING.value] = waiting

    @property
    def ways(self) -> dict[Kind, Way | None]:
        """What was chosen, of a valid form; None: as each notice says."""
        chosen = self.cleaned_data
        return {kind: Way(chosen[kind.value]) if chosen[kind.value] else None for kind in CHOOSABLE}


class ShiftForm(forms.Form):
    """Who is the duty officer from when to when, on the clocks of the UK."""

    person = forms.ModelChoiceField(
        label="Duty officer",
        queryset=User.objects.none(),
        empty_label="Choose somebody",
        error_messages={
            "required": "Choose who is on duty.",
            "invalid_choice": "Choose somebody from the list.",
        },
    )
    first_day = DayField(label="From", error_messages={"required": "Enter the first day."})
    begins = ClockField(
        label="At", error_messages={"required": "Enter when the shift begins, like 21:00."}
    )
    last_day = DayField(label="Until", error_messages={"required": "Enter the last day."})
    ends = ClockField(
        label="At", error_messages={"required": "Enter when the shift ends, like 07:00."}
    )

    def __init__(self, data: Any = None, *, force: Force, now: datetime) -> None:
        super().__init__(data)
        self.now = now
        field: Any = self.fields["person"]
        field.queryset = User.objects.holding({Role.COMMS_DUTY}, force_id=force.pk)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"first_day", "begins", "last_day", "ends"} <= cleaned.keys():
            return cleaned
        cleaned["starts_at"] = moment(cleaned["first_day"], cleaned["begins"])
        cleaned["ends_at"] = moment(cleaned["last_day"], cleaned["ends"], is_end=True)
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("last_day", "The shift has to end after it begins.")
        elif cleaned["ends_at"] <= self.now:
            self.add_error("last_day", "This shift is over already. Enter a later end.")
        return cleaned


class DayShown(NamedTuple):
    """One weekday of HoursForm as the page shows it."""

    name: str
    opens: BoundField
    closes: BoundField


class HoursForm(forms.Form):
    """When communications decides, a weekday at a time; without times it is closed that day."""

    def __init__(self, data: Any = None, *, hours: Sequence[Hours | None]) -> None:
        super().__init__(data, prefix="hours")
        for day in Weekday:
            span = hours[day]
            for name, label in (("opens", "Opens"), ("closes", "Closes")):
                self.fields[f"{name}_{day.value}"] = ClockField(
                    label=label, required=False, initial=getattr(span, name) if span else None
                )

    @property
    def days(self) -> list[DayShown]:
        """The weekdays with their two fields, from Monday on."""
        return [
            DayShown(day.label, self[f"opens_{day.value}"], self[f"closes_{day.value}"])
            for day in Weekday
        ]

    @property
    def hours(self) -> list[Hours | None]:
        """What was given, of a valid form."""
        return [self._span(day) for day in Weekday]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for day in Weekday:
            opens, closes = (cleaned.get(f"{name}_{day.value}") for name in ("opens", "closes"))
            if {f"opens_{day.value}", f"closes_{day.value}"} & self.errors.keys():
                continue
            if (opens is None) != (closes is None):
                missing = "opens" if opens is None else "closes"
                self.add_error(
                    f"{missing}_{day.value}", f"Enter both times for {day.label}, or neither."
                )
            elif opens is not None and not _is_later(closes, opens):
                self.add_error(
                    f"closes_{day.value}",
                    f"On {day.label} it has to close after it opens. Enter 00:00 for midnight.",
                )
        return cleaned

    def _span(self, day: Weekday) -> Hours | None:
        opens, closes = (self.cleaned_data[f"{name}_{day.value}"] for name in ("opens", "closes"))
        return Hours(opens, closes) if opens is not None else None


def _is_later(closes: time | None, opens: time) -> bool:
    return closes is not None and (closes > opens or closes == MIDNIGHT)
