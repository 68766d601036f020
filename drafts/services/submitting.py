"""Handing a draft in, and taking it back."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.standing import stopping
from audit.services import record
from audit.verbs import Verb
from drafts.case import asks_case
from drafts.models import Attested, Contribution, Draft, Revision, Submission
from drafts.services.checking import (
    Checked,
    check_revision,
    content_of,
    overrides_of,
    standing_blocks,
)
from drafts.services.hits import note_hits
from drafts.services.routing import (
    Review,
    first_of,
    first_without_people,
    open_review,
    review_for,
)
from drafts.workflow import Move, StaleDraft, allows
from notices.services import settle_waiting
from policy.core import Attestation, Report, Severity
from policy.services import generation

DECLARATION = "I would say this at a public meeting"
LONGEST_ANSWER = 500
LONGEST_TICK = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way of a submission, and the form field that leads to it.

    `field` is empty when no field is to blame; a finding's key stands in `finding`, the id of an
    attestation in `tick`.
    """

    sentence: str
    field: str = ""
    finding: str = ""
    tick: str = ""


class NotReady(Exception):
    """The draft cannot be submitted yet; `problems` says why, most important first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def _of_the_record(actor: User, now: datetime) -> list[Problem]:
    return [Problem(gap.sentence) for gap in stopping(actor, on=timezone.localdate(now))]


def _of_the_account(draft: Draft, review: Review, *, actor: User, now: datetime) -> list[Problem]:
    account = draft.account
    problems = []
    if account.status != AccountStatus.ACTIVE:
        problems.append(
            Problem(
                f"{account} is {account.get_status_display().lower()}. Choose another account"
                " or call the comms desk.",
                field="account",
            )
        )
    if not review.steps:
        problems.append(
            Problem(
                f"Nobody is named to approve tweets of {account}. Ask a comms admin.",
                field="account",
            )
        )
    elif review.is_too_long:
        problems.append(
            Problem(
                "Its approval route asks communications for more than one approval of this tweet,"
                " and a post for several accounts is approved once. Leave that account out, and"
                " write for it alone.",
                field="account",
            )
        )
    elif stuck := first_without_people(review, draft, actor=actor, on=timezone.localdate(now)):
        number, step = stuck
        problems.append(
            Problem(
                f"Nobody is there to decide at step {number} of its approval route ({step.who}):"
                " whoever wrote any of it, or decides at another step, cannot. Ask a comms admin"
                " to give somebody that role.",
                field="account",
            )
        )
    return problems


def _of_the_time(draft: Draft, now: datetime) -> list[Problem]:
    if draft.planned_at and draft.planned_at <= now:
        return [Problem("The time you chose has passed. Choose a later one.", field="when")]
    if draft.planned_at and draft.planned_at > now + timedelta(days=366):
        return [Problem("Choose a time within the next 12 months.", field="when")]
    return []


def _of_the_rules(
    report: Report, answers: Mapping[str, str], passed_over: Collection[str]
) -> list[Problem]:
    problems = []
    standing = standing_blocks(report, passed_over)
    for finding in report.findings:
        if finding in standing:
            problems.append(Problem(finding.message, field="text", finding=finding.key))
        elif finding.severity == Severity.NEEDS_REASON and not answers.get(finding.key, "").strip():
            problems.append(Problem(f"Give your reason: {finding.message}", finding=finding.key))
    return problems


def _of_the_case(revision: Revision) -> list[Problem]:
    if not asks_case(revision.text, category=revision.category, account=revision.account):
        return []
    return [Problem(sentence, field=field) for field, sentence in revision.declared.missing()]


def _of_the_ticks(asked: Iterable[Attestation], ticked: Mapping[str, str]) -> list[Problem]:
    problems = []
    for attestation in asked:
        if attestation.id not in ticked:
            sentence = f"Tick “{attestation.label}” If it is not true, do not submit this."
            problems.append(Problem(sentence, tick=attestation.id))
        elif attestation.asks and not ticked[attestation.id].strip():
            problems.append(Problem(f"Give the {_lower(attestation.asks)}", tick=attestation.id))
    return problems


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _passed_over(revision: Revision, actor: User) -> set[str]:
    """The keys of the blocks that hold `actor` up no more."""
    # Whoever submits becomes a contributor, and their own leave to pass over a block is void.
    return {o.finding for o in overrides_of(revision) if o.person_id != actor.pk}


def in_the_way(
    revision: Revision,
    checked: Checked,
    *,
    actor: User,
    answers: Mapping[str, str],
    ticked: Mapping[str, str],
    now: datetime,
) -> list[Problem]:
    """Everything that stands between this revision and the review queue; empty means ready."""
    draft = revision.draft
    problems = [
        *_of_the_rules(checked.report, answers, _passed_over(revision, actor)),
        *_of_the_ticks(checked.asked, ticked),
        *_of_the_case(revision),
        *_of_the_time(draft, now),
        *_of_the_account(draft, review_for(revision, checked.report), actor=actor, now=now),
        *_of_the_record(actor, now),
    ]
    if not draft.purpose:
        problems.append(Problem("Choose what kind of tweet this is.", field="category"))
    return problems


def submit(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    answers: Mapping[str, str],
    now: datetime,
    ticked: Mapping[str, str] | None = None,
) -> Draft:
    """Put the draft into the review queue, with the officer's answers to its findings.

    `ticked` holds the attestations given for exactly this text, each with the text that it asks
    for or "". Pressing the button declares DECLARATION.

    Raises NotReady, StaleDraft, PermissionDenied.
    """
    if not actor.has_perm("drafts.submit", draft):
        raise PermissionDenied
    if draft.revision_number != revision_number or not allows(Move.SUBMIT, draft.state):
        raise StaleDraft
    revision = content_of(draft)
    ruled_at = generation()
    ticked = ticked or {}
    checked = check_revision(revision, attested=ticked, now=now)
    report = checked.report
    answered = {
        finding.key: answers[finding.key].strip()[:LONGEST_ANSWER]
        for finding in report.needing_reason
        if answers.get(finding.key, "").strip()
    }
    if problems := in_the_way(
        revision, checked, actor=actor, answers=answered, ticked=ticked, now=now
    ):
        raise NotReady(problems)
    passed_over = _passed_over(revision, actor)
    # Its author has gone, and somebody has to answer for it.
    is_left_to_actor = not draft.author.is_active
    with transaction.atomic():
        current = Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision.content_hash
        )
        # Each run has its own: this one may also have been stopped and taken back.
        if revision.submissions.exists() or revision.steps.exists():
            revision = same_again(revision, author=actor, now=now)
        review = review_for(revision, report)
        if not review.steps or review.is_too_long:
            # Its route ended or became another this moment.
            raise StaleDraft
        open_review(revision, review)
        current.move(
            Move.SUBMIT,
            revision_number=revision.number,
            submitted_at=now,
            queue_at=draft.planned_at or now,
            remind_at=now,
            remind_by_day_at=None,
            has_findings=bool(report.blocking or report.needing_reason),
            **first_of(review.steps),
            returned_by="",
            returned_reason="",
            claimed_by=None,
            claimed_at=None,
            changed_at=now,
            **({"author": actor} if is_left_to_actor else {}),
        )
        submission = Submission.objects.create(
            revision=revision,
            draft=draft,
            person=actor,
            at=now,
            report=report.as_dict(),
            answers=answered,
            generation=ruled_at,
            declaration=DECLARATION,
        )
        Attested.objects.bulk_create(
            Attested(
                submission=submission,
                attestation=attestation.id,
                label=attestation.label,
                text=ticked[attestation.id].strip()[:LONGEST_TICK] if attestation.asks else "",
                content_hash=revision.content_hash,
                person=actor,
                at=now,
            )
            for attestation in checked.asked
        )
        # Words that somebody else suggested are taken, or not wanted.
        settle_waiting(draft.get_absolute_url(), now=now)
        note_hits(submission, report, answered=answered, overridden=passed_over)
        Contribution.objects.bulk_create(
            [Contribution(draft=draft, person=actor)], ignore_conflicts=True
        )
        if is_left_to_actor:
            record(
                Verb.DRAFT_HANDED_OVER, draft, actor=actor, at=now,
                to=actor.pk, author=draft.author_id,
            )  # fmt: skip
        record(
            Verb.DRAFT_SUBMITTED,
            draft,
            actor=actor,
            at=now,
            revision=revision.number,
            hash=revision.content_hash,
            pack=f"{report.pack} {report.pack_version}",
            answered=len(answered),
            attested=[attestation.id for attestation in checked.asked],
            lane=review.lane.value,
            steps=len(review.steps),
        )
    draft.refresh_from_db()
    return draft


def same_again(revision: Revision, *, author: User, now: datetime) -> Revision:
    """The same words as a revision of their own.

    Answers may differ from those of the first submission, and a reviewer who still has those
    on screen must not decide on these.
    """
    again = copy(revision)
    again.pk = None
    again._state.adding = True  # noqa: SLF001  Django's documented way to copy a row
    again.number = revision.number + 1
    again.author, again.created_at = author, now
    again.save()
    return again


def _author_moves(draft: Draft, move: Move, verb: Verb, *, actor: User, now: datetime) -> None:
    if not actor.has_perm(f"drafts.{move}", draft):
        raise PermissionDenied
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).move(move, changed_at=now)
        # Nobody has to decide on it, or on words that were suggested for it.
        settle_waiting(draft.get_absolute_url(), now=now)
        record(verb, draft, actor=actor, at=now)
    draft.refresh_from_db()


def withdraw(draft: Draft, *, actor: User, now: datetime) -> None:
    """Take a submitted draft back to go on writing. Raises StaleDraft, PermissionDenied."""
    _author_moves(draft, Move.WITHDRAW, Verb.DRAFT_WITHDRAWN, actor=actor, now=now)


def discard(draft: Draft, *, actor: User, now: datetime) -> None:
    """End a draft for good; its words stay on record. Raises StaleDraft, PermissionDenied."""
    _author_moves(draft, Move.DISCARD, Verb.DRAFT_DISCARDED, actor=actor, now=now)
