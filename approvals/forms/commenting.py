"""What somebody writes beside a draft."""

import uuid
from typing import Any

from django import forms

from approvals.models import LONGEST_COMMENT
from drafts.content import clean_text


class CommentForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Your comment",
        help_text="Everybody who sees this draft reads it. It never goes out, and it cannot be"
        " changed or deleted.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your comment."},
    )
    to = forms.CharField(
        label="Tell a colleague (optional)",
        help_text="Start to type a name. For more of them, write @ and the name in your comment.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "comment-people", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()}, auto_id="id_comment_%s")

    def clean_text(self) -> str:
        text = clean_text(self.cleaned_data["text"])
        if len(text) > LONGEST_COMMENT:
            over = len(text) - LONGEST_COMMENT
            raise forms.ValidationError(
                f"A comment has up to {LONGEST_COMMENT:,} characters. Take out {over:,}."
            )
        return text
