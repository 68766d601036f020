"""What an approver fills in."""

from typing import Any

from django import forms

from accounts.models import LPT, User
from approvals.reasons import SENTENCES, Reason
from drafts.models import Draft


class SeenForm(forms.Form):
    """Which text the approver had on screen: every decision is bound to it."""

    revision_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    revision_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SendBackForm(SeenForm):
    """`compulsory` asks for words of the approver's own, as a rejection does."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why it comes back.",
            "invalid_choice": "Choose why it comes back.",
        },
    )
    sentence = forms.CharField(
        label="What the author reads",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, draft: Draft, compulsory: bool, name: str) -> None:
        seen = {
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
        }
        super().__init__(data, initial=seen, auto_id=f"id_{name}_%s")
        self.compulsory = compulsory
        reason: Any = self.fields["reason"]
        reason.sentences = {str(tag): words for tag, words in SENTENCES.items()}
        reason.hints = reason.sentences
        if compulsory:
            self.fields["sentence"].help_text = "Say in your own words why this cannot go out."
        else:
            self.fields[
                "sentence"
            ].help_text = "Leave this empty to send the sentence shown with your choice."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sentence = cleaned.get("sentence", "").strip()
        if not sentence and self.compulsory:
            self.add_error("sentence", "Say in your own words why this cannot go out.")
        elif not sentence and cleaned.get("reason"):
            cleaned["sentence"] = SENTENCES[Reason(cleaned["reason"])]
            if not cleaned["sentence"]:
                self.add_error("sentence", "Say in one sentence what should change.")
        return cleaned


class QueueFilterForm(forms.Form):
    """Narrowing the queue down."""

    lpt = forms.ModelChoiceField(
        label="Team", queryset=LPT.objects.none(), required=False, empty_label="All teams"
    )
    found = forms.ChoiceField(
        label="Rulebook",
        required=False,
        choices=[("", "All"), ("findings", "With findings"), ("clean", "Clean")],
    )
    due = forms.ChoiceField(
        label="Goes out",
        required=False,
        choices=[
            ("", "Any time"),
            ("2h", "Within 2 hours"),
            ("today", "Within 24 hours"),
            ("asap", "As soon as approved"),
        ],
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        forces = {membership.force_id for membership in user.current_memberships}
        field: Any = self.fields["lpt"]
        field.queryset = LPT.objects.filter(force__in=forces).order_by("name", "pk")

    @property
    def has_chosen(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
