"""A force made in the browser by its first comms admin, with a link of whoever runs Blue Lamp.

Nobody can sign in before there is a force, so the link stands for the permission: it is signed with
SECRET_KEY, ends after an hour, and opens nothing once a force has been made since it was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import Force, User
from accounts.services.forces import create_force
from accounts.services.register import Details
from accounts.sign_in.passwords import FORCE, holds_force, sentence_about

ENDS_AFTER = timedelta(hours=1)
SALT = "accounts.starting"
TAKEN = (
    "Somebody with this e-mail is on the register already, of another force. Enter another work"
    " e-mail of yours."
)
NAME_TAKEN = "There is a force of this name already."


class LinkEnded(Exception):
    """The link is not ours, is older than an hour, or has been used."""


class StartRefused(Exception):
    """What cannot be made like that: sentences by the field that they are about."""

    def __init__(self, sentences: Mapping[str, Sequence[str]]) -> None:
        super().__init__(*(sentence for said in sentences.values() for sentence in said))
        self.sentences = sentences


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


def objections_to_start(
    *, name: str, email: str, full_name: str, password: str
) -> dict[str, list[str]]:
    """Why no force can be made of these, in sentences by field; "" for what is not known yet."""
    said: dict[str, list[str]] = {}
    if name and not _slug(name):
        said["name"] = ["Enter a name with letters in it."]
    elif name and (Force.objects.filter(slug=_slug(name)).exists() or _named(name)):
        said["name"] = [NAME_TAKEN]
    if email and User.objects.filter(email__iexact=email).exists():
        said["email"] = [TAKEN]
    if password and (problems := _weak(password, User(email=email, full_name=full_name), name)):
        said["password"] = problems
    return said


def start_force(
    token: str, beginning: Beginning, admin: Details, password: str, *, now: datetime
) -> User:
    """Make a force and its first comms admin, who is returned. Comms approvers decide for all.

    Raises LinkEnded, StartRefused.
    """
    before = forces_before(token, now=now)
    if refused := objections_to_start(
        name=beginning.name, email=admin.email, full_name=admin.full_name, password=password
    ):
        raise StartRefused(refused)
    force = Force(
        name=beginning.name,
        slug=_slug(beginning.name),
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
    except IntegrityError as error:
        raise StartRefused({"name": [NAME_TAKEN]}) from error
    return person


def _named(name: str) -> bool:
    return Force.objects.filter(name__iexact=name).exists()


def _slug(name: str) -> str:
    return slugify(name)[:50].strip("-")


def _weak(password: str, person: User, force: str) -> list[str]:
    """What is wrong with it, for this person of a force of that name; neither is kept yet."""
    said = [sentence_about(FORCE)] if holds_force(password, force) else []
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [*error.messages, *said]
    return said
