"""Beginning to hand an account over."""

from datetime import date
from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.models import SocialAccount, User
from lifecycle.models import Plan, Why
from lifecycle.services import Parting, wrong_with


class HandoverForm(forms.Form):
    """`team` are the people of the account's team, by name; `today` is the UK day."""

    why = forms.ChoiceField(
        label="Why?",
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )
    person = forms.ChoiceField(
        label="Who goes?",
        required=False,
        error_messages={"invalid_choice": "Choose somebody in the list."},
    )
    last_day = DayField(
        label="Last day", error_messages={"required": "Enter the last day, like 27/3/2027."}
    )
    plan = forms.ChoiceField(
        label="What becomes of the account?",
        choices=Plan.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what becomes of it.",
            "invalid_choice": "Choose what becomes of it.",
        },
    )
    successor = forms.ChoiceField(
        label="Who takes it over?",
        required=False,
        error_messages={"invalid_choice": "Choose somebody in the list."},
    )
    new_handle = forms.CharField(
        label="New name of the account (optional)",
        help_text="Without the @. Communications changes it on the platform.",
        max_length=50,
        required=False,
        error_messages={"max_length": "Use at most %(limit_value)d characters."},
    )
    follow = forms.CharField(
        label="Where should followers go? (optional)",
        help_text="For the farewell tweet, such as “@BrackenfordLPT”.",
        max_length=100,
        required=False,
        error_messages={"max_length": "Use at most %(limit_value)d characters."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        account: SocialAccount,
        team: list[User],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.account, self.today = account, today
        self.team = {str(person.pk): person for person in team}
        names = [(key, person.full_name) for key, person in self.team.items()]
        for field, nobody in (("person", "Nobody in particular"), ("successor", "Choose")):
            chosen: Any = self.fields[field]
            chosen.choices = [("", nobody), *names]
        plan: Any = self.fields["plan"]
        plan.reveals = {Plan.SUCCESSOR.value: ["successor", "new_handle"]}

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if (self.today - day).days > 366 or (day - self.today).days > 366:
            raise forms.ValidationError("Enter a last day within a year of today.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("plan") != Plan.SUCCESSOR:
            cleaned["successor"], cleaned["new_handle"] = "", ""
            return cleaned
        if "successor" in cleaned:
            if not cleaned["successor"]:
                self.add_error("successor", "Choose who takes it over.")
            elif cleaned["successor"] == cleaned.get("person"):
                self.add_error("successor", "Choose somebody else than who goes.")
        if handle := cleaned.get("new_handle", "").strip().lstrip("@"):
            cleaned["new_handle"] = handle
            account = self.account
            if wrong := wrong_with(handle, platform=account.platform, force=account.force):
                self.add_error("new_handle", wrong)
        return cleaned

    def parting(self) -> Parting:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return Parting(
            why=Why(typed["why"]),
            plan=Plan(typed["plan"]),
            last_day=typed["last_day"],
            person=self.team.get(typed["person"]),
            successor=self.team.get(typed["successor"]),
            new_handle=typed["new_handle"],
            follow=typed["follow"],
        )
