"""Telling people of drafts that wait for their decision: nothing waits unseen.

At each step of its route anew, for each has its own people. First when it comes there. At half of
the time that the step has and shortly before the draft expires; by age, in the hours of
communications, where its time is not near; and once, when a reminder by age was of no use, the duty
officers.

Each draft has the moment at which it has to be looked at next, by day or at any hour, so that a
sweep reads those alone, however many wait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.duty import on_duty
from accounts.models import Force, Membership, User
from accounts.roles import COMMS_REVIEWERS, Role
from approvals.models import Decision, Reminder, ReminderKind, Verdict
from approvals.services.after_review import remind_of_reviews
from approvals.services.steps import may_decide, whose_step
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft, DraftQuerySet
from drafts.panel import words_for
from drafts.services import present_step
from notices.models import Kind, Way
from notices.services import settle_waiting, tell

REMIND_BATCH = 50
# Of so many at most a sweep finds out when they have to be looked at next.
LOOK_BATCH = 500
# More than so many at once are told to one person in one sentence.
ONE_BY_ONE = 3
# The author hears of these too; the others are between those who decide.
TOLD_TO_AUTHOR = {ReminderKind.HALF, ReminderKind.LAST}
URGENT = {ReminderKind.LAST, ReminderKind.ESCALATION}


class Call(NamedTuple):
    """What one person is reminded of; its author too, unless they heard so at an earlier step."""

    draft: Draft
    kind: ReminderKind
    tells_author: bool


def remind(*, now: datetime) -> int:
    """Tell people of what waits, first when it comes; return of how many drafts.

    Of each draft at most the most pressing that is due and was not given. And of what has to be
    looked at afterwards and was not.
    """
    remind_of_reviews(now=now)
    open_now = [force.pk for force in Force.objects.all() if on_duty(force, now).is_open]
    keys = _to_look_at(open_now, now)
    if not keys:
        return 0
    with transaction.atomic():
        drafts = list(
            _marked(open_now, now)
            .filter(pk__in=keys)
            .with_people()
            .order_by("queue_at", "pk")
            # Whoever decides on one right now, or reminds of it, has it.
            .select_for_update(of=("self",), skip_locked=True)
        )
        # Asked anew: another worker may have reminded between the question and the lock.
        given: dict[tuple[int, int], list[Reminder]] = defaultdict(list)
        for reminder in Reminder.objects.filter(draft__in=drafts).order_by("pk"):
            given[reminder.draft_id, reminder.revision_number].append(reminder)
        calls: list[Call] = []
        looked_at: list[Draft] = []
        for draft in drafts:
            of_run = given[draft.pk, draft.revision_number]
            if _kinds_due(draft, of_run):
                if len(calls) == REMIND_BATCH:
                    # With the next sweep.
                    continue
                call, written = _next(draft, of_run, now)
                calls.append(call)
                of_run += written
            _look_again(draft, of_run)
            looked_at.append(draft)
        Draft.objects.bulk_update(looked_at, ["remind_at", "remind_by_day_at"])
        _tell([call for call in calls if call.kind != ReminderKind.FIRST], now)
        _tell_first([call for call in calls if call.kind == ReminderKind.FIRST], now)
    return len(calls)


def _to_look_at(open_now: Iterable[int], now: datetime) -> set[int]:
    """The keys of drafts of which there may be something to remind, at most LOOK_BATCH of a kind.

    Two questions, so that each is answered from an index of its own.
    """
    waiting = Draft.objects.awaiting_review().still_in_time(now)
    urgent = waiting.filter(remind_at__lte=now).order_by("remind_at", "pk")
    by_day = waiting.filter(remind_by_day_at__lte=now, account__force__in=open_now)
    by_day = by_day.order_by("remind_by_day_at", "pk")
    return {
        key for rows in (urgent, by_day) for key in rows.values_list("pk", flat=True)[:LOOK_BATCH]
    }


def _look_again(draft: Draft, given: Sequence[Reminder]) -> None:
    """Say when this draft has to be looked at next, by what has been given of its run so far."""
    came: datetime = draft.came_at  # type: ignore[attr-defined]  # annotated
    expires = _expires_at(draft)
    at_this_step = _at_this_step(draft, given)
    moments = {
        ReminderKind.LAST: expires - settings.REMIND_LAST,
        ReminderKind.HALF: came + (expires - came) / 2,
    }
    draft.remind_at = min(
        (moment for kind, moment in moments.items() if kind not in at_this_step),
        # When it waits no longer.
        default=expires,
    )
    reminded = at_this_step.get(ReminderKind.AGE)
    draft.remind_by_day_at = None
    if reminded is None and expires - came > settings.NEAR:
        draft.remind_by_day_at = came + settings.REMIND_AFTER
    elif reminded and ReminderKind.ESCALATION not in at_this_step:
        draft.remind_by_day_at = reminded.at + settings.ESCALATE_AFTER


def no_longer_waits(draft: Draft, *, now: datetime) -> None:
    """Nobody has to decide any more: that it waits counts as read."""
    settle_waiting(draft.get_absolute_url(), now=now)


def _marked(open_now: Iterable[int], now: datetime) -> DraftQuerySet:
    """Drafts that wait, each with is_last, is_half and so on: what is due and was not given."""
    given = _of_this_step()
    drafts = Draft.objects.awaiting_review().still_in_time(now).annotate(**_spans(now))
    for kind, is_reached in _reached(open_now, now).items():
        is_new = ~Exists(given.filter(kind=kind))
        drafts = drafts.annotate(
            **{f"is_{kind}": ExpressionWrapper(is_reached & is_new, BooleanField())}
        )
    return drafts


def _of_this_step() -> QuerySet[Reminder]:
    """What was given of the draft around it at the step that it waits at."""
    return Reminder.objects.filter(
        draft=OuterRef("pk"), revision_number=OuterRef("revision_number"), step=OuterRef("step")
    )


def _spans(now: datetime) -> dict[str, object]:
    """How long a draft has waited at its step, has left and had there altogether."""
    moment = Value(now, DateTimeField())
    expires = Coalesce("planned_at", F("submitted_at") + Value(settings.DECIDE_WITHIN))
    passed = Decision.objects.filter(
        draft=OuterRef("pk"),
        revision__number=OuterRef("revision_number"),
        step=OuterRef("step") - 1,
        verdict=Verdict.APPROVE,
    ).order_by("-at", "-pk")
    # Most drafts wait at their first step: nothing is looked up for them.
    came = Case(When(step__gt=1, then=Subquery(passed.values("at")[:1])), default="submitted_at")
    return {
        "expires_at": ExpressionWrapper(expires, DateTimeField()),
        "came_at": Coalesce(came, "submitted_at", output_field=DateTimeField()),
        "waited": moment - F("came_at"),
        "left": F("expires_at") - moment,
        "span": F("expires_at") - F("came_at"),
    }


def _reached(open_now: Iterable[int], now: datetime) -> dict[ReminderKind, Q]:
    """When each kind is due, whether or not it was given."""
    by_day = Q(account__force__in=open_now)
    was_of_no_use = _of_this_step().filter(
        kind=ReminderKind.AGE, at__lte=now - settings.ESCALATE_AFTER
    )
    return {
        ReminderKind.LAST: Q(left__lte=settings.REMIND_LAST),
        ReminderKind.ESCALATION: by_day & Q(Exists(was_of_no_use)),
        ReminderKind.HALF: Q(left__lte=F("waited")),
        ReminderKind.AGE: by_day & Q(waited__gte=settings.REMIND_AFTER, span__gt=settings.NEAR),
        ReminderKind.FIRST: Q(submitted_at__lte=now),
    }


def _expires_at(draft: Draft) -> datetime:
    expires: datetime = draft.expires_at  # type: ignore[attr-defined]  # annotated
    return expires


def _at_this_step(draft: Draft, given: Sequence[Reminder]) -> dict[str, Reminder]:
    """What was given at the step that the draft waits at, by its kind."""
    return {reminder.kind: reminder for reminder in given if reminder.step == draft.step}


def _kinds_open(draft: Draft, given: Sequence[Reminder]) -> list[ReminderKind]:
    at_this_step = _at_this_step(draft, given)
    return [kind for kind in ReminderKind if kind not in at_this_step]


def _kinds_due(draft: Draft, given: Sequence[Reminder]) -> list[ReminderKind]:
    """What is due of this draft, the most pressing first."""
    return [kind for kind in _kinds_open(draft, given) if getattr(draft, f"is_{kind}")]


def _next(draft: Draft, given: Sequence[Reminder], now: datetime) -> tuple[Call, list[Reminder]]:
    """Write the reminder of this draft down, and that those less pressing do not come after it.

    `given` are those of its run, at whatever step. With the call comes what was written.
    """
    due = _kinds_due(draft, given)
    kind = due[0]
    written = Reminder.objects.bulk_create(
        Reminder(
            draft=draft,
            revision_number=draft.revision_number,
            step=draft.step,
            kind=each,
            at=now,
            was_told=each == kind,
        )
        # After the last one there is none.
        for each in (_kinds_open(draft, given) if kind == ReminderKind.LAST else due)
    )
    told_before = any(reminder.kind == kind and reminder.was_told for reminder in given)
    call = Call(draft, kind, tells_author=kind in TOLD_TO_AUTHOR and not told_before)
    return call, written


def _tell(calls: Iterable[Call], now: datetime) -> None:
    by_person: dict[User, list[Call]] = defaultdict(list)
    for call in calls:
        people = _people(call, now)
        record(
            Verb.DRAFT_REMINDED,
            call.draft,
            actor=None,
            at=now,
            kind=call.kind.value,
            people=[person.pk for person in people],
        )
        for person in people:
            by_person[person].append(call)
        if call.tells_author:
            tell(
                [call.draft.author],
                f"Your tweet for {call.draft.account} still waits for a decision."
                f" {_until(call.draft)}",
                kind=Kind.EXPIRED,
                link=call.draft.get_absolute_url(),
                now=now,
            )
    for person, theirs in by_person.items():
        _tell_one(person, theirs, now)


def _tell_one(person: User, calls: list[Call], now: datetime) -> None:
    if len(calls) <= ONE_BY_ONE:
        for call in calls:
            _write(person, [call], _sentence(call), call.draft.get_absolute_url(), now)
        return
    first = min(calls, key=lambda call: list(ReminderKind).index(call.kind))
    text = f"{len(calls)} tweets wait for your decision. The most urgent: {_sentence(first)}"
    _write(person, calls, text, reverse("approvals:queue"), now)


def _tell_first(calls: Iterable[Call], now: datetime) -> None:
    """Each hears on My desk what is theirs; by mail as they chose, else in one mail an hour.

    Communications has the queue open all day: mail comes to those of them alone who chose it.
    """
    people = {call.draft: whose_step(call.draft, now=now) for call in calls}
    number = Counter(person for theirs in people.values() for person in theirs)
    in_comms = Membership.objects.current(timezone.localdate(now)).filter(
        role__in=COMMS_REVIEWERS, person__in=number
    )
    watching = set(in_comms.values_list("person", flat=True)) if number else set()
    for unasked, is_theirs in ((Way.SCREEN, True), (Way.HOURLY, False)):
        group = {person for person in number if (person.pk in watching) == is_theirs}
        for draft, those in people.items():
            tell(
                [one for one in those if one in group and number[one] <= ONE_BY_ONE],
                f"A tweet of {draft.author} for {draft.account} waits for your decision."
                f" {_until(draft)}",
                kind=Kind.WAITING,
                link=draft.get_absolute_url(),
                unasked=unasked,
                now=now,
            )
        for person in sorted(group, key=lambda one: one.pk):
            if number[person] > ONE_BY_ONE:
                tell(
                    [person],
                    f"{number[person]} tweets came to wait for your decision.",
                    kind=Kind.WAITING,
                    link=reverse("approvals:queue"),
                    unasked=unasked,
                    now=now,
                )


def _write(person: User, calls: list[Call], text: str, link: str, now: datetime) -> None:
    kinds = {call.kind for call in calls}
    if len(calls) == 1:
        # In the place of what they heard of it before.
        settle_waiting(link, now=now, person_id=person.pk)
    # An escalation is the last resort: it comes at once, whatever its receiver chose.
    kind = Kind.ALERT if ReminderKind.ESCALATION in kinds else Kind.WAITING
    tell([person], text, kind=kind, link=link, urgent=bool(kinds & URGENT), now=now)


def _people(call: Call, now: datetime) -> list[User]:
    """Whose turn it is; shortly before the end everybody who could decide."""
    draft = call.draft
    match call.kind:
        case ReminderKind.LAST:
            return may_decide(draft, now=now)
        case ReminderKind.ESCALATION:
            officers = User.objects.holding({Role.COMMS_DUTY}, force_id=draft.account.force_id)
            return list(officers.exclude(contributions__draft=draft))
        case _:
            return whose_step(draft, now=now)


def _sentence(call: Call) -> str:
    draft = call.draft
    since = words_for(draft.submitted_at)
    if call.kind == ReminderKind.ESCALATION:
        step = present_step(draft)
        who = f" It waits for: {step.who}." if step else ""
        return f"Nobody has decided on a tweet for {draft.account} since {since}.{who}"
    if call.kind == ReminderKind.AGE:
        return f"A tweet for {draft.account} has waited for your decision since {since}."
    return f"A tweet for {draft.account} waits for your decision. {_until(draft)}"


def _until(draft: Draft) -> str:
    return f"It expires on {words_for(_expires_at(draft))}, if nobody decides."
