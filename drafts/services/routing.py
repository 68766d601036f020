"""Which steps a submission has to pass: asked when it is handed in, and kept with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.filling import first_unfilled
from accounts.models import ApprovalRoute, Lane, Quorum, User
from accounts.roles import TEAM_ROLES, Role
from accounts.services import Step
from accounts.staff import Staff
from drafts.models import CentralPart, Draft, ReviewStep, Revision
from drafts.services.checking import check_content, content_of
from policy.core import Report
from policy.services import categories_of


@dataclass(frozen=True, slots=True)
class StepAsked:
    """One step that somebody has to pass: whose it is and how many of them it needs."""

    roles: tuple[str, ...]
    quorum: str = Quorum.ANY
    needed: int = 1

    @property
    def who(self) -> str:
        """Whose it is, in words: "LPT supervisor or LPT commander"."""
        return " or ".join(Role(role).label for role in self.roles)


@dataclass(frozen=True, slots=True)
class Review:
    """The steps of one submission in their order; without any it cannot be submitted."""

    lane: Lane
    steps: tuple[StepAsked, ...]
    is_central: bool = False

    @property
    def is_too_long(self) -> bool:
        """Whether it asks for more approvals than the one that a post of the centre is given."""
        asks_more = any(step.quorum == Quorum.ALL or step.needed > 1 for step in self.steps)
        return self.is_central and (asks_more or len(self.steps) > 1)


_ADOPTED_AT_ONCE = 50
_BY_THE_CENTRE = StepAsked((Role.COMMS_APPROVER,))


def review_for(revision: Revision, report: Report) -> Review:
    """The steps for this revision by the routes in force now."""
    parts = CentralPart.objects.filter(draft=revision.draft_id)
    if parts.filter(content_hash=revision.content_hash).exists():
        return _central(_steps(revision, report, Lane.ORDINARY))
    lanes = (Lane.ROUTINE, Lane.ORDINARY) if is_routine(revision, report) else (Lane.ORDINARY,)
    for lane in lanes:
        steps = _steps(revision, report, lane)
        if steps:
            break
    return Review(lane, steps)


def _central(steps: Sequence[StepAsked]) -> Review:
    """What the centre posts on a team's account, the centre decides on: without the team's steps.

    Without a route there is no step at all, as for any other draft.
    """
    by_centre = tuple(step for step in steps if not is_for_team(step.roles))
    if steps and not by_centre:
        by_centre = (_BY_THE_CENTRE,)
    return Review(Lane.ORDINARY, by_centre, is_central=True)


def is_routine(revision: Revision, report: Report) -> bool:
    """Whether it is of a low-risk category, without a picture, and nothing weighs above advice."""
    category = categories_of(revision.account.force).get(revision.category)
    return (
        category is not None
        and category.is_low_risk
        and not revision.media
        and not report.blocking
        and not report.needing_reason
    )


def _steps(revision: Revision, report: Report, lane: Lane) -> tuple[StepAsked, ...]:
    route = ApprovalRoute.objects.for_account(revision.account, lane)
    if route is None:
        return ()
    found = frozenset(finding.rule for finding in report.findings)
    return tuple(
        StepAsked(tuple(step.roles), step.quorum, step.needed)
        for step in route.steps.all()
        if step.is_there_for(category=revision.category, found=found)
    )


def first_without_people(
    review: Review, draft: Draft, *, actor: User, on: date
) -> tuple[int, StepAsked] | None:
    """The first step that nobody could ever decide at, with its number; None without any.

    Nobody decides who wrote any of the draft or hands it in, and nobody at two of its steps.
    """
    wrote = {actor.pk, *draft.contributions.values_list("person", flat=True)}
    staff = Staff.around(draft.account, on=on, without=wrote)
    steps = [
        Step(tuple(Role(role) for role in step.roles), Quorum(step.quorum), step.needed)
        for step in review.steps
    ]
    number = first_unfilled(steps, staff, draft.account.lpt_id)
    return (number, review.steps[number - 1]) if number else None


def open_review(revision: Revision, review: Review) -> None:
    """Write the steps of this run down, in the submission's own transaction."""
    ReviewStep.objects.bulk_create(
        ReviewStep(
            revision=revision,
            number=number,
            lane=review.lane,
            roles=list(step.roles),
            quorum=step.quorum,
            needed=step.needed,
        )
        for number, step in enumerate(review.steps, start=1)
    )


def adopt(*, now: datetime) -> int:
    """Give the steps of their route to drafts that were submitted without; return how many.

    The version before routes had steps may still take submissions while this one starts.
    """
    steps = ReviewStep.objects.filter(
        revision__draft=OuterRef("pk"), revision__number=OuterRef("revision_number")
    )
    bare = Draft.objects.awaiting_review().filter(~Exists(steps))
    adopted = 0
    for draft in bare[:_ADOPTED_AT_ONCE]:
        with transaction.atomic():
            current = Draft.objects.filter(pk=draft.pk, revision_number=draft.revision_number)
            revision = content_of(draft)
            if not current.awaiting_review().update(step=1) or revision.steps.exists():
                continue
            review = review_for(revision, check_content(revision, now=now))
            if review.steps:
                open_review(revision, review)
                current.update(**first_of(review.steps))
                adopted += 1
    return adopted


def run_again(before: Revision, revision: Revision) -> None:
    """Give `revision`, which says the same, the steps of an earlier run; none of them is passed."""
    steps = list(before.steps.all())
    if not steps:
        # The version before wrote none: `adopt` looks after it.
        return
    asked = tuple(StepAsked(tuple(s.roles), s.quorum, s.needed) for s in steps)
    open_review(revision, Review(Lane(steps[0].lane), asked))
    Draft.objects.filter(pk=revision.draft_id).update(**first_of(asked))


def is_for_team(roles: Iterable[str]) -> bool:
    """Whether a step for `roles` is decided in the team, and not by the centre."""
    return not TEAM_ROLES.isdisjoint(Role(role) for role in roles)


def present_step(draft: Draft) -> ReviewStep | None:
    """The step that a submitted draft waits at.

    Read once for each place that the draft comes to: whose step it is never changes.
    """
    place = draft.revision_number, draft.step
    known: tuple[tuple[int, int], ReviewStep] | None = draft.__dict__.get("_present_step")
    if known and known[0] == place:
        return known[1]
    step = ReviewStep.objects.filter(
        revision__draft=draft, revision__number=draft.revision_number, number=draft.step
    ).first()
    if step:
        draft.__dict__["_present_step"] = place, step
    return step


def waits_for_centre(draft: Draft) -> bool:
    """Whether a submitted draft still has to pass a step that no team can decide at."""
    to_come = ReviewStep.objects.filter(
        revision__draft=draft, revision__number=draft.revision_number, number__gte=draft.step
    )
    return any(not is_for_team(step.roles) for step in to_come)


def first_of(steps: Sequence[StepAsked]) -> dict[str, object]:
    """The draft's own columns when it comes to the first of `steps`."""
    return {"step": 1, "waits_for_team": is_for_team(steps[0].roles)}
