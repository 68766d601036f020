"""Taking a second factor that is lost away from somebody, so that they add a new one."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Force, User
from accounts.permissions import lets_out_or_administers
from accounts.roles import WATCHERS
from accounts.services.people import KEEP, PersonRefused
from accounts.services.register import kept_people
from accounts.services.work_emails import are_two
from accounts.sign_in import sessions
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import tell

STILL_NEW = (
    "The work e-mail of {person} was put on record less than {days} days ago, and not by anybody"
    " else than you. Another comms admin has to remove their second factor."
)


class Checked(models.TextChoices):
    """How a comms admin made sure that it is the person who asks."""

    IN_PERSON = "in_person", "Met, with their warrant card or pass in hand"
    CALLED_BACK = "called_back", "Called back on the mobile number on record"
    SUPERVISOR = "supervisor", "Vouched for in person by their supervisor"


def take_second_factor(
    person: User, *, force: Force, checked: Checked, reason: str, actor: User, now: datetime
) -> None:
    """Remove every passkey, app and recovery code of `person`, and sign them out everywhere.

    Their password stays; whoever must have a second factor gets no further than the page where
    they add one. Whoever lately gave `person` their e-mail could set that password: somebody else
    has to do it then. Raises PersonRefused, PermissionDenied.
    """
    kept = kept_people(force, on=timezone.localdate(now))
    is_theirs = kept.filter(pk=person.pk).exists()
    if not (is_theirs and actor.has_perm(KEEP, force)):
        raise PermissionDenied
    if person.pk == actor.pk:
        raise PersonRefused("Nobody removes their own second factor. Ask another comms admin.")
    if not are_two(actor, person, now=now):
        raise PersonRefused(STILL_NEW.format(person=person, days=settings.EMAIL_SETTLES_FOR.days))
    with transaction.atomic():
        # Two admins at once: the second finds none.
        if not Authenticator.objects.filter(user=person).delete()[0]:
            raise PersonRefused(f"{person} has no second factor.")
        sessions.end_all(person, actor=actor, now=now)
        record(
            Verb.SIGN_IN_CHANGED, person, actor=actor, at=now, what="second factor removed",
            checked=checked.value, reason=reason,
        )  # fmt: skip
        call = f" on {force.comms_phone}" if force.comms_phone else ""
        tell(
            [person],
            f"{actor.full_name} removed your second factor, because you said that it is lost. You"
            " are signed out everywhere. Sign in with your password and add a new one. If it was"
            f" not you who asked, call the comms desk{call} at once.",
            link="/accounts/sign-in/",
            kind=Kind.ALERT,
            urgent=True,
            now=now,
        )
        if lets_out_or_administers(person):
            others = User.objects.holding(WATCHERS, force_id=force.pk)
            tell(
                [other for other in others if other.pk not in {person.pk, actor.pk}],
                f"{actor.full_name} removed the second factor of {person.full_name}, who approves"
                f" or administers. How they made sure who it is: {checked.label.lower()}."
                " Ask them if you did not expect this.",
                kind=Kind.ALERT,
                urgent=True,
                now=now,
            )
