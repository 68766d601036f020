"""Drafts that nobody is left to decide on: said once to those who can help.

A submission that nobody could decide on is refused. Later people leave, are moved or lose a role,
by an action or on a date, and those who stay may have written it. A sweep looks, however they went.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F
from django.urls import reverse

from accounts.models import Force, User
from accounts.roles import COMMS_REVIEWERS, Role
from approvals.models import Decision, Verdict
from approvals.services.steps import may_decide
from audit.models import Record
from audit.services import record
from audit.verbs import Verb
from drafts.models import Contribution, Draft, DraftQuerySet, ReviewStep
from drafts.services import present_step
from notices.models import Kind
from notices.services import tell

# Of each force in one sweep, the first in the queue.
LOOK_BATCH = 500


def tell_of_stuck(*, now: datetime) -> int:
    """Tell comms admins and communications of drafts that nobody may decide on; return of how many.

    Once for each step that a draft waits at, and of all that are found together in one notice.
    """
    return sum(_tell(force, now) for force in Force.objects.order_by("pk"))


def _tell(force: Force, now: datetime) -> int:
    admins = list(User.objects.holding({Role.COMMS_ADMIN}, force_id=force.pk))
    reviewers = list(User.objects.holding(COMMS_REVIEWERS, force_id=force.pk))
    suspects = _out_of_reach(force, reviewers, now)
    if not suspects or not (admins or reviewers):
        return 0
    with transaction.atomic():
        stuck = {
            draft: step
            for draft in _untold(suspects)
            if (step := present_step(draft)) and not may_decide(draft, now=now)
        }
        for draft in stuck:
            record(Verb.DRAFT_REMINDED, draft, actor=None, at=now, stuck=_place(draft))
        if stuck:
            what, to_give_roles, to_review, link = _words(stuck)
            sheet = reverse("approvals:sheet")
            told: dict[str, Any] = {"kind": Kind.ALERT, "urgent": True, "now": now}
            tell(admins, f"{what} {to_give_roles}", link=sheet, **told)
            others = [person for person in reviewers if person not in admins]
            tell(others, f"{what} {to_review}", link=link, **told)
    return len(stuck)


def _out_of_reach(force: Force, reviewers: Iterable[User], now: datetime) -> list[int]:
    """The drafts, by key, at which nobody in communications may decide: few, of all that wait.

    They may decide at every step, but at those of the duty officers alone no approver may.
    """
    waiting = Draft.objects.awaiting_review().still_in_time(now).filter(account__force=force)
    touched = _touched(waiting, reviewers)
    duty = User.objects.holding({Role.COMMS_DUTY}, force_id=force.pk)
    at_duty = ReviewStep.objects.where_it_waits().filter(roles=[Role.COMMS_DUTY])
    found: dict[int, None] = {}
    for people, rows in ((reviewers, waiting), (duty, waiting.filter(Exists(at_duty)))):
        by_each = [touched[person.pk] for person in people]
        out = rows.filter(pk__in=set.intersection(*by_each)) if by_each else rows
        keys = out.oldest_due_first().values_list("pk", flat=True)
        found |= dict.fromkeys(keys[:LOOK_BATCH])
    return list(found)


def _touched(waiting: DraftQuerySet, people: Iterable[User]) -> dict[int, set[int]]:
    """For each person the drafts that they may not decide on: they wrote or approved them."""
    wrote = Contribution.objects.filter(draft__in=waiting, person__in=people)
    approved = Decision.objects.filter(
        draft__in=waiting,
        person__in=people,
        verdict=Verdict.APPROVE,
        revision__number=F("draft__revision_number"),
    )
    touched: dict[int, set[int]] = defaultdict(set)
    for rows in (wrote, approved):
        for person, draft in rows.order_by().values_list("person", "draft"):
            touched[person].add(draft)
    return touched


def _untold(keys: Iterable[int]) -> list[Draft]:
    """Those of these drafts of which nobody was told yet; their rows are ours from here on."""
    rows = Draft.objects.awaiting_review().filter(pk__in=keys).with_people().oldest_due_first()
    # Whoever decides on one right now, or tells of it, has it.
    drafts = list(rows.select_for_update(of=("self",), skip_locked=True))
    # Asked once they are: another worker may have told a moment ago.
    told = Record.objects.filter(
        target_type="draft", target_id__in=[str(draft.pk) for draft in drafts],
        verb=Verb.DRAFT_REMINDED, data__stuck__isnull=False,
    )  # fmt: skip
    places = {(row.target_id, row.data["stuck"]) for row in told}
    return [draft for draft in drafts if (str(draft.pk), _place(draft)) not in places]


def _place(draft: Draft) -> str:
    """Where the draft waits: its run through review, and the step."""
    return f"{draft.revision_number}.{draft.step}"


def _words(stuck: Mapping[Draft, ReviewStep]) -> tuple[str, str, str, str]:
    """What it is, what a comms admin can do, what communications can, and where they see it."""
    draft, step = next(iter(stuck.items()))
    at = f"at step {step.number} ({step.who})"
    if len(stuck) > 1:
        return (
            f"{len(stuck)} tweets wait for an approval that nobody is left to give, the first for"
            f" {draft.account} {at}.",
            "Give those roles to people who had no part in them, or ask their authors to take them"
            " back.",
            "Ask their authors to take them back and submit them again when somebody is there.",
            reverse("approvals:queue"),
        )
    return (
        f"A tweet for {draft.account} waits {at}, and nobody is left who could approve it.",
        f"Give that role to somebody who had no part in it, or ask {draft.author} to take it back.",
        f"Ask {draft.author} to take it back and submit it again when somebody is there, or publish"
        " it in an emergency.",
        draft.get_absolute_url(),
    )
