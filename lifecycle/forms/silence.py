"""Saying why a silent account is kept."""

from typing import Any

from django import forms


class KeepForm(forms.Form):
    because = forms.CharField(
        label="Why is it kept?",
        max_length=300,
        help_text="Such as “The team comes back in March”.",
        error_messages={
            "required": "Say in a sentence why it is kept.",
            "max_length": "Use at most 300 characters: it has %(show_value)d.",
        },
    )

    def __init__(self, data: Any = None, *, silence: int) -> None:
        super().__init__(data, auto_id=f"id_{silence}_%s")
