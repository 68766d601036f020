"""What a reviewer sees of a draft: its findings beside the officer's answers, and its history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Lane, Membership, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from approvals.asking import NumberOf
from approvals.models import Decision, Delegation, Verdict
from approvals.permissions import authority, contributed
from approvals.services import (
    AlreadyApproved,
    DecidedTogether,
    NotPossible,
    OutOfTime,
    OwnDraft,
    RulesObject,
    TalkedAbout,
    progress_of,
)
from approvals.voices import voice_of
from audit.verbs import Verb
from drafts.diff import Change, word_diff
from drafts.models import Draft, Override, ReviewStep, Submission
from drafts.panel import Item, groups_of, items_of
from drafts.services import present_step
from drafts.timeline import Entry, timeline
from drafts.workflow import State
from policy.core import Finding, Severity
from policy.models import RulebookGeneration
from publishing.models import DeliveryAnswer, TakeDown

SOON = timedelta(hours=1)
LATELY = timedelta(days=14)
OWN_WORDS = "You wrote or submitted a version of this tweet, so somebody else must decide on it."
TOGETHER = (
    "This tweet is part of a post for several accounts. Communications decides on all of them at"
    " once."
)
CHANGED = "This draft changed while you were reading it. Look at it again before you decide."
TALKED_ABOUT = (
    "Somebody commented on this draft, so nothing is decided yet. Read what was said, then decide."
)
# Under which of these a decision of each kind stands in the trail.
VERBS = {
    Verdict.RETURN: (Verb.DRAFT_RETURNED,),
    Verdict.REJECT: (Verb.DRAFT_REJECTED,),
    Verdict.APPROVE: (Verb.DRAFT_APPROVED, Verb.DRAFT_STEP_APPROVED),
    Verdict.SUGGEST: (Verb.DRAFT_SUGGESTED,),
    Verdict.EMERGENCY: (Verb.DRAFT_EMERGENCY,),
}


def answered_findings(
    submission: Submission | None,
    overrides: Iterable[Override] = (),
    found_now: Iterable[Finding] = (),
) -> list[Item]:
    """The findings as they stood at submission, with what was answered and what passed over.

    Before them come those of `found_now` that are new or heavier and more than advice: the rules,
    the orders of courts and the elections go on changing while a draft waits.
    """
    if submission is None:
        return []
    found = tuple(Finding.from_dict(finding) for finding in submission.report["findings"])
    weights = {finding.key: finding.severity.weight for finding in reversed(found)}
    least = Severity.ADVISE.weight
    late = (f for f in found_now if f.severity.weight > max(least, weights.get(f.key, least)))
    return items_of((*late, *found), submission.answers, overrides=overrides)


def not_among(items: list[Item], overrides: list[Override]) -> list[Override]:
    """Those of `overrides` that no item shows: the rule came after the submission."""
    shown = {item.passed_over.pk for item in items if item.passed_over}
    return [override for override in overrides if override.pk not in shown]


def overrides_by_draft(drafts: list[Draft]) -> dict[int, list[Override]]:
    """Who passed over which block of the drafts as they stand, by the draft's key, in one query."""
    rows = (
        Override.objects.filter(
            draft__in=drafts, content_hash=F("draft__content_hash"), person__is_active=True
        )
        .exclude(draft__contributions__person=F("person"))
        .select_related("person")
        .order_by("pk")
    )
    found: dict[int, list[Override]] = {}
    for row in rows:
        found.setdefault(row.draft_id, []).append(row)
    return found


def last_submissions(drafts: list[Draft]) -> dict[int, Submission]:
    """The newest submission of each draft, by the draft's key, in one query.

    Each with `ticks`, its (label, text) in their order, and `ruled_at`, the generation of the
    rulebook now.
    """
    # Only these are loaded: somebody can submit and take back a draft without end.
    newest = Submission.objects.filter(draft=OuterRef("draft")).order_by("-pk").values("pk")[:1]
    rows = (
        Submission.objects.filter(draft__in=drafts, pk=Subquery(newest))
        .select_related("revision")
        .annotate(
            ruled_at=Subquery(RulebookGeneration.objects.values("number")[:1]),
            tick=F("attested__label"),
            tick_text=F("attested__text"),
        )
        .order_by("pk", "attested__pk")
    )
    found: dict[int, Submission] = {}
    # As many rows of each as it has ticks.
    row: Any
    for row in rows:
        kept: Any = found.setdefault(row.draft_id, row)
        kept.ticks = [] if kept is row else kept.ticks
        if row.tick is not None:
            kept.ticks.append({"label": row.tick, "text": row.tick_text})
    return found


def attention_words(items: list[Item], draft: Draft, now: datetime) -> list[str]:
    """What of this draft needs a second look, in words."""
    words = []
    if draft.planned_at and draft.planned_at - now <= SOON:
        words.append("Due soon")
    words += [
        f"{group.finding.title}: {'answered' if group.is_answered else 'no answer'}"
        for group in groups_of(items)
        if group.finding.severity == Severity.NEEDS_REASON
    ]
    return words


def what_there_is(draft: Draft) -> dict[str, NumberOf]:
    """What asks whether there is anything of each kind to read of a draft, for `ask`."""
    rows: dict[str, QuerySet[Any]] = {
        "decisions": draft.decisions.all(),
        "answers": DeliveryAnswer.objects.filter(delivery__draft=draft),
        "take_downs": TakeDown.objects.filter(delivery__draft=draft),
        "comments": draft.comments.all(),
        "overrides": draft.overrides.all(),
    }
    return {name: NumberOf(each, up_to=1) for name, each in rows.items()}


def changes_since_last_look(draft: Draft) -> list[Change]:
    """What is different from the revision that was last decided on, empty for a first look."""
    decided = (
        Decision.objects.filter(draft=draft).order_by("-pk").select_related("revision").first()
    )
    if decided is None or decided.revision.text == draft.text:
        return []
    return word_diff(decided.revision.text, draft.text)


def history(draft: Draft, there_is: Mapping[str, int]) -> list[Entry]:
    """The draft's timeline, with the words of the decisions and in whose place they were made.

    `there_is` says of each kind in what_there_is whether there is anything to read.
    """
    reasons: dict[tuple[str, datetime], str] = {}
    in_place_of: dict[tuple[str, datetime], str] = {}
    decisions = draft.decisions.select_related("on_behalf_of") if there_is["decisions"] else ()
    for decision in decisions:
        for verb in VERBS[Verdict(decision.verdict)]:
            reasons[str(verb), decision.at] = decision.words
            if decision.on_behalf_of:
                in_place_of[str(verb), decision.at] = str(decision.on_behalf_of)
    answers = DeliveryAnswer.objects.filter(delivery__draft=draft) if there_is["answers"] else ()
    reasons |= {
        (str(Verb.DELIVERY_ANSWERED), answer.at): f"{answer.answer}. {answer.evidence}"
        for answer in answers
    }
    take_downs = TakeDown.objects.filter(delivery__draft=draft) if there_is["take_downs"] else ()
    for take_down in take_downs:
        asked = f"{take_down.get_reason_display()}. {take_down.note}".strip()
        reasons[str(Verb.TAKE_DOWN_ASKED), take_down.asked_at] = asked
        if take_down.settled_at and take_down.evidence:
            for verb in (Verb.DELIVERY_TAKEN_DOWN, Verb.DELIVERY_NEVER_PUBLIC):
                reasons[str(verb), take_down.settled_at] = take_down.evidence
    return timeline(
        draft,
        reasons=reasons,
        in_place_of=in_place_of,
        has_overrides=bool(there_is["overrides"]),
    )


def sent_back(entries: list[Entry]) -> Entry | None:
    """The newest decision that a draft came back with, whatever was said since."""
    back = {*VERBS[Verdict.RETURN], *VERBS[Verdict.REJECT], *VERBS[Verdict.SUGGEST]}
    return next((entry for entry in entries if entry.verb in back), None)


def corrected(draft: Draft) -> TakeDown | None:
    """The take-down of the tweet that this draft was copied from, if it was taken down."""
    if draft.copied_from_id is None:
        return None
    rows = TakeDown.objects.with_people().filter(delivery__draft=draft.copied_from_id)
    return rows.first()


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of a draft's route: who decides, who did, and whether it is the present one."""

    number: int
    who: str
    approved_by: tuple[str, ...]
    is_present: bool
    missing: int

    @property
    def words(self) -> str:
        """How it stands: "approved by Ruth Adeyemi", "waits for 2 approvals now"."""
        given = f"approved by {' and by '.join(self.approved_by)}" if self.approved_by else ""
        if given and not self.missing:
            return given
        more = " more" if given else ""
        lacks = f"{self.missing}{more} approval{'s' if self.missing != 1 else ''}"
        if given:
            return f"{given}, {lacks}"
        return f"waits for {lacks} now" if self.is_present else f"{lacks} after that"


def waits_for(draft: Draft) -> str:
    """Who decides next on a submitted draft, in words: "corporate communications"."""
    if not draft.waits_for_team:
        return "corporate communications"
    step = present_step(draft)
    if step is None or step.lane == Lane.ROUTINE:
        return "a colleague in its team, or corporate communications,"
    return f"its team ({step.who})"


def route_of(draft: Draft) -> list[StepShown]:
    """The steps of a submitted draft's present run, in their order."""
    steps = ReviewStep.objects.filter(
        revision__draft=draft, revision__number=draft.revision_number
    ).order_by("number")
    given: dict[int, list[str]] = {}
    for decision in Decision.objects.filter(
        draft=draft, revision__number=draft.revision_number, verdict=Verdict.APPROVE
    ).select_related("person", "on_behalf_of"):
        given.setdefault(decision.step, []).append(decision.who)
    return [
        StepShown(
            number=step.number,
            who=step.who,
            approved_by=tuple(given.get(step.number, ())),
            is_present=step.number == draft.step,
            missing=0 if step.passed_with else progress_of(step, draft).missing,
        )
        for step in steps
    ]


def still_to_come(draft: Draft) -> str:
    """Who has to approve a submitted draft next, in a sentence."""
    step = present_step(draft)
    if step is None:
        return ""
    progress = progress_of(step, draft)
    if progress.missing > 1:
        return f"{progress.missing} more approvals are needed: {step.who}."
    return f"It waits for step {step.number}: {step.who}."


def why_not(draft: Draft, user: User) -> str:
    """Why this person cannot decide on this draft, in a sentence; empty when they can."""
    right = authority(user, draft) if user.has_perm("approvals.decide", draft) else None
    if right is None:
        if contributed(user, draft):
            return OWN_WORDS
        step = present_step(draft)
        whose = f" It waits for: {step.who}." if step else ""
        return f"This step of the approval route is not yours.{whose}"
    given = voice_of(right.voices(user), draft)
    if given is None:
        return ""
    who = "You have" if given.person_id == user.pk else f"{given.who} has"
    return f"{who} approved this already. {still_to_come(draft)}"


def overtaken_words(draft: Draft, user: User) -> str:
    """Why a draft does not wait for a decision any more, and what comes next, in sentences."""
    if draft.state == State.DRAFT:
        return (
            "This draft was taken back to be changed, so nothing was decided. It waits here again"
            " once it is submitted."
        )
    if draft.state == State.EXPIRED:
        return (
            "The time of this draft passed before anybody decided, so it expired. Its author can"
            " choose another time."
        )
    now = f"this draft is “{draft.get_state_display().lower()}” now."
    last = draft.decisions.select_related("person").order_by("-pk").first()
    if last and last.person_id == user.pk:
        return f"You have decided on this already: {now}"
    return f"{last.person if last else 'Somebody else'} was quicker: {now}"


def ended_cover_words(user: User, on: date) -> str:
    """That this person decided in somebody's place until lately; empty when they did not."""
    over = (
        Delegation.objects.filter(person=user, since__lte=on, until__gte=on - LATELY)
        .filter(Q(until__lt=on) | Q(ended_at__isnull=False))
        .select_related("absent")
        .order_by("-until", "-pk")
        .first()
    )
    if over is None:
        return ""
    return (
        f"You decided in the place of {over.absent}, and that is over. Nothing was decided: it"
        f" waits for {over.absent} or another approver."
    )


def ended_role_words(user: User, on: date) -> str:
    """That a role of this person ended lately, by which they decided; empty when none did."""
    held = {(one.role, one.force_id, one.lpt_id) for one in user.current_memberships}
    over = (
        Membership.objects.filter(
            person=user,
            since__lte=on,
            until__lt=on,
            until__gte=on - LATELY,
            role__in=TEAM_ROLES | COMMS_REVIEWERS,
        )
        .select_related("force", "lpt")
        .order_by("-until", "-pk")
    )
    for one in over:
        if (one.role, one.force_id, one.lpt_id) not in held:
            return (
                f"Your role as {one.get_role_display().lower()} in {one.lpt or one.force} ended on"
                f" {one.until:%-d %B %Y}. Nothing was decided: it waits for another approver. If"
                " you still need the role, ask a comms admin."
            )
    return ""


def ended_words(user: User, on: date) -> str:
    """What ended lately that made this person decide: their cover or a role; empty: nothing."""
    return ended_cover_words(user, on) or ended_role_words(user, on)


def refusal_words(refusal: Exception, draft: Draft, user: User) -> str:
    """Why a decision was refused and what to do, in a sentence."""
    match refusal:
        case OwnDraft() | AlreadyApproved():
            return why_not(draft, user)
        case OutOfTime():
            return "Its time has passed, so it cannot be approved. Return it for a new time."
        case NotPossible():
            is_together = isinstance(refusal, DecidedTogether)
            return TOGETHER if is_together else f"It cannot be approved: {refusal}"
        case RulesObject():
            return f"The rulebook stops this tweet by now: {refusal}"
        case PermissionDenied():
            return ended_words(user, timezone.localdate()) or why_not(draft, user) or CHANGED
    return TALKED_ABOUT if isinstance(refusal, TalkedAbout) else CHANGED


def due_words(draft: Draft, now: datetime) -> str:
    """How urgent it is: "Due in 40 minutes", "Waiting for 3 hours"."""
    if draft.planned_at is None:
        return f"As soon as approved. Waiting for {_span(now - (draft.submitted_at or now))}"
    if draft.planned_at <= now:
        return "Its time has passed"
    return f"Due in {_span(draft.planned_at - now)}"


def _span(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 0)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "less than a minute"
