"""Approve, return, reject: each bound to exactly what the approver saw."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.permissions import is_comms_reviewer
from accounts.roles import Role
from accounts.standing import stopping
from approvals.models import Decision, Verdict
from approvals.permissions import Authority, authority
from approvals.reasons import Reason
from approvals.services.after_review import ask_for_sample
from approvals.services.refusals import (
    AlreadyApproved,
    DecidedTogether,
    NoteMissing,
    NotPossible,
    OutOfTime,
    OwnDraft,
    RulesObject,
    TalkedAbout,
)
from approvals.services.reminding import no_longer_waits
from approvals.services.steps import approvals_at, go_to_step, pass_step, progress_of
from approvals.services.telling import tell_author
from approvals.voices import voice_of
from audit.services import record
from audit.verbs import Verb
from drafts.case import asks_case
from drafts.models import CentralPart, Draft, DraftQuerySet, Override, ReviewStep, Revision
from drafts.services import (
    check_content,
    content_of,
    overrides_of,
    present_step,
    standing_blocks,
)
from drafts.workflow import Move, StaleDraft, allows
from notices.models import Kind
from notices.services import settle_waiting, tell
from policy.core import Report
from publishing.lateness import Late
from publishing.models import Delivery
from publishing.services import enqueue


def refuse_contributor(draft: Draft, actor: User) -> None:
    """Asked before anything, and again once the draft's row is ours: people race."""
    if draft.contributions.filter(person=actor).exists():
        raise OwnDraft


def _refuse_twice(draft: Draft, actor: User, right: Authority) -> None:
    """Each approves once, whoever decides in whose place."""
    if voice_of(right.voices(actor), draft):
        raise AlreadyApproved


def _refuse_unheard(draft: Draft, actor: User, last_comment: int | None) -> None:
    """Commenting takes the draft's row as well, so that what was said is there or comes after."""
    if last_comment is None:
        return
    if draft.comments.filter(pk__gt=last_comment).exclude(person=actor).exists():
        raise TalkedAbout


def _permitted(draft: Draft, actor: User) -> Authority:
    if not actor.has_perm("approvals.decide", draft):
        refuse_contributor(draft, actor)
        raise PermissionDenied
    right = authority(actor, draft)
    if right is None:
        # Between the two questions somebody else decided.
        raise StaleDraft
    return right


def is_decided_together(draft: Draft) -> bool:
    """Whether it still says what a post for several accounts says."""
    return CentralPart.objects.filter(draft=draft, content_hash=draft.content_hash).exists()


def opened(
    draft: Draft, move: Move, *, actor: User, revision_hash: str, centrally: bool = False
) -> tuple[Authority, Revision]:
    """By what right `actor` decides, and the revision that they had on screen.

    Raises StaleDraft when there is another by now, DecidedTogether unless it is decided
    `centrally`, OwnDraft, PermissionDenied.
    """
    right = _permitted(draft, actor)
    if draft.content_hash != revision_hash or not allows(move, draft.state):
        raise StaleDraft
    if not centrally and is_decided_together(draft):
        raise DecidedTogether
    return right, content_of(draft)


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


def unfit_for(draft: Draft, actor: User, *, now: datetime) -> list[str]:
    """What beside its words keeps `actor` from approving it now, in sentences.

    Whoever lets a colleague's tweet out in the routine lane has to be as complete as whoever
    submits one.
    """
    account, step = draft.account, present_step(draft)
    sentences = []
    if account.status == AccountStatus.CLOSED:
        sentences.append(f"{account} is closed: nothing goes out by it. Return the draft.")
    if not draft.author.is_active:
        sentences.append(
            f"{draft.author} has left, and nobody answers for it. Return the draft: a colleague who"
            " submits it again does."
        )
    is_lane = step is not None and Role.OFFICER in step.roles
    if is_lane and not is_comms_reviewer(actor, account.force_id):
        sentences += [gap.sentence for gap in stopping(actor, on=timezone.localdate(now))]
    return sentences


def approve(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    step: int,
    now: datetime,
    note: str = "",
    may_be_late: Late = Late.USUAL,
    centrally: bool = False,
    last_comment: int | None = None,
) -> Delivery | None:
    """Approve what was shown at the step that was shown.

    The last approval of the last step puts it on its way, in the same transaction; any other
    gives None. `note` says why, where a rule was passed over; `may_be_late`, how long after its
    time it may still go out, counts with the last approval; `centrally`: together with the other
    accounts of its post; `last_comment`: the key of the newest comment that was shown, 0 for none.
    Raises StaleDraft, TalkedAbout, OwnDraft, AlreadyApproved, OutOfTime, DecidedTogether,
    NoteMissing, NotPossible, RulesObject, PermissionDenied.
    """
    right, revision = opened(
        draft, Move.APPROVE, actor=actor, revision_hash=revision_hash, centrally=centrally
    )
    if sentences := unfit_for(draft, actor, now=now):
        raise NotPossible(sentences)
    report = check_content(revision, now=now)
    overrides = overrides_of(revision)
    if sentences := stops(revision, report, overrides):
        raise RulesObject(sentences)
    if overrides and not note.strip():
        raise NoteMissing
    with transaction.atomic():
        # First of all, so that a save or a decision in another tab has to wait or has won.
        current = Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision_hash, step=step
        )
        take_in_time(current, Move.SIGN, now)
        refuse_contributor(draft, actor)
        _refuse_unheard(draft, actor, last_comment)
        _refuse_twice(draft, actor, right)
        steps = {each.number: each for each in revision.steps.all()}
        asked = steps[step]
        progress = progress_of(asked, draft, one_more=actor)
        is_last = progress.is_passed and step == max(steps)
        delivery = None
        if is_last:
            _refuse_lost_approvals(steps[number] for number in steps if number < step)
            current.move(Move.APPROVE)
            delivery = put_on_its_way(
                revision, approved_by=actor, overrides=overrides, now=now, may_be_late=may_be_late
            )
        decided(
            draft, revision, Verdict.APPROVE, actor=actor, right=right, report=report,
            delivery=delivery, sentence=note.strip(), now=now,
        )  # fmt: skip
        if progress.is_passed:
            pass_step(asked, progress)
            no_longer_waits(draft, now=now)
        else:
            settle_waiting(draft.get_absolute_url(), now=now, person_id=actor.pk)
        if progress.is_passed and not is_last:
            go_to_step(current, revision, step + 1, now=now)
        record(
            Verb.DRAFT_APPROVED if is_last else Verb.DRAFT_STEP_APPROVED,
            draft,
            actor=actor,
            at=now,
            revision=revision.number,
            hash=revision_hash,
            pack=f"{report.pack} {report.pack_version}",
            step=step,
            **({"may_be_late": may_be_late.value} if may_be_late != Late.USUAL else {}),
            **({"on_behalf_of": right.on_behalf_of.pk} if right.on_behalf_of else {}),
        )
        if delivery:
            ask_for_sample(delivery, asked, now=now)
            tell(
                [draft.author],
                f"{actor} approved your tweet for {draft.account}.",
                kind=Kind.DECIDED,
                link=draft.get_absolute_url(),
                now=now,
            )
    return delivery


def _refuse_lost_approvals(passed: Iterable[ReviewStep]) -> None:
    """Raise NotPossible where approvals of these steps have come to count no more."""
    for each in passed:
        if each.passed_with is not None and approvals_at(each).count() < each.passed_with:
            raise NotPossible(
                [
                    f"Somebody who approved it at step {each.number} has left or become one of its"
                    " authors, so that their approval counts no more. Return the draft: submitted"
                    " again, it is decided anew."
                ]
            )


def take_in_time(current: DraftQuerySet, move: Move, now: datetime) -> None:
    """Make `move` on the draft of this decision, unless its time has passed.

    Raises StaleDraft, OutOfTime.
    """
    try:
        current.still_in_time(now).move(move, claimed_by=None, claimed_at=None, changed_at=now)
    except StaleDraft:
        if current.undecided_in_time(now).exists():
            raise OutOfTime from None
        raise


def put_on_its_way(
    revision: Revision,
    *,
    approved_by: User,
    overrides: Iterable[Override],
    now: datetime,
    may_be_late: Late = Late.USUAL,
) -> Delivery:
    """The delivery of an approval that is made in the same transaction."""
    due_at = max(revision.draft.planned_at or now, now + settings.STOP_WINDOW)
    return enqueue(
        revision,
        approved_by=approved_by,
        due_at=due_at,
        overrides=[{"key": o.finding, "override": o.pk, "hash": o.content_hash} for o in overrides],
        now=now,
        may_be_late=may_be_late,
    )


def return_for_changes(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    reason: Reason,
    sentence: str,
    now: datetime,
    centrally: bool = False,
) -> None:
    """Give the draft back to its author.

    Raises StaleDraft, DecidedTogether, OwnDraft, PermissionDenied.
    """
    _send_back(
        draft, Move.RETURN, Verdict.RETURN, Verb.DRAFT_RETURNED,
        actor=actor, revision_number=revision_number, revision_hash=revision_hash,
        reason=reason, sentence=sentence, now=now, centrally=centrally,
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
    centrally: bool = False,
) -> None:
    """End the draft; `sentence` is compulsory.

    Raises StaleDraft, DecidedTogether, OwnDraft, PermissionDenied.
    """
    _send_back(
        draft, Move.REJECT, Verdict.REJECT, Verb.DRAFT_REJECTED,
        actor=actor, revision_number=revision_number, revision_hash=revision_hash,
        reason=reason, sentence=sentence, now=now, centrally=centrally,
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
    centrally: bool,
) -> None:
    right, revision = opened(
        draft, move, actor=actor, revision_hash=revision_hash, centrally=centrally
    )
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
        refuse_contributor(draft, actor)
        decided(
            draft,
            revision,
            verdict,
            actor=actor,
            right=right,
            report=report,
            reason=reason,
            sentence=sentence,
            now=now,
        )
        record(verb, draft, actor=actor, at=now, revision=revision.number, reason=reason.value)
        no_longer_waits(draft, now=now)
        what = {Verdict.RETURN: "asks for changes to", Verdict.REJECT: "rejected"}[verdict]
        tell_author(
            draft,
            f"{actor} {what} your tweet for {draft.account}",
            f"{actor} {what} the tweet of {draft.author} for {draft.account}",
            words=sentence or reason.label,
            in_mail=reason.label,
            kind=Kind.RETURNED,
            now=now,
        )


def decided(
    draft: Draft,
    revision: Revision,
    verdict: Verdict,
    *,
    actor: User,
    report: Report,
    sentence: str,
    now: datetime,
    right: Authority | None = None,
    delivery: Delivery | None = None,
    reason: str = "",
) -> None:
    """Write a decision down, in the transaction of what it decides."""
    Decision.objects.create(
        draft=draft,
        revision=revision,
        step=draft.step,
        verdict=verdict,
        person=actor,
        on_behalf_of=right.on_behalf_of if right else None,
        at=now,
        content_hash=revision.content_hash,
        report=report.as_dict(),
        delivery=delivery,
        reason=reason,
        sentence=sentence,
    )
