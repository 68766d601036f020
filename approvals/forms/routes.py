"""Building a route step by step. The steps so far travel with the page until they are in force."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms

from accounts.models import Quorum
from accounts.roles import DECIDERS, Role
from accounts.services import Step
from approvals.route_words import MOST_NEEDED, ONE, Labels
from policy.core.bounded_json import read_json

NOT_IN_FULL = "Load this page again: it was not sent in full."
HINTS = {
    Role.OFFICER: "Any colleague of the team, and corporate communications.",
    Role.LPT_SUPERVISOR: "Its commander or corporate communications can stand in.",
    Role.LPT_COMMANDER: "Corporate communications can stand in.",
    Role.COMMS_APPROVER: "Its approvers and its duty officer.",
    Role.COMMS_DUTY: "Nobody can stand in.",
}


class StepsField(forms.CharField):
    """The steps so far, as JSON in a hidden field."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> tuple[Step, ...]:  # type: ignore[override]
        try:
            return tuple(_step_of(one) for one in read_json(value or "[]"))
        except (ValueError, TypeError, KeyError):
            raise forms.ValidationError(NOT_IN_FULL) from None


def steps_as_text(steps: Iterable[Step]) -> str:
    """The steps as JSON, which `steps_in` reads."""
    return json.dumps([asdict(step) for step in steps])


def steps_in(text: str) -> tuple[Step, ...] | None:
    """The steps that `steps_as_text` wrote; None where there are none such any more."""
    try:
        return StepsField().to_python(text)
    except forms.ValidationError:
        return None


def _step_of(one: Any) -> Step:
    quorum = Quorum(one["quorum"])
    return Step(
        roles=tuple(Role(role) for role in one["roles"]),
        quorum=quorum,
        needed=int(one["needed"]) if quorum == Quorum.COUNT else 1,
        categories=tuple(str(category) for category in one["categories"]),
        rules=tuple(str(rule) for rule in one["rules"]),
    )


class RouteForm(forms.Form):
    """The steps as they would be, and the key of the route that they are to replace (0: none)."""

    steps = StepsField(required=False, max_length=20_000)
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), NOT_IN_FULL),
    )

    @classmethod
    def with_steps(cls, steps: Iterable[Step], *, seen: int) -> "RouteForm":
        return cls(initial={"steps": steps_as_text(steps), "seen": seen})


class StepForm(forms.Form):
    """One step: who decides at it, how many of them, and for which drafts it is there."""

    roles = forms.MultipleChoiceField(
        label="Who decides?",
        choices=[(role.value, f"{ONE[role][:1].upper()}{ONE[role][1:]}") for role in DECIDERS],
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"), "Tick who decides at this step."
        ),
    )
    quorum = forms.ChoiceField(
        label="How many of them?",
        choices=[
            (Quorum.ANY.value, "One of them is enough"),
            (Quorum.COUNT.value, "More than one"),
            (Quorum.ALL.value, "All of them"),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose how many of them decide."
        ),
    )
    needed = forms.IntegerField(
        label="How many?",
        required=False,
        min_value=2,
        max_value=MOST_NEEDED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Write a number from 2 to {MOST_NEEDED}."
        ),
    )
    drafts = forms.ChoiceField(
        label="Which tweets have this step?",
        choices=[("all", "Every tweet"), ("some", "Only some of them")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose which tweets have this step."
        ),
    )
    categories = forms.MultipleChoiceField(
        label="Tweets of these kinds",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"), "Tick kinds from the list."
        ),
    )
    rules = forms.MultipleChoiceField(
        label="Tweets in which the rulebook found",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"), "Tick rules from the list."
        ),
    )

    def __init__(self, data: Any = None, *, labels: Labels, step: Step | None = None) -> None:
        initial = {"quorum": Quorum.ANY, "drafts": "all"} if step is None else _typed(step)
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["roles"].hints = {role.value: hint for role, hint in HINTS.items()}
        fields["quorum"].reveals = {Quorum.COUNT.value: ["needed"]}
        fields["quorum"].hints = {
            Quorum.ALL.value: "Everybody who holds the role when they decide, and nobody in their"
            " place."
        }
        fields["categories"].choices = list(labels.categories.items())
        fields["rules"].choices = sorted(labels.rules.items(), key=lambda rule: rule[1])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("quorum") == Quorum.COUNT and not (
            cleaned.get("needed") or "needed" in self.errors
        ):
            self.add_error("needed", f"Write a number from 2 to {MOST_NEEDED}.")
        if cleaned.get("drafts") == "some" and not (
            cleaned.get("categories") or cleaned.get("rules")
        ):
            self.add_error("drafts", "Tick a kind of tweet, or what the rulebook found.")
        return cleaned

    def step(self) -> Step:
        cleaned = self.cleaned_data
        is_for_some = cleaned["drafts"] == "some"
        quorum = Quorum(cleaned["quorum"])
        return Step(
            roles=tuple(Role(role) for role in cleaned["roles"]),
            quorum=quorum,
            needed=cleaned["needed"] if quorum == Quorum.COUNT else 1,
            categories=tuple(cleaned["categories"]) if is_for_some else (),
            rules=tuple(cleaned["rules"]) if is_for_some else (),
        )


def _typed(step: Step) -> dict[str, Any]:
    """What somebody would have typed for `step`."""
    return {
        "roles": step.roles,
        "quorum": step.quorum,
        "needed": step.needed if step.quorum == Quorum.COUNT else None,
        "drafts": "all" if step.is_for_every_draft() else "some",
        "categories": step.categories,
        "rules": step.rules,
    }
