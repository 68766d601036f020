"""Asking corporate communications, and answering."""

import uuid
from typing import Any

from django import forms

from accounts.models import SocialAccount
from drafts.content import clean_text
from lifecycle.forms.fields import Words
from lifecycle.models import LONGEST_MESSAGE

# More messages than any question will ever hold.
MOST = 1_000_000
NOT_IN_FULL = "Load this page again: it was not sent in full."


def _key() -> forms.UUIDField:
    """What tells the same form sent twice from two messages."""
    return forms.UUIDField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": NOT_IN_FULL}
    )


class _Message(Words):
    """Some sentences, in which a line end counts as one character."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_MESSAGE, rows=5, **kwargs)

    def to_python(self, value: Any) -> Any:
        return clean_text(super().to_python(value) or "")


class QuestionForm(forms.Form):
    """`accounts` are those that it may be about, `chosen` the key of the one to begin with.

    `has_supervisors`: it is about a draft behind which there is a team.
    """

    key = _key()
    text = _Message("Your question", missing="Write your question.")
    account = forms.ChoiceField(
        label="Is it about an account? (optional)",
        required=False,
        error_messages={"invalid_choice": "Choose an account in the list."},
    )
    supervisors = forms.BooleanField(
        label="Tell our supervisors as well",
        required=False,
        help_text="They see the question in any case: they see the draft.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        accounts: list[SocialAccount],
        chosen: str = "",
        has_supervisors: bool = False,
    ) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), "account": chosen})
        self.accounts = {str(account.pk): account for account in accounts}
        field: Any = self.fields["account"]
        field.choices = [("", "No"), *((key, str(one)) for key, one in self.accounts.items())]
        if not accounts:
            del self.fields["account"]
        if not has_supervisors:
            del self.fields["supervisors"]

    @property
    def chosen(self) -> SocialAccount | None:
        """The account that it is about, of a valid form."""
        return self.accounts.get(self.cleaned_data.get("account", ""))


class CloseForm(forms.Form):
    """`seen` is how many messages the page showed."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=MOST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            NOT_IN_FULL,
        ),
    )


class MessageForm(CloseForm):
    """One more message."""

    key = _key()
    text = _Message("Your answer", missing="Write something first.")

    def __init__(self, data: Any = None, *, seen: int, answers: bool) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), "seen": seen})
        if not answers:
            self.fields["text"].label = "Write more"
