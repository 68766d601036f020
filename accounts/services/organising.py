"""Keeping a force's settings, its teams and its social accounts.

What looks at drafts, deliveries or holds first (closing an account, merging teams) is done by
approvals.organising with what stands here.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import slugify

from accounts.guidance import guidance
from accounts.handles import handle_problem
from accounts.models import (
    LPT,
    AccountKind,
    AccountStatus,
    Force,
    Membership,
    Platform,
    SocialAccount,
    User,
)
from audit.services import record
from audit.verbs import Verb

KEEP = "accounts.keep_teams"


class OrganisingRefused(Exception):
    """What cannot be done like that, in a sentence, and the field it is about ("" for none)."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class OvertakenChange(Exception):
    """Somebody else changed this since it was looked at."""


@dataclass(frozen=True, slots=True)
class ForceDetails:
    """What a comms admin keeps of the force itself. `mail_domains`: bare names in lower case."""

    comms_email: str
    comms_phone: str
    mail_domains: list[str]


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """A team as somebody typed it."""

    name: str
    team_page: str = ""
    newsletter_page: str = ""
    comms_contact: str = ""
    meeting_place: str = ""
    area_hashtag: str = ""


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """A social account as somebody typed it; the handle without @, the signature in one line."""

    handle: str
    platform: Platform
    kind: AccountKind
    lpt: LPT | None
    publisher: str = "default"
    signature: str = ""


def change_force(
    force: Force, details: ForceDetails, *, seen: ForceDetails, actor: User, now: datetime
) -> None:
    """Raises OvertakenChange, PermissionDenied."""
    _may_keep(actor, force)
    _change(force, details, seen, verb=Verb.FORCE_CHANGED, actor=actor, now=now)


def put_guidance_in_force(force: Force, *, actor: User | None, now: datetime) -> None:
    """Ask everybody of the force to accept the newest guidance and to be trained in it.

    Who was here before has settings.TRAINING_GRACE to do so. Raises PermissionDenied.
    """
    if actor is not None:
        _may_keep(actor, force)
    version = guidance().version
    with transaction.atomic():
        older = Force.objects.filter(pk=force.pk, guidance_version__lt=version)
        if older.update(guidance_version=version, guidance_since=timezone.localdate(now)):
            record(Verb.GUIDANCE_IN_FORCE, force, actor=actor, at=now, version=version)
    force.refresh_from_db()


def add_team(force: Force, details: TeamDetails, *, actor: User, now: datetime) -> LPT:
    """Raises OrganisingRefused, PermissionDenied."""
    _may_keep(actor, force)
    try:
        with transaction.atomic():
            team = LPT.objects.create(
                force=force, slug=_slug(force, details.name), **_values(details)
            )
            record(Verb.TEAM_ADDED, team, actor=actor, at=now)
    except IntegrityError as error:
        raise _name_taken(details.name) from error
    return team


def change_team(
    team: LPT, details: TeamDetails, *, seen: TeamDetails, actor: User, now: datetime
) -> None:
    """Raises OrganisingRefused, OvertakenChange, PermissionDenied."""
    _may_keep(actor, team.force)
    if details.name != seen.name:
        _slug(team.force, details.name, without=team)
    _change(team, details, seen, verb=Verb.TEAM_CHANGED, actor=actor, now=now)


def close_team(team: LPT, *, actor: User, now: datetime, into: LPT | None = None) -> None:
    """Close a team that nobody is in and that runs no account.

    Unless it goes on `into` another, what it has open in apps above ends with it.
    Raises OrganisingRefused, PermissionDenied.
    """
    _may_keep(actor, team.force)
    today = timezone.localdate(now)
    with transaction.atomic():
        # Whoever gives a role waits for the same row.
        Force.objects.filter(pk=team.force_id).update(slug=F("slug"))
        accounts = team.accounts.exclude(status=AccountStatus.CLOSED).in_order()
        if names := ", ".join(str(account) for account in accounts):
            raise OrganisingRefused(f"{team} still runs {names}. Close or move it first.")
        members = Membership.objects.filter(lpt=team, person__is_active=True).filter(
            Q(until=None) | Q(until__gte=today)
        )
        if count := members.values("person").distinct().count():
            people = "one person is" if count == 1 else f"{count} people are"
            raise OrganisingRefused(
                f"{people.capitalize()} still in {team}. End their roles first."
            )
        changes = {"closed_on": today, "merged_into": into, "lock": F("lock") + 1}
        if LPT.objects.open().filter(pk=team.pk).update(**changes):
            verb = Verb.TEAM_MERGED if into else Verb.TEAM_CLOSED
            record(verb, team, actor=actor, at=now, into=into.pk if into else None)
            for path in () if into else settings.ENDED_WITH_A_TEAM:
                import_string(path)(team, actor=actor, now=now)


def add_account(
    force: Force, details: AccountDetails, *, actor: User, now: datetime
) -> SocialAccount:
    """Raises OrganisingRefused, PermissionDenied."""
    _may_keep(actor, force)
    return make_account(force, details, actor=actor, now=now)


def make_account(
    force: Force, details: AccountDetails, *, actor: User | None, now: datetime, **about: object
) -> SocialAccount:
    """The one way in which an account comes to be; `about` goes into its record.

    The caller has asked whether anybody may. Raises OrganisingRefused.
    """
    _check(details, force)
    names = SocialAccount.objects.filter(platform=details.platform)
    if names.filter(handle__iexact=details.handle).exists():
        raise _handle_taken(details)
    try:
        with transaction.atomic():
            account = SocialAccount.objects.create(force=force, **_values(details))
            said = {"kind": details.kind.value, **about}
            record(Verb.ACCOUNT_ADDED, account, actor=actor, at=now, **said)
    except IntegrityError as error:
        raise _handle_taken(details) from error
    return account


def change_account(
    account: SocialAccount,
    details: AccountDetails,
    *,
    seen: AccountDetails,
    actor: User,
    now: datetime,
) -> None:
    """Raises OrganisingRefused, OvertakenChange, PermissionDenied."""
    _may_keep(actor, account.force)
    _check(details, account.force)
    try:
        _change(account, details, seen, verb=Verb.ACCOUNT_CHANGED, actor=actor, now=now)
    except IntegrityError as error:
        raise _handle_taken(details) from error


def _change(
    row: Force | LPT | SocialAccount,
    details: ForceDetails | TeamDetails | AccountDetails,
    seen: ForceDetails | TeamDetails | AccountDetails,
    *,
    verb: Verb,
    actor: User,
    now: datetime,
) -> None:
    new, old = _values(details), _values(seen)
    changed = [name for name, value in new.items() if value != old[name]]
    if not changed:
        return
    with transaction.atomic():
        there = type(row)._default_manager.filter(pk=row.pk, **old)
        if not there.update(**new, lock=F("lock") + 1):
            raise OvertakenChange
        record(verb, row, actor=actor, at=now, fields=changed)
    row.refresh_from_db()


def _values(details: object) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}  # type: ignore[arg-type]


def _slug(force: Force, name: str, *, without: LPT | None = None) -> str:
    """The team's short name, made of its name. Raises OrganisingRefused when it is taken."""
    slug = slugify(name)[:50]
    if not slug:
        raise OrganisingRefused("Give the team a name with letters or digits.", field="name")
    others = LPT.objects.filter(force=force)
    if without:
        others = others.exclude(pk=without.pk)
    if others.filter(Q(slug=slug) | Q(name__iexact=name)).exists():
        raise _name_taken(name)
    return slug


def _name_taken(name: str) -> OrganisingRefused:
    return OrganisingRefused(
        f"There is or was a team called {name}. Give this one another name.", field="name"
    )


def _check(details: AccountDetails, force: Force) -> None:
    if problem := handle_problem(details.handle, details.platform):
        raise OrganisingRefused(problem, field="handle")
    if details.kind in {AccountKind.LPT, AccountKind.COMMANDER} and details.lpt is None:
        raise OrganisingRefused("Choose the team that this account speaks for.", field="lpt")
    if details.kind == AccountKind.FORCE and details.lpt is not None:
        raise OrganisingRefused("The force's own account belongs to no team.", field="lpt")
    if details.lpt and (details.lpt.force_id != force.pk or details.lpt.closed_on):
        raise OrganisingRefused("Choose a team that is open.", field="lpt")


def _handle_taken(details: AccountDetails) -> OrganisingRefused:
    return OrganisingRefused(
        f"@{details.handle} on {details.platform.label} is here already, maybe closed.",
        field="handle",
    )


def _may_keep(actor: User, force: Force) -> None:
    if not actor.has_perm(KEEP, force):
        raise PermissionDenied
