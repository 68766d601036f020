"""The drift check: whether each account's live profile is the one on record.

Each account is asked every six hours, by whichever worker takes its turn first, and by a button.
What is found first is the record until a person takes another.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, Role
from accounts.supervisors import supervisors_of
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from publishing import aside
from publishing.backends.base import CannotAsk, Profile
from publishing.clock import database_now
from publishing.models import ProfileDifference, ProfileRecord
from publishing.models.profiles import (
    LONGEST,
    Drift,
    DriftMove,
    ProfileField,
)
from publishing.publishers import publishers
from publishing.services.connecting import called, is_of
from publishing.services.vault import secrets_of

logger = logging.getLogger(__name__)
EVERY: Final = timedelta(hours=6)
BATCH = 20
LONGEST_ERROR = 300
YES_AND_NO: Mapping[ProfileField, tuple[str, str]] = {
    ProfileField.PROTECTED: ("Only those who are let in", "Everybody"),
    ProfileField.VERIFIED: ("Yes", "No"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one look, in one sentence."""

    was_read: bool
    differences: int
    sentence: str


def can_read_profile(account: SocialAccount) -> bool:
    publisher = publishers.get(account.publisher)
    return publisher is not None and publisher.can_read_profile


def check_profiles_due(*, now: datetime) -> int:
    """Start reading the profiles whose turn it is; return how many."""
    waiting = _due(now)
    if waiting:
        aside.start("profiles", lambda: [_take_turn(key, now=database_now()) for key in waiting])
    return len(waiting)


def _due(now: datetime) -> list[int]:
    able = [alias for alias in publishers if publishers[alias].can_read_profile]
    accounts = SocialAccount.objects.filter(publisher__in=able).exclude(status=AccountStatus.CLOSED)
    turn = Q(profile_record=None) | Q(profile_record__next_at__lte=now)
    due = accounts.filter(turn).order_by("profile_record__next_at", "pk")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _take_turn(account_id: int, *, now: datetime) -> Checked | None:
    """Check one account if it is its turn."""
    ProfileRecord.objects.get_or_create(account_id=account_id, defaults={"next_at": now})
    mine = ProfileRecord.objects.filter(pk=account_id, next_at__lte=now)
    if not mine.update(next_at=now + EVERY):
        return None
    return read_profile(account_id, now=now)


def check_profile(account: SocialAccount, *, actor: User, now: datetime) -> Checked:
    """Look now, because somebody wants to know. Raises PermissionDenied."""
    if not actor.has_perm("publishing.keep_profile", account):
        raise PermissionDenied
    ProfileRecord.objects.update_or_create(account_id=account.pk, defaults={"next_at": now + EVERY})
    return read_profile(account.pk, now=now)


def read_profile(account_id: int, *, now: datetime) -> Checked:
    """Ask the platform, and keep what is not as it should be."""
    account = SocialAccount.objects.select_related("force", "lpt").get(pk=account_id)
    name = account.address
    try:
        profile = publishers[account.publisher].profile(name, secrets_of(account))
    except CannotAsk as error:
        return _not_read(account_id, str(error))
    except Exception as error:
        logger.exception("The profile of account %s was not read", account_id)
        return _not_read(account_id, f"The publisher failed: {type(error).__name__}.")
    live = values_of(profile)
    is_ours = is_of(profile, account, called=called(account))
    live[ProfileField.HANDLE.value] = account.handle if is_ours else profile.handle[:LONGEST]
    with transaction.atomic():
        return _compare(account, live, now=now)


def _not_read(account_id: int, words: str) -> Checked:
    ProfileRecord.objects.filter(pk=account_id).update(last_error=words[:LONGEST_ERROR])
    return Checked(was_read=False, differences=0, sentence=f"It was not read. {words}")


def values_of(profile: Profile) -> dict[str, str]:
    """A live profile by field, in words; without what the platform does not tell."""
    told: dict[ProfileField, str | bool | None] = {
        ProfileField.NAME: profile.name,
        ProfileField.BIO: profile.bio,
        ProfileField.LINK: profile.link,
        ProfileField.PICTURE: profile.picture,
        ProfileField.PROTECTED: profile.is_protected,
        ProfileField.VERIFIED: profile.is_verified,
    }
    return {
        field.value: _words(field, value)[:LONGEST]
        for field, value in told.items()
        if value is not None
    }


def _words(field: ProfileField, value: str | bool) -> str:  # noqa: FBT001  as the platform tells it
    if isinstance(value, bool):
        yes, no = YES_AND_NO[field]
        return yes if value else no
    return " ".join(value.split())


def _compare(account: SocialAccount, live: Mapping[str, str], *, now: datetime) -> Checked:
    # One after the other for each account.
    kept = ProfileRecord.objects.select_for_update().get(pk=account.pk)
    is_first = kept.checked_at is None
    # A field that the platform has not told before is no difference either.
    told = {field: found for field, found in live.items() if field != ProfileField.HANDLE}
    values = {**told, **kept.values}
    kept.values, kept.checked_at, kept.last_error = values, now, ""
    kept.taken_at = kept.taken_at or now
    kept.save(update_fields=["values", "checked_at", "last_error", "taken_at"])
    if is_first:
        record(Verb.PROFILE_RECORDED, account, actor=None, at=now, fields=sorted(told))
    new, opened = [], 0
    for field, found in live.items():
        recorded = account.handle if field == ProfileField.HANDLE else values[field]
        if recorded == found:
            _undo(account, field, now=now)
            continue
        opened += 1
        if _find(account, field, recorded=recorded, found=found, now=now):
            new.append(field)
    if new:
        _tell(account, new, now=now)
    if not opened:
        first = "Read for the first time. What was found is the record for now."
        return Checked(True, 0, first if is_first else "It is as on record.")
    return Checked(True, opened, "It is not as on record: see what differs.")


def _find(account: SocialAccount, field: str, *, recorded: str, found: str, now: datetime) -> bool:
    """Whether that is news: the same difference is told of once."""
    difference, is_new = ProfileDifference.objects.get_or_create(
        account=account,
        field=field,
        state=Drift.OPEN,
        defaults={"recorded": recorded, "found": found, "found_at": now},
    )
    if not is_new and difference.found != found:
        ProfileDifference.objects.open().filter(pk=difference.pk).update(
            recorded=recorded, found=found, found_at=now
        )
        return True
    return is_new


def _undo(account: SocialAccount, field: str, *, now: datetime) -> None:
    for difference in ProfileDifference.objects.open().filter(account=account, field=field):
        row = ProfileDifference.objects.filter(pk=difference.pk)
        row.move(DriftMove.UNDO, settled_at=now)
        _settled(difference, "as on record again", None, now)


def take_as_record(
    difference: ProfileDifference, *, found: str, actor: User, now: datetime
) -> None:
    """The profile was changed on purpose: what it says now, `found`, is the record.

    Raises ProfileSettled when it says something else by now, PermissionDenied, and ValueError for
    a handle: that is changed with the account itself.
    """
    if difference.field == ProfileField.HANDLE:
        message = "A handle is not taken from the platform."
        raise ValueError(message)
    account = difference.account
    if not actor.has_perm("publishing.keep_profile", account):
        raise PermissionDenied
    with transaction.atomic():
        kept = ProfileRecord.objects.select_for_update().get(pk=account.pk)
        ProfileDifference.objects.filter(pk=difference.pk, found=found).move(
            DriftMove.TAKE, settled_at=now, settled_by=actor
        )
        put_on_record(kept, difference.field, found, actor=actor, now=now)
        _settled(difference, "taken as the record", actor, now)


def put_on_record(
    kept: ProfileRecord, field: str, value: str, *, actor: User, now: datetime
) -> None:
    """Make `value` what the profile should say, in the caller's transaction."""
    kept.values = {**kept.values, field: value}
    kept.taken_at, kept.taken_by = now, actor
    kept.save(update_fields=["values", "taken_at", "taken_by"])


def _settled(difference: ProfileDifference, how: str, actor: User | None, now: datetime) -> None:
    account = difference.account
    record(Verb.PROFILE_SETTLED, account, actor=actor, at=now, field=difference.field, how=how)
    if not ProfileDifference.objects.open().filter(account=account).exists():
        settle(link_to(account), now=now)


def _tell(account: SocialAccount, fields: list[str], *, now: datetime) -> None:
    record(Verb.PROFILE_DIFFERS, account, actor=None, at=now, fields=sorted(fields))
    named = ", ".join(ProfileField(field).label.lower() for field in fields)
    words = (
        f"The profile of {account} is not as on record: {named}. If nobody here changed it, the"
        " account may be hacked."
    )
    centre = User.objects.holding(COMMS_REVIEWERS | {Role.COMMS_ADMIN}, force_id=account.force_id)
    people = [*centre, *supervisors_of(account, on=timezone.localdate(now))]
    tell(people, words, kind=Kind.ALERT, link=link_to(account), urgent=True, now=now)


def link_to(account: SocialAccount) -> str:
    """The page of the account's profile."""
    return reverse("publishing:profile", args=[account.pk])
