"""Inviting somebody to set their password, and once more when the first mail did not reach them."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Force, User
from audit.services import record
from audit.verbs import Verb
from notices.models import Notice
from notices.services import tell

# A mail takes its time, and nobody is to be flooded with them.
AGAIN_AFTER = timedelta(minutes=10)
A_DAY, MOST_IN_A_DAY = timedelta(days=1), 5


class InvitationRefused(Exception):
    """Why no invitation is sent now, in a sentence."""


def invite(person: User, force: Force, actor: User, now: datetime) -> None:
    """Tell somebody who is new how to get in, in the caller's transaction."""
    tell(
        [person],
        f"Set your first password for {force}. {actor.full_name} has given you access to Blue Lamp."
        " Enter your work e-mail on the page that this leads to, and we send you a link. Then sign"
        " in, confirm your mobile number and do the training.",
        link=_page(),
        now=now,
    )


def is_awaited(person: User) -> bool:
    """Whether somebody who is on the register never set a password nor signed in."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def invited_at(person: User) -> datetime | None:
    """When the last invitation was written to this person; None for never."""
    return _invitations(person).values_list("created_at", flat=True).first()


def invite_again(person: User, *, force: Force, actor: User, now: datetime) -> None:
    """Send the invitation once more, to the e-mail on record; links mailed before open nothing.

    At most every ten minutes and five times in a day. Raises InvitationRefused, PermissionDenied.
    """
    is_theirs = person.memberships.filter(force=force).exists()
    if not is_theirs or not actor.has_perm("accounts.keep_people", force):
        raise PermissionDenied
    if not is_awaited(person):
        raise InvitationRefused(f"{person} has set a password or signed in already.")
    before = person.password
    with transaction.atomic():
        # A link to set the password holds what is kept in place of one. One UPDATE decides: of two
        # admins, or an admin and the person, the second finds another value.
        person.set_unusable_password()
        unchanged = User.objects.filter(
            pk=person.pk, password=before, last_login=None, is_active=True
        )
        if not unchanged.update(password=person.password):
            raise InvitationRefused(
                f"Something about {person} has changed meanwhile. Look at this page again."
            )
        _refuse_too_many(person, now)
        invite(person, force, actor, now)
        record(Verb.PERSON_INVITED, person, actor=actor, at=now, force=force.pk)


def _refuse_too_many(person: User, now: datetime) -> None:
    lately = list(
        _invitations(person).filter(created_at__gt=now - A_DAY).values_list("created_at", flat=True)
    )
    if lately and lately[0] > now - AGAIN_AFTER:
        at = timezone.localtime(lately[0] + AGAIN_AFTER)
        raise InvitationRefused(
            f"The last invitation to {person.email} is less than ten minutes old. Is the address"
            f" right? Send it again after {at:%H:%M}."
        )
    if len(lately) >= MOST_IN_A_DAY:
        raise InvitationRefused(
            f"{person} was invited {len(lately)} times in a day. Ring them and check that"
            f" {person.email} is their address."
        )


def _invitations(person: User) -> QuerySet[Notice]:
    """The newest first; nothing else that people are told leads to that page."""
    return Notice.objects.for_person(person.pk).filter(link=_page())


def _page() -> str:
    return reverse("account_reset_password")
