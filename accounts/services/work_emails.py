"""Whose hand put a work e-mail on record: whoever reads its mail can set the password.

A comms admin can give a colleague another e-mail, and could so become that colleague. Those who may
mind are told at once, and for some days the two do not count as two people.
"""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from accounts.models import Force, User
from accounts.roles import WATCHERS
from accounts.sign_in import sessions
from notices.models import Kind
from notices.services import tell


class NotTwoPeople(Exception):
    """Two names behind which one person may be: one lately put the other's e-mail on record."""

    def __init__(self, one: User, other: User) -> None:
        super().__init__(
            f"{one} and {other} do not count as two people for now: the work e-mail of one of them"
            f" was put on record less than {settings.EMAIL_SETTLES_FOR.days} days ago, and not by"
            " anybody else. Ask another colleague."
        )


def email_was_put(person: User, *, actor: User, now: datetime) -> None:
    """Keep who put this person's e-mail on record, in the transaction in which they do.

    One's own change is not kept: it would hide the hand of whoever made the change before.
    """
    if actor.pk != person.pk:
        person.email_put_by, person.email_put_at = actor, now
        User.objects.filter(pk=person.pk).update(email_put_by=actor, email_put_at=now)


def email_was_changed(person: User, *, old: str, force: Force, actor: User, now: datetime) -> None:
    """Tell the person at both addresses and whoever watches, and end the person's sessions.

    `person` has the new e-mail already. Nobody is told or signed out of their own change but at
    the old address.
    """
    at = timezone.localtime(now)
    when = f"at {at:%H:%M} on {at.day} {at:%B %Y}"
    call = f" on {force.comms_phone}" if force.comms_phone else ""
    mind = f"If you did not expect this, call the comms desk{call} at once."
    changed = f"{actor.full_name} changed the work e-mail of {person.full_name} {when}."
    alert = partial(tell, kind=Kind.ALERT, urgent=True, now=now)
    alert([person], f"{changed} {old} lets nobody in any more. {mind}", to=old)
    if actor.pk == person.pk:
        return
    sessions.end_all(person, actor=actor, now=now)
    alert([person], f"{changed} You sign in with {person.email} now. {mind}")
    forces = {force.pk, *(membership.force_id for membership in person.current_memberships)}
    watching = (other for pk in forces for other in User.objects.holding(WATCHERS, force_id=pk))
    alert(
        [other for other in watching if other.pk not in {person.pk, actor.pk}],
        f"{changed} Whoever reads that mail can set the password. Ask {person.full_name} in person"
        " if you did not expect this.",
    )


def are_two(one: User, other: User, *, now: datetime) -> bool:
    """Whether these count as two people: no one hand is lately behind both of their e-mails."""
    return _hands(one, now).isdisjoint(_hands(other, now))


def _hands(person: User, now: datetime) -> set[int]:
    """The keys of the person, of who lately put their e-mail on record, and of who did theirs."""
    hands: set[int] = set()
    lately = User.objects.filter(email_put_at__gt=now - settings.EMAIL_SETTLES_FOR)
    found: int | None = person.pk
    while found is not None and found not in hands:
        hands.add(found)
        found = lately.filter(pk=found).values_list("email_put_by", flat=True).first()
    return hands
