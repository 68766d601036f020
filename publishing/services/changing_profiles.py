"""What the team wants its account's profile to say: asked, decided by communications, ticked."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, Role
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import ProfileChange, ProfileRecord
from publishing.models.profiles import CHANGEABLE, ProfileField, WishMove
from publishing.services.reading_profiles import link_to, put_on_record


class AlreadyWanted(Exception):
    """Somebody asked for another change of the same field, and it is not settled."""


def ask_for_change(
    account: SocialAccount,
    *,
    field: ProfileField,
    wanted: str,
    reason: str,
    actor: User,
    now: datetime,
) -> ProfileChange:
    """Ask communications. Raises AlreadyWanted, PermissionDenied, ValueError."""
    if not actor.has_perm("publishing.ask_profile_change", account):
        raise PermissionDenied
    if field not in CHANGEABLE:
        message = f"Nobody can ask to change {field}."
        raise ValueError(message)
    with transaction.atomic():
        # One after the other for each account.
        SocialAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if ProfileChange.objects.open().filter(account=account, field=field).exists():
            raise AlreadyWanted
        change = ProfileChange.objects.create(
            account=account, field=field, wanted=wanted, reason=reason, asked_by=actor, asked_at=now
        )
        _record(Verb.PROFILE_CHANGE_ASKED, change, actor, now, wanted=wanted, reason=reason)
        people = User.objects.holding(
            COMMS_REVIEWERS | {Role.COMMS_ADMIN}, force_id=account.force_id
        )
        words = f"{actor} asks to change the {change}."
        tell(people, words, kind=Kind.WAITING, link=link_to(account), now=now)
    return change


def decide_on_change(
    change: ProfileChange, *, agree: bool, answer: str, actor: User, now: datetime
) -> None:
    """Say yes, or no with a sentence. Raises ProfileSettled, PermissionDenied."""
    if not actor.has_perm("publishing.keep_profile", change.account):
        raise PermissionDenied
    move = WishMove.AGREE if agree else WishMove.DECLINE
    with transaction.atomic():
        ProfileChange.objects.filter(pk=change.pk).move(
            move, decided_by=actor, decided_at=now, answer=answer
        )
        verb = Verb.PROFILE_CHANGE_AGREED if agree else Verb.PROFILE_CHANGE_DECLINED
        _record(verb, change, actor, now, answer=answer)
        words = f"{actor} {'agreed' if agree else 'declined'} to change the {change}."
        _tell_asker(change, f"{words} {answer}".strip(), words, actor, now)


def withdraw_change(change: ProfileChange, *, actor: User, now: datetime) -> None:
    """Who asked does not want it any more. Raises ProfileSettled, PermissionDenied."""
    if actor.pk != change.asked_by_id:
        raise PermissionDenied
    with transaction.atomic():
        ProfileChange.objects.filter(pk=change.pk).move(WishMove.WITHDRAW)
        _record(Verb.PROFILE_CHANGE_WITHDRAWN, change, actor, now)


def tick_change(change: ProfileChange, *, actor: User, now: datetime) -> None:
    """It was done on the platform: the record says so from now on.

    Of a picture, the next look takes whatever is there. Raises ProfileSettled, PermissionDenied.
    """
    if not actor.has_perm("publishing.keep_profile", change.account):
        raise PermissionDenied
    with transaction.atomic():
        ProfileChange.objects.filter(pk=change.pk).move(WishMove.FINISH, done_by=actor, done_at=now)
        kept, _ = ProfileRecord.objects.select_for_update().get_or_create(
            account_id=change.account_id, defaults={"next_at": now}
        )
        if change.field == ProfileField.PICTURE:
            kept.values = {key: value for key, value in kept.values.items() if key != change.field}
            kept.save(update_fields=["values"])
        else:
            put_on_record(kept, change.field, change.wanted, actor=actor, now=now)
        # Soon, so that whatever was not done as it was agreed is seen.
        ProfileRecord.objects.filter(pk=kept.pk).update(next_at=now)
        _record(Verb.PROFILE_CHANGE_DONE, change, actor, now)
        _tell_asker(change, f"{actor} changed the {change}.", "", actor, now)


def _record(verb: Verb, change: ProfileChange, actor: User, now: datetime, **data: object) -> None:
    record(verb, change.account, actor=actor, at=now, request=change.pk, field=change.field, **data)
    if not ProfileChange.objects.open().filter(account=change.account).exists():
        settle(link_to(change.account), now=now)


def _tell_asker(
    change: ProfileChange, words: str, in_mail: str, actor: User, now: datetime
) -> None:
    if change.asked_by_id != actor.pk:
        link = link_to(change.account)
        tell([change.asked_by], words, in_mail=in_mail, kind=Kind.OTHER, link=link, now=now)
