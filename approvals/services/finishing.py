"""Steps that wait for nobody: enough approved, and then the people changed.

Where each of several people has to approve, one who leaves may be the last who was missing. Nobody
signs then, so nobody's signature passes the step. A sweep looks, whatever ended access or role.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet

from accounts.models import Quorum, User
from accounts.roles import COMMS_REVIEWERS
from approvals.models import Decision, Verdict
from approvals.services.reminding import no_longer_waits
from approvals.services.steps import go_to_step, may_decide, pass_step, progress_of
from audit.models import Record
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft, ReviewStep
from drafts.workflow import Move, StaleDraft, State
from notices.models import Kind
from notices.services import tell


def finish_steps(*, now: datetime) -> int:
    """Let drafts go on whose step lacks nobody any more; return how many.

    Not at the last step: a tweet goes out by somebody's decision alone. Communications is told
    instead, once, who can give it. Where nobody can, `tell_of_stuck` says so.
    """
    return sum(_finish(step, now) for step in _begun())


def _begun() -> QuerySet[ReviewStep]:
    """The present steps of waiting drafts that some of several people have approved."""
    approvals = Decision.objects.filter(
        revision=OuterRef("revision"), step=OuterRef("number"), verdict=Verdict.APPROVE
    )
    steps = ReviewStep.objects.filter(
        revision__draft__state=State.SUBMITTED,
        revision__number=F("revision__draft__revision_number"),
        number=F("revision__draft__step"),
        passed_with=None,
    )
    begun = steps.exclude(quorum=Quorum.ANY).filter(Exists(approvals))
    # Their keys are found in an index of their own, however many steps there have ever been.
    return (
        ReviewStep.objects.filter(pk__in=begun.values("pk"))
        .select_related("revision")
        .order_by("pk")
    )


def _finish(step: ReviewStep, now: datetime) -> bool:
    revision = step.revision
    with transaction.atomic():
        current = Draft.objects.filter(
            pk=revision.draft_id, revision_number=revision.number, step=step.number
        )
        try:
            # First of all: whoever decides at this moment has to wait or has won.
            current.still_in_time(now).move(Move.SIGN)
        except StaleDraft:
            return False
        draft = current.with_people().get()
        progress = progress_of(step, draft)
        last = revision.steps.aggregate(last=Max("number"))["last"]
        if progress.is_passed and step.number < last:
            pass_step(step, progress)
            no_longer_waits(draft, now=now)
            go_to_step(current, revision, step.number + 1, now=now)
            record(
                Verb.DRAFT_STEP_APPROVED, draft, actor=None, at=now,
                revision=revision.number, hash=revision.content_hash, step=step.number,
                why="nobody else of this step is left",
            )  # fmt: skip
            return True
        able = may_decide(draft, now=now)
        if progress.is_passed and able:
            _ask_communications(draft, step, able, now)
    return False


def _ask_communications(draft: Draft, step: ReviewStep, able: list[User], now: datetime) -> None:
    """Once for each step: the draft's row is ours, so that no other worker tells them as well."""
    run = f"{draft.revision_number}.{step.number}"
    if Record.objects.about(draft).filter(verb=Verb.DRAFT_REMINDED, data__nobody_left=run).exists():
        return
    people = list(User.objects.holding(COMMS_REVIEWERS, force_id=draft.account.force_id))
    names = " or ".join(person.full_name for person in able)
    text = (
        f"A tweet for {draft.account} waits at step {step.number} ({step.who}), and nobody is left"
        f" there who has not approved it. {names} can approve it in their place."
    )
    record(
        Verb.DRAFT_REMINDED, draft, actor=None, at=now,
        nobody_left=run, people=[person.pk for person in people],
    )  # fmt: skip
    tell(people, text, kind=Kind.ALERT, link=draft.get_absolute_url(), urgent=True, now=now)
