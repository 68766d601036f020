"""What a page showed of a row, in few characters, so that nobody overwrites what they never saw."""

import hashlib
import json
from dataclasses import fields
from typing import Any

from django import forms
from django.db.models import Model

OVERTAKEN = (
    "Somebody else changed this while you had it open. Look at it again, then make your change."
)


def fingerprint(details: Any) -> str:
    """The same for two dataclass values that are equal, and for no others."""
    values = [
        value.pk if isinstance(value, Model) else value
        for value in (getattr(details, field.name) for field in fields(details))
    ]
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:32]


class SeenForm(forms.Form):
    """A form about a row that knows what the row held when the page was shown."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=32,
        error_messages=dict.fromkeys(
            ("required", "max_length"), "Load this page again: it was not sent in full."
        ),
    )

    def has_seen(self, details: Any) -> bool:
        return bool(self.cleaned_data["seen"] == fingerprint(details))
