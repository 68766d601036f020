"""Merging teams: what waits is looked at first, and nobody loses a role by it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import LPT, ApprovalRoute, Force, Lane, Membership, User
from accounts.services import OrganisingRefused, close_team, set_route
from approvals.organising.services.before import (
    may_keep,
    no_hold_is_left_behind,
    nothing_goes_out,
    take_locks,
)
from audit.services import record
from audit.verbs import Verb
from notices.services import tell


def merge_teams(team: LPT, *, into: LPT, actor: User, now: datetime) -> None:
    """Let `into` take on the accounts and people of `team`, which is closed by it.

    Drafts stay with their accounts and keep their history. Roles in the team end yesterday and go
    on today in the other, each with its own line in the trail, and the people are told.
    Raises OrganisingRefused, PermissionDenied.
    """
    may_keep(actor, team.force)
    if team.closed_on or into.closed_on or into.pk == team.pk or into.force_id != team.force_id:
        raise OrganisingRefused("Choose another team that is open.")
    today = timezone.localdate(now)
    with transaction.atomic():
        # Whoever gives a role waits for the same row.
        Force.objects.filter(pk=team.force_id).update(slug=F("slug"))
        LPT.objects.filter(pk__in=[team.pk, into.pk]).update(lock=F("lock") + 1)
        accounts = list(team.accounts.in_order())
        take_locks(accounts)
        nothing_goes_out(accounts)
        no_hold_is_left_behind(team, into)
        team.accounts.update(lpt=into)
        for account in accounts:
            record(
                Verb.ACCOUNT_CHANGED, account, actor=actor, at=now,
                fields=["lpt"], lpt=into.pk, before=team.pk,
            )  # fmt: skip
        people = _move_people(team, into, today, actor=actor, now=now)
        for lane in ApprovalRoute.objects.current().filter(lpt=team).values_list("lane", flat=True):
            set_route(team.force, (), lpt=team, lane=Lane(lane), actor=actor, now=now)
        close_team(team, into=into, actor=actor, now=now)
        tell(
            [person for person in people if person.is_active and person != actor],
            f"{team} is part of {into} from today on, and so are you. Its accounts and drafts go on"
            " there.",
            link="/me/",
            now=now,
        )
        for path in settings.MOVED_WITH_A_TEAM:
            import_string(path)(team, into, now=now)


def _move_people(team: LPT, into: LPT, today: date, *, actor: User, now: datetime) -> list[User]:
    """Let every role of the team go on in the other, for the days on which it is not held there.

    Returns whose roles these are, each once.
    """
    from_today = Q(until=None) | Q(until__gte=today)
    rows = Membership.objects.filter(from_today).select_related("person").order_by("since", "pk")
    there: dict[tuple[int, str], list[Membership]] = {}
    for row in rows.filter(lpt=into):
        there.setdefault((row.person_id, row.role), []).append(row)
    people: dict[int, User] = {}
    for row in rows.filter(lpt=team):
        person = people.setdefault(row.person_id, row.person)
        held = there.setdefault((row.person_id, row.role), [])
        yesterday = today - timedelta(days=1)
        if row.since < today:
            Membership.objects.filter(pk=row.pk).update(until=yesterday)
            said = yesterday.isoformat()
        else:
            # Not begun before today: never held in the team that is closed.
            Membership.objects.filter(pk=row.pk).delete()
            said = "at once"
        record(
            Verb.ROLE_ENDED, person, actor=actor, at=now,
            role=row.role, lpt=team.pk, last_day=said,
        )  # fmt: skip
        for since, until in _not_held(max(row.since, today), row.until, held):
            made = Membership.objects.create(
                person_id=row.person_id, force_id=row.force_id, lpt=into, role=row.role,
                since=since, until=until,
            )  # fmt: skip
            record(
                Verb.ROLE_GIVEN, person, actor=actor, at=now, role=row.role, lpt=into.pk,
                since=since.isoformat(), until=until.isoformat() if until else None,
            )  # fmt: skip
            held.append(made)
        held.sort(key=lambda one: one.since)
    return list(people.values())


def _not_held(
    since: date, until: date | None, held: Sequence[Membership]
) -> list[tuple[date, date | None]]:
    """The first and last days of what is left of these days without `held`, which is in order."""
    left: list[tuple[date, date | None]] = []
    for row in held:
        if until and since > until:
            return left
        if row.since > since:
            before = row.since - timedelta(days=1)
            left.append((since, min(until, before) if until else before))
        if row.until is None:
            return left
        since = max(since, row.until + timedelta(days=1))
    if until is None or since <= until:
        left.append((since, until))
    return left
