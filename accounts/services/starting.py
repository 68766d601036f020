"""A force made in the browser by its first comms admin, with a link of whoever runs Blue Lamp.

Nobody can sign in before there is a force, so the link stands for the permission: it is signed with
SECRET_KEY, ends after an hour, and opens nothing once a force has been made since it was given.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import Force, User
from accounts.services.forces import create_force
from accounts.services.people import TAKEN, Details

ENDS_AFTER = timedelta(hours=1)
SALT = "accounts.starting"


class LinkEnded(Exception):
    """The link is not ours, is older than an hour, or has been used."""


class StartRefused(Exception):
    """What cannot be made like that, in sentences, and the field they are about."""

    def __init__(self, *sentences: str, field: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.field = field


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is asked about a new force; the rest its comms admin keeps later."""

    name: str
    site: str
    policy_pack: str
    comms_phone: str
    comms_email: str = ""


def start_token(*, now: datetime) -> str:
    """What the link holds: how many forces there are, and when it was given."""
    told = {"forces": Force.objects.count(), "given": int(now.timestamp())}
    return signing.dumps(told, salt=SALT)


def forces_before(token: str, *, now: datetime) -> int:
    """How many forces there were when this link was given. Raises LinkEnded."""
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise LinkEnded from error
    age = now.timestamp() - told["given"]
    if not 0 <= age < ENDS_AFTER.total_seconds() or Force.objects.count() != told["forces"]:
        raise LinkEnded
    return int(told["forces"])


def start_force(
    token: str, beginning: Beginning, admin: Details, password: str, *, now: datetime
) -> User:
    """Make a force and its first comms admin, who is returned. Comms approvers decide for all.

    Raises LinkEnded, StartRefused.
    """
    before = forces_before(token, now=now)
    slug = slugify(beginning.name)[:50].strip("-")
    if not slug:
        raise StartRefused("Enter a name with letters in it.", field="name")
    if Force.objects.filter(slug=slug).exists() or _named(beginning.name):
        raise StartRefused("There is a force of this name already.", field="name")
    if User.objects.filter(email__iexact=admin.email).exists():
        raise StartRefused(TAKEN, field="email")
    force = Force(
        name=beginning.name,
        slug=slug,
        site=beginning.site,
        policy_pack=beginning.policy_pack,
        comms_phone=beginning.comms_phone,
        comms_email=beginning.comms_email,
    )
    person = User(
        email=admin.email,
        full_name=admin.full_name,
        mobile=admin.mobile,
        job_title=admin.job_title,
        collar_number=admin.collar_number,
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            create_force(force, admin=person, now=now)
            # The audit trail has let one after the other through: whoever used this link a moment
            # ago is seen here.
            if Force.objects.exclude(pk=force.pk).count() != before:
                raise LinkEnded
            # Only now is it known which force and which name it must not hold.
            _check_password(password, person)
    except IntegrityError as error:
        raise StartRefused("There is a force of this name already.", field="name") from error
    return person


def _named(name: str) -> bool:
    return Force.objects.filter(name__iexact=name).exists()


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise StartRefused(*error.messages, field="password") from error
