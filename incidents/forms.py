"""Placing a hold or declaring a critical incident."""

from typing import Any

from django import forms

from accounts.models import LPT, Force, SocialAccount, User
from incidents.models import HoldKind

Scope = Force | LPT | SocialAccount


class HoldForm(forms.Form):
    kind = forms.ChoiceField(
        label="What do you want to do?",
        choices=[
            (HoldKind.HOLD, "Hold everything that would go out"),
            (HoldKind.CRITICAL_INCIDENT, "Declare a critical incident"),
        ],
        widget=forms.RadioSelect,
        initial=HoldKind.HOLD,
        error_messages={
            "required": "Choose a hold or a critical incident.",
            "invalid_choice": "Choose a hold or a critical incident.",
        },
    )
    scope = forms.ChoiceField(
        label="For whom?",
        error_messages={
            "required": "Choose the force, a team or an account.",
            "invalid_choice": "Choose the force, a team or an account in the list.",
        },
    )
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence. Everybody concerned sees it.",
        error_messages={"required": "Say in one sentence why."},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        kind: Any = self.fields["kind"]
        kind.hints = {
            HoldKind.HOLD.value: "Writing and approving go on. Nothing goes out until the release.",
            HoldKind.CRITICAL_INCIDENT.value: "Writing goes on. Nothing can be submitted or"
            " approved, and nothing goes out, until the stand down.",
        }
        self.scopes = scopes_of(user)
        scope: Any = self.fields["scope"]
        scope.choices = [("", "Choose")] + [(key, words) for key, (words, _) in self.scopes.items()]

    def chosen_scope(self) -> Scope:
        return self.scopes[self.cleaned_data["scope"]][1]


def scopes_of(user: User) -> dict[str, tuple[str, Scope]]:
    """What this person may place a hold over, by the value of its choice."""
    forces = {membership.force_id for membership in user.current_memberships}
    everything: list[tuple[str, str, Scope]] = [
        *(("force", f"All of {f}", f) for f in Force.objects.filter(pk__in=forces)),
        *(
            ("lpt", f"{t} team", t)
            for t in LPT.objects.open().filter(force__in=forces).order_by("name")
        ),
        *(
            ("account", str(account), account)
            for account in SocialAccount.objects.filter(force__in=forces).in_order()
        ),
    ]
    return {
        f"{kind}-{scope.pk}": (words, scope)
        for kind, words, scope in everything
        if user.has_perm("incidents.place", scope)
    }
