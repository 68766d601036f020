"""Narrowing the queue down, keeping what was chosen, and ticking several drafts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms

from approvals.services import Seen
from drafts.models import DraftQuerySet

WITHIN = {"2h": timedelta(hours=2), "today": timedelta(hours=24)}
WAITED = {"1h": timedelta(hours=1), "4h": timedelta(hours=4), "1d": timedelta(days=1)}


def picked_of(values: Iterable[str]) -> dict[int, Seen]:
    """What the boxes of several drafts show, by draft; whatever is none of them is left."""
    found = {}
    for value in values:
        numbers, _, content_hash = value.rpartition(".")
        parts = numbers.split(".")
        if len(parts) == 3 and all(p.isascii() and p.isdecimal() and len(p) < 16 for p in parts):
            draft, number, step = map(int, parts)
            found[draft] = Seen(number, content_hash, step)
    return found


def team_key(value: str) -> int:
    """The key of a team as it was sent. Raises ValueError for anything that can be none."""
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise ValueError
    return int(value)


class TeamField(forms.TypedChoiceField):
    """Any team: that of another force has no drafts for who asks, as one that there is not."""

    def valid_value(self, value: Any) -> bool:
        return True


class QueueFilterForm(forms.Form):
    """Narrowing the queue down. Whoever draws it offers the teams first."""

    q = forms.CharField(
        label="Words in the tweet",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    author = forms.CharField(label="Written by", required=False, max_length=100)
    lpt = TeamField(label="Team", required=False, coerce=team_key, empty_value=None)
    found = forms.ChoiceField(
        label="Rulebook",
        required=False,
        choices=[("", "All"), ("findings", "With findings"), ("clean", "Clean")],
    )
    due = forms.ChoiceField(
        label="Goes out",
        required=False,
        choices=[
            ("", "Any time"),
            ("2h", "Within 2 hours"),
            ("today", "Within 24 hours"),
            ("asap", "As soon as approved"),
        ],
    )
    age = forms.ChoiceField(
        label="Has waited",
        required=False,
        choices=[
            ("", "Any time"),
            ("1h", "More than an hour"),
            ("4h", "More than 4 hours"),
            ("1d", "More than a day"),
        ],
    )
    step = forms.ChoiceField(
        label="Waits for",
        required=False,
        choices=[("", "Anybody"), ("comms", "Corporate communications"), ("team", "Its team")],
    )

    def offer_teams(self, teams: Iterable[tuple[int, str]]) -> None:
        field: Any = self.fields["lpt"]
        field.choices = [("", "All teams"), *teams]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is chosen, in the words of the form: labels with what was chosen or typed there."""
        return [(str(field.label), _words_of(field)) for field in self if self.data.get(field.name)]

    def narrow(self, drafts: DraftQuerySet, now: datetime) -> DraftQuerySet:
        """Those of `drafts` that are looked for; none at all where a choice makes no sense."""
        if not self.is_valid():
            return drafts.none()
        chosen = self.cleaned_data
        if chosen["q"]:
            drafts = drafts.containing(chosen["q"])
        if chosen["author"]:
            drafts = drafts.filter(author__full_name__icontains=chosen["author"])
        if chosen["age"]:
            drafts = drafts.filter(submitted_at__lte=now - WAITED[chosen["age"]])
        if chosen["step"]:
            drafts = drafts.filter(waits_for_team=chosen["step"] == "team")
        if chosen["lpt"] is not None:
            drafts = drafts.filter(account__lpt=chosen["lpt"])
        if chosen["found"]:
            drafts = drafts.filter(has_findings=chosen["found"] == "findings")
        if chosen["due"] == "asap":
            drafts = drafts.filter(planned_at=None)
        elif chosen["due"]:
            until = now + WITHIN[chosen["due"]]
            # They stand in the queue by that time, so that it need not be read further.
            drafts = drafts.filter(planned_at__lte=until, queue_at__lte=until)
        return drafts

    @property
    def chosen(self) -> str:
        """What is chosen, as the query of the queue's address; empty for nothing."""
        given = {name: self.data.get(name, "") for name in self.fields}
        return urlencode({name: value for name, value in given.items() if value})


def _words_of(field: forms.BoundField) -> str:
    choices = getattr(field.field, "choices", [])
    known = {str(key): str(words) for key, words in choices}
    value = str(field.data)
    return known.get(value, value)


class SaveViewForm(forms.Form):
    """A name for what is chosen at the moment."""

    name = forms.CharField(
        label="Keep this view as",
        max_length=40,
        error_messages={"required": "Give the view a name."},
    )
