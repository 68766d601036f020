"""Saying that an account looks hacked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import SocialAccount
from lifecycle.forms.fields import Words


class HackedForm(forms.Form):
    """`accounts` are those that this person may freeze or has more to say of, by handle.

    `since` says of those that are frozen since when, by key. `chosen` is the key of the one that
    they come from, if they do.
    """

    account = forms.ChoiceField(
        label="Which account?",
        error_messages={
            "required": "Choose the account.",
            "invalid_choice": "Choose an account in the list.",
        },
    )
    words = Words(
        "What did you see? (optional)",
        help_text="Such as a tweet that nobody sent, or a mail about a new password. Do not open"
        " its links.",
        rows=2,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        accounts: list[SocialAccount],
        since: Mapping[int, datetime],
        chosen: str = "",
    ) -> None:
        super().__init__(data, initial={"account": chosen})
        self.accounts = {str(account.pk): account for account in accounts}
        choices = [
            (key, _label(account, since.get(account.pk))) for key, account in self.accounts.items()
        ]
        field: Any = self.fields["account"]
        field.choices = choices if len(choices) == 1 else [("", "Choose"), *choices]

    @property
    def chosen(self) -> SocialAccount:
        return self.accounts[self.cleaned_data["account"]]


def _label(account: SocialAccount, since: datetime | None) -> str:
    if since is None:
        return str(account)
    then = timezone.localtime(since)
    return f"{account} (already frozen since {then:%H:%M} on {then.day} {then:%B})"
