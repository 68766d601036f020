"""A social account, the team that takes another on, and who goes on with a leaver's drafts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from accounts.forms.people import WordsField
from accounts.handles import limits_said
from accounts.models import LONGEST_SIGNATURE, LPT, AccountKind, Platform, User
from accounts.seen import SeenForm, fingerprint
from accounts.services import AccountDetails
from accounts.standing import gaps_of
from publishing.services import practises

HINTS = {
    AccountKind.FORCE.value: "For the whole force. Corporate communications alone writes for it.",
    AccountKind.COMMANDER.value: "Of a team's commander. May be retweeted in a critical incident.",
    AccountKind.LPT.value: "Speaks for one team.",
    AccountKind.OFFICER.value: "Of one officer at work, in a team or a central team.",
    AccountKind.CENTRAL.value: "Of a team without an area, such as roads policing.",
}


class AccountForm(SeenForm):
    """An account as it is or is to be. The platform is chosen once, for good."""

    platform = forms.ChoiceField(
        label="Platform",
        choices=Platform.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the platform."),
    )
    handle = forms.CharField(
        label="Handle",
        max_length=60,
        error_messages={
            "required": "Enter the handle.",
            "max_length": "No platform takes so long a handle.",
        },
    )
    kind = forms.ChoiceField(
        label="What kind of account is it?",
        choices=AccountKind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the kind of account."),
    )
    lpt = forms.ModelChoiceField(
        label="Team",
        queryset=LPT.objects.none(),
        required=False,
        empty_label="No team",
        error_messages={"invalid_choice": "Choose a team from the list."},
    )
    publisher = forms.ChoiceField(
        label="What sends its tweets?",
        help_text="Whoever runs Blue Lamp sets these up. You can choose another one later.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what sends it."),
    )

    signature = WordsField(
        label="Team signature (optional)",
        max_length=LONGEST_SIGNATURE,
        help_text="Such as “– ” and the team’s name. Whoever writes can put it at the end of a"
        " tweet with one tap; it is never put there by itself. Nobody has to give their own name.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        details: AccountDetails | None,
        teams: Iterable[LPT],
        like: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        values: dict[str, Any] = {
            "seen": "new", "publisher": "default", "platform": Platform.X, **(initial or {})
        }  # fmt: skip
        if details:
            values = {name: getattr(details, name) for name in AccountDetails.__dataclass_fields__}
            values["seen"] = fingerprint(details)
        super().__init__(data, initial=values)
        self.there = details
        fields: Any = self.fields
        fields["lpt"].queryset = teams
        fields["kind"].hints = HINTS
        limits = limits_said(details.platform if details else "")
        fields["handle"].help_text = f"Such as {like}. Without the @, {limits}."
        fields["publisher"].choices = [
            (name, f"Practice: nothing is public ({name})" if practises(name) else name)
            for name in settings.PUBLISHERS
        ]
        if details:
            # What sends it is chosen under Connections, which looks at what is under way first.
            del fields["platform"], fields["publisher"]

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).removeprefix("@")

    @property
    def details(self) -> AccountDetails:
        """What was typed, of a valid form."""
        chosen = self.cleaned_data
        platform = self.there.platform if self.there else chosen["platform"]
        return AccountDetails(
            handle=chosen["handle"],
            platform=Platform(platform),
            kind=AccountKind(chosen["kind"]),
            lpt=chosen["lpt"],
            publisher=self.there.publisher if self.there else chosen["publisher"],
            signature=chosen["signature"],
        )


class MergeForm(forms.Form):
    """The team that takes on the accounts and people."""

    into = forms.ModelChoiceField(
        label="Which team takes them on?",
        queryset=LPT.objects.none(),
        empty_label="Choose a team",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the team."),
    )

    def __init__(self, data: Any = None, *, teams: Iterable[LPT]) -> None:
        super().__init__(data)
        field: Any = self.fields["into"]
        field.queryset = teams


class LeaverForm(forms.Form):
    """Who goes on with what is not decided yet."""

    successor = forms.ModelChoiceField(
        label="Who answers for their drafts from now on?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet: the team goes on with them",
        error_messages={"invalid_choice": "Choose somebody from the list."},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], on: date) -> None:
        super().__init__(data)
        lacking = gaps_of(list(people), on=on)
        stopped = {key for key, gaps in lacking.items() if any(gap.until is None for gap in gaps)}
        field: Any = self.fields["successor"]
        field.queryset = people
        field.label_from_instance = lambda person: (
            f"{person} (cannot submit tweets yet)" if person.pk in stopped else str(person)
        )
