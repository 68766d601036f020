"""Declaring and releasing. One row is written; nothing fans out and nothing has to be undone."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import LPT, Force, SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from incidents.models import Hold, HoldKind
from policy.core import Context, Incident
from policy.registers.services import elections_of, restrictions_of
from policy.services import next_generation

Scope = Force | LPT | SocialAccount


class AlreadyReleased(Exception):
    """Somebody else released this hold a moment ago."""


def place(*, kind: HoldKind, scope: Scope, reason: str, actor: User, now: datetime) -> Hold:
    """Put a hold or a critical incident over a force, a team or an account.

    When this returns, nothing in the scope is handed to a platform any more: the dispatcher
    locks the rows updated here before it looks for holds. Raises PermissionDenied.
    """
    if not actor.has_perm("incidents.place", scope):
        raise PermissionDenied
    with transaction.atomic():
        _take_locks(kind, scope)
        field = {Force: "force", LPT: "lpt", SocialAccount: "account"}[type(scope)]
        hold = Hold.objects.create(
            kind=kind, reason=reason, placed_by=actor, placed_at=now, **{field: scope}
        )
        verb = Verb.INCIDENT_DECLARED if hold.is_critical else Verb.HOLD_PLACED
        record(verb, hold, actor=actor, at=now, scope=str(scope))
    return hold


def release(hold: Hold, *, actor: User, now: datetime) -> None:
    """End a hold, or stand a critical incident down.

    Nothing fires in a burst: what is past its time is missed and goes back to people.
    Raises AlreadyReleased, PermissionDenied.
    """
    if not actor.has_perm("incidents.release", hold):
        raise PermissionDenied
    with transaction.atomic():
        _take_locks(HoldKind(hold.kind), hold.scope)
        mine = Hold.objects.open().filter(pk=hold.pk).update(released_at=now, released_by=actor)
        if not mine:
            raise AlreadyReleased
        verb = Verb.INCIDENT_STOOD_DOWN if hold.is_critical else Verb.HOLD_RELEASED
        record(verb, hold, actor=actor, at=now, scope=str(hold.scope))


def _take_locks(kind: HoldKind, scope: Scope) -> None:
    # The same order as the dispatcher's: the generation first, then the scope's own row.
    if kind == HoldKind.CRITICAL_INCIDENT:
        next_generation()
    type(scope)._default_manager.filter(pk=scope.pk).update(lock=F("lock") + 1)


def context_of(
    account: SocialAccount, *, now: datetime, goes_out: datetime | None = None
) -> Context:
    """What is true around a tweet of `account`: now, or for elections when it `goes_out`."""
    incidents = (
        Hold.objects.open().critical().covering(account).select_related("force", "lpt", "account")
    )
    return Context(
        incidents=tuple(
            # The rulebook tells people the hour as their clocks show it.
            Incident(scope=str(hold.scope), since=timezone.localtime(hold.placed_at))
            for hold in incidents
        ),
        now=now,
        goes_out=goes_out,
        restrictions=restrictions_of(account.force_id, now=now),
        elections=elections_of(account.force_id, at=max(now, goes_out or now)),
        team_page=account.lpt.team_page if account.lpt else "",
    )
