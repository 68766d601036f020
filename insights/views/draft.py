"""One draft: where it stands, what can be done, and everything that happened."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.duty import Duty
from accounts.models import User
from approvals.asking import NumberOf, ask
from approvals.services import on_duty, open_suggestion, waiting_for
from approvals.showing import (
    answered_findings,
    corrected,
    history,
    not_among,
    route_of,
    sent_back,
    waits_for,
    what_there_is,
)
from approvals.talk import talk_about
from drafts.diff import word_diff
from drafts.models import Draft
from drafts.panel import items_of, words_for
from drafts.services import (
    DECLARATION,
    blocks_to_pass_over,
    check_content,
    content_of,
    last_answers,
    overrides_of,
    waits_for_centre,
)
from drafts.workflow import Move, State, allows
from lifecycle.models import Question
from lifecycle.models.questions import QuestionQuerySet
from publishing.models import Delivery, TakeDown
from publishing.services import can_be_taken_down, situation_of, with_attempts
from publishing.workflow import NEEDS_SOMEBODY
from publishing.workflow import State as DeliveryState

SUGGESTED = "Returned with another wording. Its author takes it, or changes the tweet otherwise."


@dataclass(frozen=True, slots=True)
class Action:
    """A button: where it posts, how it looks, and the question it asks first."""

    label: str
    url: str
    kind: str = "secondary"
    method: str = "post"
    confirm: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class DraftPage(PermittedView):
    permission = "insights.draft"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = Draft.objects.visible_to(request.user).with_people().filter(pk=pk).first()
        if draft is None:
            return _covers(request.user, pk)
        now = timezone.now()
        deliveries = Delivery.objects.filter(draft=draft).with_people()
        delivery = with_attempts(deliveries).order_by("-pk").first()
        needs_somebody = delivery is not None and delivery.state in NEEDS_SOMEBODY
        submission = draft.submissions.order_by("pk").last()
        being_written = allows(Move.EDIT, draft.state)
        revision = content_of(draft)
        overrides = overrides_of(revision)
        findings = (
            items_of(
                check_content(revision, now=now).findings, last_answers(draft), overrides=overrides
            )
            if being_written
            else answered_findings(submission, overrides)
        )
        asked = {"questions": NumberOf(Question.objects.filter(draft=draft), up_to=1)}
        there_is = ask(request.user, {**what_there_is(draft), **asked})
        entries = history(draft, there_is)
        attested = submission.attested.filter(content_hash=draft.content_hash) if submission else []
        duty = _duty(draft, now)
        suggestion = _suggestion(draft, request.user)
        context = {
            "draft": draft,
            "duty": duty,
            "expires_before": duty is not None and duty.comes_too_late_for(draft.planned_at),
            "state_sentence": SUGGESTED if suggestion else state_sentence(draft, delivery, now),
            "actions": [
                *_settling(delivery, request.user),
                *_actions(draft, request.user, now, has_suggestion=bool(suggestion)),
                *_take_down(delivery, request.user),
            ],
            "findings": findings,
            "declared": revision.declared,
            "attested": attested,
            "overrides": not_among(findings, overrides),
            "delivery": delivery,
            "situation": situation_of(delivery) if delivery and needs_somebody else None,
            "tag": delivery if delivery and draft.state == State.APPROVED else draft,
            "timeline": entries,
            "sent_back": sent_back(entries),
            "take_down": TakeDown.objects.with_people().filter(delivery__draft=draft).first(),
            "corrects": corrected(draft),
            "route": route_of(draft) if draft.state == State.SUBMITTED else [],
            # Whoever sees the draft sees what is asked about it.
            "questions": _questions(draft) if there_is["questions"] else [],
            "may_ask": not request.user.has_perm("lifecycle.answer_question"),
            **suggestion,
            **talk_about(draft, request.user, is_quiet=not there_is["comments"]),
        }
        return render(request, "insights/draft.html", context)


def _covers(user: User, pk: int) -> HttpResponse:
    """Where somebody goes who only decides on this draft, in the place of who is away.

    Raises Http404.
    """
    if waiting_for(user).filter(pk=pk).exists():
        return redirect("approvals:review", pk=pk)
    draft = Draft.objects.with_people().filter(pk=pk).first()
    suggestion = open_suggestion(draft) if draft else None
    if draft is None or suggestion is None or not user.has_perm("approvals.decide", draft):
        raise Http404
    return redirect("approvals:take", pk=suggestion.pk)


def _duty(draft: Draft, now: datetime) -> Duty | None:
    """Who decides now on a draft that waits for the centre, soon or later."""
    if draft.state != State.SUBMITTED or not waits_for_centre(draft):
        return None
    return on_duty(draft.account.force, now)


def _questions(draft: Draft) -> QuestionQuerySet:
    about = Question.objects.filter(draft=draft)
    return about.with_people().with_words().newest_first()


def _suggestion(draft: Draft, user: User) -> dict[str, object]:
    """The open suggestion on the draft, what it changes, and in which way this person takes it."""
    suggestion = open_suggestion(draft)
    if suggestion is None:
        return {}
    takes = ""
    if draft.author_id == user.pk:
        takes = "author"
    elif user.pk != suggestion.person_id and user.has_perm("approvals.decide", draft):
        takes = "approver"
    return {
        "suggestion": suggestion,
        "suggested": word_diff(draft.text, suggestion.text),
        "takes": takes,
        "declaration": DECLARATION,
    }


def _take_down(delivery: Delivery | None, user: User) -> list[Action]:
    if delivery is None or TakeDown.objects.filter(delivery=delivery).exists():
        return []
    if not (can_be_taken_down(delivery) and user.has_perm("publishing.take_down", delivery)):
        return []
    url = reverse("publishing:take-down", args=[delivery.pk])
    return [Action("Take it down", url, "warning", "get")]


def _clock(moment: datetime) -> str:
    return words_for(moment)


def state_sentence(draft: Draft, delivery: Delivery | None, now: datetime) -> str:
    """Where the draft stands, as one would say it to a colleague."""
    if draft.state == State.APPROVED and delivery:
        return _delivery_sentence(delivery)
    goes_out = (
        f"It goes out on {_clock(draft.planned_at)}, if it is approved by then."
        if draft.planned_at
        else "It goes out as soon as it is approved."
    )
    since = _clock(draft.submitted_at) if draft.submitted_at else ""
    return {
        State.DRAFT: "Being written. Nobody else is asked to do anything yet.",
        State.SUBMITTED: f"Waiting for {waits_for(draft)} since {since}. {goes_out}",
        State.APPROVED: "Approved.",
        State.CHANGES_REQUESTED: "Returned: change it and submit it again.",
        State.REJECTED: "Rejected. It will not go out. You can copy it to a new draft.",
        State.EXPIRED: "Expired: nobody decided before its time, so it did not go out. Choose a new"
        " time and submit it again.",
        State.WITHDRAWN: "Discarded. You can copy it to a new draft.",
    }[State(draft.state)]


def _delivery_sentence(delivery: Delivery) -> str:
    approver = delivery.approved_by.full_name
    due = _clock(delivery.due_at)
    held = f" {delivery.last_error} It waits." if delivery.last_error else ""
    return {
        DeliveryState.QUEUED: f"Approved by {approver}. It goes out on {due}.{held}",
        DeliveryState.CLAIMED: f"Approved by {approver}. It is going out now.",
        DeliveryState.SENDING: f"Approved by {approver}. It is going out now.",
        DeliveryState.PUBLISHED: f"Published on {words_for(delivery.published_at)}.",
        DeliveryState.REFUSED: f"The platform refused it: {delivery.last_error}",
        DeliveryState.UNKNOWN: "The platform gave no answer. We are finding out whether it is"
        " public; it is not sent again before we know.",
        DeliveryState.NEEDS_HUMAN: f"Somebody from communications must look. {delivery.last_error}",
        DeliveryState.MISSED: "It missed its time and was not sent. Corporate communications can"
        " give it a new time.",
        DeliveryState.CANCELLED: "Approved, then stopped. It will not go out.",
        DeliveryState.TAKEN_DOWN: "It was public, and was taken down."
        " To put it back it must be approved anew.",
    }[DeliveryState(delivery.state)]


def _settling(delivery: Delivery | None, user: User) -> list[Action]:
    """What communications can do with a delivery that stopped, or that has not begun."""
    if delivery is None or not user.has_perm("publishing.answer", delivery):
        return []
    if delivery.state in NEEDS_SOMEBODY:
        desk = f"{reverse('publishing:deliveries')}#delivery-{delivery.pk}"
        return [Action("Settle it", desk, "primary", "get")]
    if delivery.state == DeliveryState.QUEUED:
        url = reverse("publishing:move-time", args=[delivery.pk])
        return [Action("Move its time", url, method="get")]
    return []


def _actions(
    draft: Draft, user: User, now: datetime, *, has_suggestion: bool = False
) -> list[Action]:
    """What this person can do with the draft now, the most likely first."""
    # Taking a suggestion is likelier than writing something else.
    edit = "secondary" if has_suggestion else "primary"
    can_call_back = (
        draft.state == State.APPROVED
        and draft.deliveries.filter(state__in=["queued", "claimed"]).exists()
    )
    offers = [
        (
            allows(Move.EDIT, draft.state) and user.has_perm("drafts.edit", draft),
            Action("Change or submit it", reverse("drafts:edit", args=[draft.pk]), edit, "get"),
        ),
        (
            draft.state == State.SUBMITTED and user.has_perm("approvals.decide", draft),
            Action("Review it", reverse("approvals:review", args=[draft.pk]), "primary", "get"),
        ),
        (
            user.has_perm("policy.override_block", draft) and blocks_to_pass_over(draft, now=now),
            Action("Pass over a block", reverse("drafts:pass-over", args=[draft.pk]), method="get"),
        ),
        (
            can_call_back and user.has_perm("approvals.unschedule", draft),
            Action("Stop it", reverse("approvals:stop", args=[draft.pk]), "warning"),
        ),
        (
            can_call_back and user.has_perm("approvals.reopen", draft),
            Action(
                "Reopen to change it",
                reverse("approvals:reopen", args=[draft.pk]),
                confirm="Its approval is void then. It has to be submitted and approved again.",
            ),
        ),
        (
            draft.state == State.APPROVED
            and draft.deliveries.filter(state=DeliveryState.UNKNOWN).exists()
            and user.has_perm("approvals.reopen", draft)
            and not user.has_perm("approvals.unschedule", draft),
            Action(
                "Ask to stop it",
                reverse("approvals:reopen", args=[draft.pk]),
                confirm="It may be public already. It is not sent again then, and corporate"
                " communications is asked to look, and to delete it if it is there.",
            ),
        ),
        (
            allows(Move.WITHDRAW, draft.state) and user.has_perm("drafts.withdraw", draft),
            Action("Take it back", reverse("drafts:withdraw", args=[draft.pk])),
        ),
        (
            allows(Move.DISCARD, draft.state) and user.has_perm("drafts.discard", draft),
            Action(
                "Discard it",
                reverse("drafts:discard", args=[draft.pk]),
                confirm="This ends the draft. Its words stay on record; you can copy them.",
            ),
        ),
        (
            draft.state != State.WITHDRAWN and user.has_perm("drafts.write", draft.account),
            Action(
                "Offer it to another account",
                reverse("lifecycle:offer", args=[draft.pk]),
                method="get",
            ),
        ),
        (
            user.has_perm("drafts.copy", draft) and draft.state != State.DRAFT,
            Action("Copy to a new draft", reverse("drafts:copy", args=[draft.pk])),
        ),
    ]
    return [action for offered, action in offers if offered]
