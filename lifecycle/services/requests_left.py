"""What becomes of requests for an account as teams and people change."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import LPT, User
from accounts.roles import Role
from audit.services import record
from audit.verbs import Verb
from lifecycle.models import AccountRequest, Turn
from lifecycle.services.requests import (
    ANYBODY,
    concerned,
    named,
    passed_to,
    tell_deciders,
    tell_of,
)
from lifecycle.workflow import ENDS, Move, State
from notices.services import settle


def move_requests(team: LPT, into: LPT, *, now: datetime) -> None:
    """`into` has taken `team` on: what is not decided goes with it, and everybody concerned knows.

    In the caller's transaction, who has asked whether anybody may.
    """
    for request in _not_decided().filter(lpt=team):
        AccountRequest.objects.filter(pk=request.pk).update(lpt=into)
        request.lpt = into
        settle(request.get_absolute_url(), now=now)
        what = f"{team} is part of {into} now, and so is {named(request)}."
        tell_of(request, concerned(request, now=now), what, now=now)
        if request.is_waiting:
            tell_deciders(request, what, now=now)


def end_requests(team: LPT, *, actor: User, now: datetime) -> None:
    """`team` is closed: what it asked for and is not decided ends, and everybody concerned knows.

    In the caller's transaction, who has asked whether anybody may.
    """
    for request in _not_decided().filter(lpt=team):
        rows = AccountRequest.objects.filter(pk=request.pk)
        said = f"{team} was closed, and its request with it."
        rows.move(Move.WITHDRAW, changed_at=now, answer=said, answered_by=actor)
        record(Verb.REQUEST_WITHDRAWN, request, actor=actor, at=now, closed=team.pk)
        settle(request.get_absolute_url(), now=now)
        told = f"{team} is closed, and {named(request)} ended with it. Another team can ask anew."
        tell_of(request, concerned(request, now=now), told, now=now)


def pass_on_requests(person: User, successor: User | None, *, now: datetime) -> None:
    """`person` has left: what they asked for is the successor's, else the team's to go on with.

    Whoever has supported a request, or is not of its team, does not become its asker. In the
    caller's transaction, who has asked whether anybody may.
    """
    today = timezone.localdate(now)
    for request in _not_decided().filter(asked_by=person):
        team = request.members(on=today)
        if person in team:
            # Of another force, which they have not left.
            continue
        if successor in team and successor.pk != request.supported_by_id:
            AccountRequest.objects.filter(pk=request.pk).update(**passed_to(successor, request))
            record(Verb.REQUEST_PASSED_ON, request, actor=None, at=now, to=successor.pk)
            settle(request.get_absolute_url(), now=now)
            what = f"{person} has left: {named(request)} is {successor}'s now."
            tell_of(request, [successor], what, now=now)
            if request.is_waiting:
                tell_deciders(request, what, now=now)
        else:
            _leave_to_the_team(request, f"{person} has left.", now=now)


def watch_requests(*, now: datetime) -> int:
    """Tell of each request that has lost its asker, or whoever was to decide; return how many.

    Each is told once, however often and wherever this runs: people are moved and roles end on a
    day that was said before, without anybody who does something then.
    """
    today = timezone.localdate(now)
    told = 0
    for request in _not_decided():
        is_lost = request.has_lost_its_asker(on=today)
        if is_lost and not request.is_anybodys:
            with transaction.atomic():
                why = f"{request.asked_by} is not in {request.team} any more."
                told += _leave_to_the_team(request, why, now=now)
        elif request.is_anybodys and not is_lost:
            _not_decided().filter(pk=request.pk).update(is_anybodys=False)
        if request.state == State.ASKED and request.turn() != request.turn_told:
            told += _say_whose_turn(request, now=now)
    return told


def _leave_to_the_team(request: AccountRequest, why: str, *, now: datetime) -> bool:
    """Tell the team and its lost asker, if nobody has; returns whether this did."""
    rows = AccountRequest.objects.exclude(state__in=ENDS).filter(pk=request.pk, is_anybodys=False)
    if not rows.update(is_anybodys=True):
        return False
    record(Verb.REQUEST_PASSED_ON, request, actor=None, at=now)
    what = f"{why} {ANYBODY.format(request)} It is {named(request)}."
    tell_of(request, request.members(on=timezone.localdate(now)), what, now=now)
    if request.asked_by.is_active:
        what = f"You are not in {request.team} any more: others there go on with {named(request)}."
        tell_of(request, [request.asked_by], f"{what} You are told what comes of it.", now=now)
    return True


def _say_whose_turn(request: AccountRequest, *, now: datetime) -> bool:
    """Tell who decides now in place of those who were told, if nobody has; returns whether so."""
    turn, before = request.turn(), request.turn_told
    with transaction.atomic():
        rows = AccountRequest.objects.filter(
            pk=request.pk, state=State.ASKED, times_asked=request.times_asked, turn_told=before
        )
        if not rows.update(turn_told=turn):
            return False
        if turn == Turn.TEAM and not before:
            # It was asked for when nobody wrote down who was told.
            return False
        record(Verb.REQUEST_TURN, request, actor=None, at=now, turn=turn.value)
        settle(request.get_absolute_url(), now=now)
        tell_deciders(request, f"A supervisor's decision on {named(request)} is due.", now=now)
        if turn == Turn.REVIEWERS:
            deciders = request.supporters()
            names = ", ".join(str(person) for person in deciders)
            admins = User.objects.holding({Role.COMMS_ADMIN}, force_id=request.force_id)
            what = (
                f"{request.team} has no other supervisor to decide on {named(request)}. For"
                f" communications can: {names}. Give the team a supervisor."
            )
            tell_of(request, [one for one in admins if one not in deciders], what, now=now)
    return True


def _not_decided() -> QuerySet[AccountRequest]:
    return AccountRequest.objects.exclude(state__in=ENDS).with_people().order_by("pk")
