"""Handing a draft in, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import AccountStatus, ApprovalRoute, User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Contribution, Draft, Revision, Submission
from drafts.services.checking import check_content, content_of
from drafts.workflow import Move, StaleDraft, allows
from policy.core import Report, Severity
from policy.services import generation

DECLARATION = "I would say this at a public meeting"
LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way of a submission, and the form field that leads to it.

    `field` is empty when no field is to blame; a finding's key stands in `finding`.
    """

    sentence: str
    field: str = ""
    finding: str = ""


class NotReady(Exception):
    """The draft cannot be submitted yet; `problems` says why, most important first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def _of_the_record(actor: User) -> list[Problem]:
    if actor.mobile_is_confirmed:
        return []
    return [
        Problem(
            "Confirm your mobile number on My desk first: it was not confirmed in the last"
            " six months."
        )
    ]


def _of_the_account(draft: Draft) -> list[Problem]:
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
    route = ApprovalRoute.objects.for_lpt(force_id=account.force_id, lpt_id=account.lpt_id)
    if not route.exists():
        problems.append(
            Problem(
                f"Nobody is named to approve tweets of {account}. Ask a comms admin.",
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


def _of_the_rules(report: Report, answers: Mapping[str, str]) -> list[Problem]:
    problems = []
    for finding in report.findings:
        if finding.severity == Severity.BLOCK:
            problems.append(Problem(finding.message, field="text", finding=finding.key))
        elif finding.severity == Severity.NEEDS_REASON and not answers.get(finding.key, "").strip():
            problems.append(Problem(f"Give your reason: {finding.message}", finding=finding.key))
    return problems


def in_the_way(
    draft: Draft, report: Report, *, actor: User, answers: Mapping[str, str], now: datetime
) -> list[Problem]:
    """Everything that stands between this draft and the review queue; empty means ready."""
    problems = [
        *_of_the_rules(report, answers),
        *_of_the_time(draft, now),
        *_of_the_account(draft),
        *_of_the_record(actor),
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
) -> Draft:
    """Put the draft into the review queue, with the officer's answers to its findings.

    Pressing the button declares DECLARATION. Raises NotReady, StaleDraft, PermissionDenied.
    """
    if not actor.has_perm("drafts.submit", draft):
        raise PermissionDenied
    if draft.revision_number != revision_number or not allows(Move.SUBMIT, draft.state):
        raise StaleDraft
    revision = content_of(draft)
    ruled_at = generation()
    report = check_content(revision, now=now)
    answered = {
        finding.key: answers[finding.key].strip()[:LONGEST_ANSWER]
        for finding in report.needing_reason
        if answers.get(finding.key, "").strip()
    }
    if problems := in_the_way(draft, report, actor=actor, answers=answered, now=now):
        raise NotReady(problems)
    with transaction.atomic():
        current = Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision.content_hash
        )
        if revision.submissions.exists():
            revision = _again(revision, author=actor, now=now)
        current.move(
            Move.SUBMIT,
            revision_number=revision.number,
            submitted_at=now,
            queue_at=draft.planned_at or now,
            has_findings=bool(report.findings),
            step=1,
            returned_by="",
            returned_reason="",
            claimed_by=None,
            claimed_at=None,
            changed_at=now,
        )
        Submission.objects.create(
            revision=revision,
            draft=draft,
            person=actor,
            at=now,
            report=report.as_dict(),
            answers=answered,
            generation=ruled_at,
            declaration=DECLARATION,
        )
        Contribution.objects.bulk_create(
            [Contribution(draft=draft, person=actor)], ignore_conflicts=True
        )
        record(
            Verb.DRAFT_SUBMITTED,
            draft,
            actor=actor,
            at=now,
            revision=revision.number,
            hash=revision.content_hash,
            pack=f"{report.pack} {report.pack_version}",
            answered=len(answered),
        )
    draft.refresh_from_db()
    return draft


def _again(revision: Revision, *, author: User, now: datetime) -> Revision:
    """The same words as a revision of their own.

    Answers may differ from those of the first submission, and a reviewer who still has those
    on screen must not decide on these.
    """
    number, revision.pk = revision.number, None
    revision._state.adding = True  # noqa: SLF001  Django's documented way to copy a row
    revision.number = number + 1
    revision.author, revision.created_at = author, now
    revision.save()
    return revision


def _author_moves(draft: Draft, move: Move, verb: Verb, *, actor: User, now: datetime) -> None:
    if not actor.has_perm(f"drafts.{move}", draft):
        raise PermissionDenied
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).move(move, changed_at=now)
        record(verb, draft, actor=actor, at=now)
    draft.refresh_from_db()


def withdraw(draft: Draft, *, actor: User, now: datetime) -> None:
    """Take a submitted draft back to go on writing. Raises StaleDraft, PermissionDenied."""
    _author_moves(draft, Move.WITHDRAW, Verb.DRAFT_WITHDRAWN, actor=actor, now=now)


def discard(draft: Draft, *, actor: User, now: datetime) -> None:
    """End a draft for good; its words stay on record. Raises StaleDraft, PermissionDenied."""
    _author_moves(draft, Move.DISCARD, Verb.DRAFT_DISCARDED, actor=actor, now=now)
