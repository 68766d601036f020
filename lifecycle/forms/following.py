"""Asking to follow somebody, and putting a look at the followers on record."""

import re
from typing import Any

from django import forms

from accounts.models import SocialAccount
from lifecycle.models import Who


def _tick(label: str, missing: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": missing})


class FollowForm(forms.Form):
    account = forms.ChoiceField(
        label="Which of our accounts?",
        error_messages={
            "required": "Choose the account.",
            "invalid_choice": "Choose an account in the list.",
        },
    )
    handle = forms.CharField(
        label="Whom should it follow?",
        max_length=100,
        help_text="Their name on the platform, such as @MarlshireFire.",
        error_messages={
            "required": "Enter their name on the platform.",
            "max_length": "Use at most %(limit_value)d characters.",
        },
    )
    who = forms.ChoiceField(
        label="Who are they?",
        choices=Who.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who they are.",
            "invalid_choice": "Choose who they are.",
        },
    )
    why = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="What does the community gain?",
        error_messages={
            "required": "Say in a sentence why.",
            "max_length": "Use at most 300 characters: it has %(show_value)d.",
        },
    )
    looked = _tick(
        "I have looked at their profile and their last tweets",
        "Look at their profile first, then tick this.",
    )
    no_celebrity = _tick(
        "They matter to our area: they are not followed for being famous",
        "We follow nobody for being famous. Tick this if they are not.",
    )

    def __init__(self, data: Any = None, *, accounts: list[SocialAccount]) -> None:
        super().__init__(data)
        self.accounts = {str(account.pk): account for account in accounts}
        choices = [(key, str(account)) for key, account in self.accounts.items()]
        field: Any = self.fields["account"]
        field.choices = choices if len(choices) == 1 else [("", "Choose"), *choices]

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).strip().lstrip("@")
        if not re.fullmatch(r"[\w.-]+(@[\w.-]+)?", handle, re.ASCII):
            raise forms.ValidationError("Enter one name, such as @MarlshireFire.")
        return handle

    @property
    def chosen(self) -> SocialAccount:
        return self.accounts[self.cleaned_data["account"]]


class DecisionForm(forms.Form):
    """Yes or no by two buttons, with a word to whoever asked."""

    answer = forms.CharField(
        label="A word to whoever asked",
        max_length=300,
        required=False,
        help_text="Needed if you say no.",
        error_messages={"max_length": "Use at most 300 characters: it has %(show_value)d."},
    )

    def __init__(self, data: Any = None, *, row: int, label: str = "") -> None:
        super().__init__(data, auto_id=f"id_{row}_%s")
        if label:
            self.fields["answer"].label = label
        self.is_yes = bool(data and data.get("do") == "yes")

    def clean_answer(self) -> str:
        answer = str(self.cleaned_data["answer"]).strip()
        if not answer and not self.is_yes:
            raise forms.ValidationError("Say in a sentence why not.")
        return answer


class ReviewForm(forms.Form):
    blocked = forms.IntegerField(
        label="How many followers were blocked or removed?",
        min_value=0,
        max_value=1_000_000,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "required": "Enter a number, 0 for none.",
            "invalid": "Enter a number, 0 for none.",
            "min_value": "Enter a number, 0 for none.",
            "max_value": "Enter a smaller number.",
        },
    )
    words = forms.CharField(
        label="What was found? (optional)",
        max_length=300,
        required=False,
        error_messages={"max_length": "Use at most 300 characters: it has %(show_value)d."},
    )


class OfferForm(forms.Form):
    account = forms.ChoiceField(
        label="For which account?",
        error_messages={
            "required": "Choose the account.",
            "invalid_choice": "Choose an account in the list.",
        },
    )
    words = forms.CharField(
        label="A word to them (optional)",
        max_length=300,
        required=False,
        error_messages={"max_length": "Use at most 300 characters: it has %(show_value)d."},
    )

    def __init__(self, data: Any = None, *, accounts: list[SocialAccount]) -> None:
        super().__init__(data)
        self.accounts = {str(account.pk): account for account in accounts}
        field: Any = self.fields["account"]
        field.choices = [("", "Choose"), *((k, str(a)) for k, a in self.accounts.items())]

    @property
    def chosen(self) -> SocialAccount:
        return self.accounts[self.cleaned_data["account"]]
