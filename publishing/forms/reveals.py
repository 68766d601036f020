"""Why somebody wants to see credentials."""

from django import forms


class RevealForm(forms.Form):
    """The reason is read by the second person, and stays on record."""

    reason = forms.CharField(
        label="Why do you need to see them?",
        max_length=300,
        help_text="One sentence for the second person and for the record, such as “X is down for"
        " the app, and the road closure must go out by hand”.",
        error_messages={
            "required": "Say in one sentence why you need to see them.",
            "max_length": "Use at most 300 characters.",
        },
    )
