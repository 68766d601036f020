"""Approve, return, reject: each bound to exactly what the approver saw."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from audit.services import record
from audit.verbs import Verb
from drafts.case import asks_case
from drafts.models import Draft, Override, Revision
from drafts.services import check_content, content_of, overrides_of, standing_blocks
from drafts.workflow import Move, StaleDraft, allows
from notices.services import tell
from policy.core import Report
from publishing.models import Delivery
from publishing.services import enqueue


class OwnDraft(PermissionDenied):
    """The person wrote or submitted a revision of this draft, at whatever time."""


class OutOfTime(Exception):
    """The time the draft was meant for has passed: approving it now would send it late."""


class RulesObject(Exception):
    """The rulebook stops this text by now; `sentences` says why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def _refuse_contributor(draft: Draft, actor: User) -> None:
    """Asked before anything, and again once the draft's row is ours: people race."""
    if draft.contributions.filter(person=actor).exists():
        raise OwnDraft


def _permitted(draft: Draft, actor: User) -> None:
    _refuse_contributor(draft, actor)
    if not actor.has_perm("approvals.decide", draft):
        raise PermissionDenied


def _seen(draft: Draft, move: Move, revision_hash: str) -> Revision:
    """The revision that the approver had on screen. Raises StaleDraft when there is another now."""
    if draft.content_hash != revision_hash or not allows(move, draft.state):
        raise StaleDraft
    return content_of(draft)


def stops(revision: Revision, report: Report, overrides: Iterable[Override]) -> list[str]:
    """What keeps this revision from being approved, in sentences; empty when nothing does.

    Blocks that nobody passed over, and questions about a case that were not asked when it was
    submitted: its category was none about a case then, or the product did not ask yet.
    """
    standing = standing_blocks(report, {override.finding for override in overrides})
    sentences = [finding.message for finding in standing]
    asks = asks_case(revision.text, category=revision.category, account=revision.account)
    if asks and revision.declared.missing():
        sentences.append("Its author has not answered the questions about the case. Return it.")
    return sentences


def approve(
    draft: Draft, *, actor: User, revision_number: int, revision_hash: str, now: datetime
) -> Delivery:
    """Approve what was shown and put it on its way, in one transaction.

    Raises StaleDraft, OwnDraft, OutOfTime, RulesObject, PermissionDenied.
    """
    _permitted(draft, actor)
    revision = _seen(draft, Move.APPROVE, revision_hash)
    report = check_content(revision, now=now)
    overrides = overrides_of(revision)
    if sentences := stops(revision, report, overrides):
        raise RulesObject(sentences)
    with transaction.atomic():
        # First of all, so that a save or a decision in another tab has to wait or has won.
        current = Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision_hash
        )
        try:
            current.still_in_time(now).move(
                Move.APPROVE, claimed_by=None, claimed_at=None, changed_at=now
            )
        except StaleDraft:
            if current.undecided_in_time(now).exists():
                raise OutOfTime from None
            raise
        _refuse_contributor(draft, actor)
        due_at = max(draft.planned_at or now, now + settings.STOP_WINDOW)
        delivery = enqueue(
            revision,
            approved_by=actor,
            due_at=due_at,
            not_after=due_at + settings.LATE_LIMIT,
            overrides=[
                {"key": o.finding, "override": o.pk, "hash": o.content_hash} for o in overrides
            ],
            now=now,
        )
        _decided(
            draft, revision, Verdict.APPROVE, actor=actor, report=report, delivery=delivery, now=now
        )
        record(
            Verb.DRAFT_APPROVED,
            draft,
            actor=actor,
            at=now,
            revision=revision.number,
            hash=revision_hash,
            pack=f"{report.pack} {report.pack_version}",
            step=draft.step,
        )
        tell(
            [draft.author],
            f"{actor} approved your tweet for {draft.account}.",
            link=draft.get_absolute_url(),
            now=now,
        )
    return delivery


def return_for_changes(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    reason: Reason,
    sentence: str,
    now: datetime,
) -> None:
    """Give the draft back to its author. Raises StaleDraft, OwnDraft, PermissionDenied."""
    _send_back(
        draft, Move.RETURN, Verdict.RETURN, Verb.DRAFT_RETURNED,
        actor=actor, revision_number=revision_number, revision_hash=revision_hash,
        reason=reason, sentence=sentence, now=now,
    )  # fmt: skip


def reject(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    reason: Reason,
    sentence: str,
    now: datetime,
) -> None:
    """End the draft; `sentence` is compulsory. Raises StaleDraft, OwnDraft, PermissionDenied."""
    _send_back(
        draft, Move.REJECT, Verdict.REJECT, Verb.DRAFT_REJECTED,
        actor=actor, revision_number=revision_number, revision_hash=revision_hash,
        reason=reason, sentence=sentence, now=now,
    )  # fmt: skip


def _send_back(
    draft: Draft,
    move: Move,
    verdict: Verdict,
    verb: Verb,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    reason: Reason,
    sentence: str,
    now: datetime,
) -> None:
    _permitted(draft, actor)
    revision = _seen(draft, move, revision_hash)
    report = check_content(revision, now=now)
    with transaction.atomic():
        Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision_hash
        ).move(
            move,
            claimed_by=None,
            claimed_at=None,
            changed_at=now,
            returned_by=actor.full_name,
            returned_reason=sentence or reason.label,
        )
        _refuse_contributor(draft, actor)
        _decided(
            draft,
            revision,
            verdict,
            actor=actor,
            report=report,
            reason=reason,
            sentence=sentence,
            now=now,
        )
        record(verb, draft, actor=actor, at=now, revision=revision.number, reason=reason.value)
        what = {Verdict.RETURN: "asks for changes to", Verdict.REJECT: "rejected"}[verdict]
        tell(
            [draft.author],
            f"{actor} {what} your tweet for {draft.account}: {sentence or reason.label}"[:500],
            link=draft.get_absolute_url(),
            now=now,
        )


def _decided(
    draft: Draft,
    revision: Revision,
    verdict: Verdict,
    *,
    actor: User,
    report: Report,
    now: datetime,
    delivery: Delivery | None = None,
    reason: str = "",
    sentence: str = "",
) -> None:
    Decision.objects.create(
        draft=draft,
        revision=revision,
        step=draft.step,
        verdict=verdict,
        person=actor,
        at=now,
        content_hash=revision.content_hash,
        report=report.as_dict(),
        delivery=delivery,
        reason=reason,
        sentence=sentence,
    )
