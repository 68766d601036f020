"""A word with the tick of a step."""

from typing import Any

from django import forms


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Note (optional)",
        required=False,
        max_length=300,
        error_messages={"max_length": "Use at most 300 characters: it has %(show_value)d."},
    )

    def __init__(self, data: Any = None, *, step: int) -> None:
        super().__init__(data, auto_id=f"id_{step}_%s")
