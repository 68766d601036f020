"""What an approver fills in."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from accounts.permissions import holds
from accounts.roles import DECIDERS, Role
from approvals.reasons import SENTENCES, Reason
from drafts.forms import TEXT_CAP
from drafts.models import Draft
from publishing.lateness import Late


def seen_of(draft: Draft) -> dict[str, Any]:
    """What a form about `draft` says that its reader has on screen."""
    return {"revision_hash": draft.content_hash, "revision_number": draft.revision_number}


class SeenForm(forms.Form):
    """Which text the approver had on screen: every decision is bound to it."""

    revision_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    revision_number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class NoteForm(forms.Form):
    """Why it goes out although a rule was passed over; asked where one was."""

    note = forms.CharField(
        label="Why is it right to send this, although a rule was passed over?",
        help_text="What harm or benefit you weighed, in a sentence. It is kept with the decision.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is right to send this although a rule says no."},
    )

    def __init__(self, data: Any = None, *, asks_note: bool, **form: Any) -> None:
        super().__init__(data, auto_id="id_approve_%s", **form)
        if asks_note:
            self.fields["note"].required = True
        else:
            del self.fields["note"]


class ApproveForm(NoteForm, SeenForm):
    """An approval is bound to the step as well: whoever gives the next has seen who gave this."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # A card in the queue shows no comments and sends none.
    last_comment = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    may_be_late = forms.ChoiceField(
        label="Until when may it still go out?",
        help_text="After that it is not sent, and comes back to communications.",
        choices=Late.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose how late it may go out."},
    )

    def __init__(
        self, data: Any = None, *, draft: Draft, asks_note: bool, last_comment: int = 0
    ) -> None:
        seen = {
            **seen_of(draft),
            "step": draft.step,
            "last_comment": last_comment,
            "may_be_late": Late.USUAL,
        }
        super().__init__(data, asks_note=asks_note, initial=seen)

    def clean_last_comment(self) -> int:
        return self.cleaned_data["last_comment"] or 0

    def clean_may_be_late(self) -> Late:
        return Late(self.cleaned_data["may_be_late"] or Late.USUAL)


class WhyForm(forms.Form):
    """Why a draft comes back. `compulsory` asks for words of the approver's own, to reject."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label="What the author reads",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, compulsory: bool, name: str, **form: Any) -> None:
        super().__init__(data, auto_id=f"id_{name}_%s", **form)
        self.compulsory, self.name = compulsory, name
        reason: Any = self.fields["reason"]
        reason.sentences = {str(tag): words for tag, words in SENTENCES.items()}
        reason.hints = reason.sentences
        missing = "Choose why it is rejected." if compulsory else "Choose why it comes back."
        reason.error_messages |= {"required": missing, "invalid_choice": missing}
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


class SendBackForm(WhyForm, SeenForm):
    """Why this draft comes back, as it was on screen."""

    def __init__(self, data: Any = None, *, draft: Draft, compulsory: bool, name: str) -> None:
        super().__init__(data, compulsory=compulsory, name=name, initial=seen_of(draft))


class SuggestForm(SeenForm):
    """Other words for the tweet."""

    text = forms.CharField(
        label="Your wording",
        max_length=TEXT_CAP,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write the tweet as you would have it."},
    )
    note = forms.CharField(
        label="Why, for the author (optional)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, draft: Draft) -> None:
        super().__init__(data, initial={**seen_of(draft), "text": draft.text})


class EmergencyForm(SeenForm):
    """Letting a tweet out before its review."""

    reason = forms.CharField(
        label="Why can it not wait?",
        help_text="Everyone in corporate communications reads this at once.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it cannot wait for its review."},
    )

    def __init__(self, data: Any = None, *, draft: Draft) -> None:
        super().__init__(data, initial=seen_of(draft))


class LookAfterForm(forms.Form):
    """What somebody found who looked at a tweet after it went out."""

    was_right = forms.TypedChoiceField(
        label="Was it right that this went out?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was right that this went out."},
    )
    note = forms.CharField(
        label="What should have been different?",
        help_text="If it was not right: its author and whoever let it out read this.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("was_right") is False and not cleaned.get("note", "").strip():
            self.add_error("note", "Say what should have been different.")
        return cleaned


class DelegateForm(forms.Form):
    """Who decides in somebody's place, and from when to when.

    The comms admin says in whose place; everybody else is away themselves.
    """

    person = forms.ModelChoiceField(
        label="Who decides in your place?",
        queryset=User.objects.none(),
        empty_label="Choose a colleague",
        error_messages={
            "required": "Choose a colleague.",
            "invalid_choice": "Choose a colleague from the list.",
        },
    )
    since = forms.DateField(
        label="From (first day)",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Give the first day.",
            "invalid": "Give the first day as a date, such as 2026-12-24.",
        },
    )
    until = forms.DateField(
        label="Until (last day)",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Give the last day.",
            "invalid": "Give the last day as a date, such as 2027-01-02.",
        },
    )
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        error_messages={"required": "Say why, for example: on leave."},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        memberships = user.current_memberships
        field: Any = self.fields["person"]
        field.queryset = self._deciding_in({one.force_id for one in memberships}, but=user)
        administered = {one.force_id for one in memberships if one.role == Role.COMMS_ADMIN}
        if administered:
            is_own_possible = holds(user, DECIDERS)
            field.label = "Who decides in their place?"
            self.fields["absent"] = forms.ModelChoiceField(
                label="In whose place?",
                queryset=self._deciding_in(administered, but=user),
                required=not is_own_possible,
                empty_label="Mine" if is_own_possible else "Choose a colleague",
                error_messages={
                    "required": "Choose in whose place.",
                    "invalid_choice": "Choose whose place it is from the list.",
                },
            )
            self.order_fields(["absent"])

    def _deciding_in(self, forces: Collection[int], *, but: User) -> QuerySet[User]:
        """Who may decide on tweets or stand in for others there, by name."""
        return (
            User.objects.filter(
                is_active=True,
                memberships__in=Membership.objects.current(timezone.localdate()).order_by(),
                memberships__force__in=forces,
                memberships__role__in=DECIDERS,
            )
            .exclude(pk=but.pk)
            .distinct()
            .order_by("full_name", "pk")
        )
