"""Proposing a version of the rulebook, putting it in force, and putting an older one back."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import Force, User
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from policy.core import Pack, PackError
from policy.core.changes import Difference, changed, differences, digest, merged
from policy.models import PackVersion, Trial
from policy.permissions import OWNERS
from policy.services.rulebook import file_pack, next_generation, version_pack
from policy.workflow import Move, StaleVersion, State


class VersionRefused(Exception):
    """The version cannot go that way now. The message is a sentence for people."""


OVERTAKEN = "{now} came into force after this one was begun. Carry the changes over to it first."
OUTDATED = (
    "The rulebook itself was updated after this was proposed. Take it back, start again from its"
    " changes, and try it anew."
)
UNTRIED = "Try this version on recent drafts first. Then it can be put in force."
NOTHING = "Nothing is changed yet. Change a rule, a list or a number first."
TRIAL_SAID = {
    "newly-block": "newly stopped",
    "newly-needs-reason": "newly asked for a reason",
    "newly-advise": "newly given advice",
    "no-longer-block": "no longer stopped",
    "no-longer-needs-reason": "no longer asked for a reason",
    "no-longer-advise": "no longer given this advice",
}
BUSY = "You are preparing other changes. Propose them or drop them first."


def active_version(force: Force) -> PackVersion | None:
    """The version in force; None while the file holds as it is."""
    return PackVersion.objects.of(force).in_force().select_related("author", "activated_by").first()


def preparing(force: Force, person: User) -> PackVersion | None:
    """What `person` is preparing, if they are."""
    return (
        PackVersion.objects.of(force)
        .filter(author=person, state=State.DRAFT)
        .select_related("based_on")
        .first()
    )


def name_of(version: PackVersion | None, force: Force) -> str:
    """How people call `version`: the file itself has a number too."""
    return str(version) if version else f"Version {file_pack(force).version}"


def changes_of(version: PackVersion | None) -> dict[str, Any]:
    return version.changes if version else {}


def compared(version: PackVersion) -> tuple[Difference, ...]:
    """What `version` changes in what was in force when it was begun, in words."""
    return differences(_plain(version.force, version.based_on), _plain(version.force, version))


def _plain(force: Force, version: PackVersion | None) -> Pack:
    return version_pack(force, version)


def is_overtaken(version: PackVersion) -> bool:
    """Whether another one came into force since this one was begun."""
    active = active_version(version.force)
    return (active.pk if active else None) != version.based_on_id


def last_trial(version: PackVersion) -> Trial | None:
    """The last trial of exactly what the version holds now."""
    trials = version.trials.filter(content_hash=version.content_hash)
    return trials.select_related("person").order_by("-pk").first()


def told(trial: Trial) -> list[str]:
    """What a trial showed, in words with numbers: "3 newly stopped"."""
    counts = trial.result["counts"]
    return [f"{counts[kind]} {words}" for kind, words in TRIAL_SAID.items() if counts.get(kind)]


def propose(
    version: PackVersion, *, actor: User, reason: str, seen: int, now: datetime
) -> PackVersion:
    """Close a version, number it and tell the other policy owners.

    Raises StaleVersion, VersionRefused, PermissionDenied.
    """
    if version.author_id != actor.pk or not actor.has_perm("policy.prepare", version.force):
        raise PermissionDenied
    if not compared(version):
        raise VersionRefused(NOTHING)
    _refuse_misfit(version)
    _refuse_overtaken(version)
    try:
        with transaction.atomic():
            number = _next_number(version.force)
            PackVersion.objects.filter(pk=version.pk, edits=seen).move(
                Move.PROPOSE,
                number=number,
                reason=reason,
                proposed_at=now,
                # Of the file as it is now: a trial under an older one counts no longer.
                content_hash=digest(file_pack(version.force), version.changes),
            )
            version.refresh_from_db()
            _announce(version, actor=actor, now=now)
    except IntegrityError as raced:
        # Another owner's proposal took the number in the same moment.
        raise StaleVersion from raced
    return version


def _announce(version: PackVersion, *, actor: User, now: datetime) -> None:
    record(
        Verb.VERSION_PROPOSED, version, actor=actor, at=now,
        number=version.number, hash=version.content_hash,
    )  # fmt: skip
    others = User.objects.holding(OWNERS, force_id=version.force_id).exclude(pk=actor.pk)
    tell(
        others,
        f"{actor} proposes version {version.number} of the rulebook: {version.reason}"
        " Try it, then put it in force or decline it.",
        kind=Kind.WAITING,
        now=now,
        link=version.get_absolute_url(),
        urgent=True,
    )


def _next_number(force: Force) -> int:
    last = PackVersion.objects.of(force).aggregate(last=Max("number"))["last"] or 0
    return max(last, file_pack(force).version) + 1


def _refuse_overtaken(version: PackVersion) -> None:
    if is_overtaken(version):
        now = name_of(active_version(version.force), version.force)
        raise VersionRefused(OVERTAKEN.format(now=now))


def _refuse_misfit(version: PackVersion) -> None:
    try:
        changed(file_pack(version.force), version.changes)
    except PackError as error:
        raise VersionRefused(f"This version no longer fits: {error.sentence}") from error


def keep_trial(
    version: PackVersion, *, actor: User, looked_at: int, result: dict[str, Any], now: datetime
) -> Trial:
    """Store what a trial of `version`, as `version` stands here, has shown."""
    with transaction.atomic():
        trial = Trial.objects.create(
            version=version,
            content_hash=version.content_hash,
            person=actor,
            at=now,
            looked_at=looked_at,
            result=result,
        )
        record(Verb.VERSION_TRIED, version, actor=actor, at=now, drafts=looked_at)
    return trial


def activate(version: PackVersion, *, actor: User, seen: str, now: datetime) -> None:
    """Put a proposed version in force, as a second policy owner who read it.

    `seen` is the content hash that the page showed. Raises VersionRefused, StaleVersion,
    PermissionDenied.
    """
    if not actor.has_perm("policy.activate", version):
        raise PermissionDenied
    if last_trial(version) is None:
        raise VersionRefused(UNTRIED)
    _refuse_misfit(version)
    if digest(file_pack(version.force), version.changes) != version.content_hash:
        raise VersionRefused(OUTDATED)
    with transaction.atomic():
        # First of all: the row that the dispatcher locks before it looks at the rules.
        next_generation()
        version.refresh_from_db(fields=["state", "based_on"])
        if version.state != State.PROPOSED:
            raise StaleVersion
        _refuse_overtaken(version)
        if version.based_on_id is not None:
            in_force = PackVersion.objects.filter(pk=version.based_on_id)
            in_force.move(Move.RETIRE, ended_by=actor, ended_at=now)
        PackVersion.objects.filter(pk=version.pk, content_hash=seen).move(
            Move.ACTIVATE, activated_by=actor, activated_at=now
        )
        version.refresh_from_db()
        record(
            Verb.VERSION_ACTIVATED, version, actor=actor, at=now,
            number=version.number, hash=version.content_hash,
        )  # fmt: skip
        settle(version.get_absolute_url(), now=now)
        owners = User.objects.holding(OWNERS, force_id=version.force_id).exclude(pk=actor.pk)
        tell(
            owners,
            f"{actor} has put version {version.number} of the rulebook in force.",
            now=now,
            link=version.get_absolute_url(),
        )


def decline(version: PackVersion, *, actor: User, now: datetime) -> None:
    """End a proposal: its author takes it back, or another policy owner does not want it.

    Raises StaleVersion, PermissionDenied.
    """
    if not actor.has_perm("policy.prepare", version.force):
        raise PermissionDenied
    with transaction.atomic():
        PackVersion.objects.filter(pk=version.pk).move(Move.DECLINE, ended_by=actor, ended_at=now)
        record(Verb.VERSION_DECLINED, version, actor=actor, at=now, number=version.number)
        settle(version.get_absolute_url(), now=now)
        if version.author_id != actor.pk:
            tell(
                [version.author],
                f"{actor} has declined version {version.number} of the rulebook.",
                now=now,
                link=version.get_absolute_url(),
            )
    version.refresh_from_db()


def carry_over(version: PackVersion, *, actor: User, now: datetime) -> PackVersion:
    """The changes of `version` on top of what is in force now, in `actor`'s preparation.

    Where both changed the same thing, that of `version` stands. Raises VersionRefused,
    StaleVersion, PermissionDenied.
    """
    force = version.force
    if not actor.has_perm("policy.prepare", force):
        raise PermissionDenied
    active = active_version(force)
    changes = merged(changes_of(version.based_on), version.changes, changes_of(active))
    own = preparing(force, actor)
    try:
        with transaction.atomic():
            if own is not None:
                if own.pk != version.pk and compared(own):
                    raise VersionRefused(BUSY)
                return _rewrite(own, changes, based_on=active)
            return PackVersion.objects.create(
                force=force, author=actor, changes=changes, based_on=active, edits=1,
                content_hash=digest(file_pack(force), changes), created_at=now,
            )  # fmt: skip
    except IntegrityError as raced:
        raise StaleVersion from raced


def drop_changes(version: PackVersion, *, actor: User, seen: int) -> None:
    """Empty a preparation: it holds again what is in force. Raises as `propose` does."""
    if version.author_id != actor.pk or not actor.has_perm("policy.prepare", version.force):
        raise PermissionDenied
    if version.edits != seen:
        raise StaleVersion
    active = active_version(version.force)
    _rewrite(version, changes_of(active), based_on=active)


def _rewrite(
    version: PackVersion, changes: dict[str, Any], *, based_on: PackVersion | None
) -> PackVersion:
    PackVersion.objects.filter(pk=version.pk, edits=version.edits).move(
        Move.EDIT,
        changes=changes,
        based_on=based_on,
        content_hash=digest(file_pack(version.force), changes),
        edits=version.edits + 1,
    )
    version.refresh_from_db()
    return version


def put_back(force: Force, number: int, *, actor: User, now: datetime) -> PackVersion:
    """Propose an older version again as a new one; a second person activates it like any other.

    The number of the file's own version means the file as it is. Raises VersionRefused,
    StaleVersion, PermissionDenied.
    """
    if not actor.has_perm("policy.prepare", force):
        raise PermissionDenied
    older = PackVersion.objects.of(force).that_were_in_force().filter(number=number).first()
    if older is None and number != file_pack(force).version:
        raise VersionRefused("There is no such version.")
    changes, active = changes_of(older), active_version(force)
    content = digest(file_pack(force), changes)
    if content == digest(file_pack(force), changes_of(active)):
        raise VersionRefused(f"{name_of(active, force)} says the same already.")
    try:
        with transaction.atomic():
            version = PackVersion.objects.create(
                force=force, author=actor, changes=changes, based_on=active, content_hash=content,
                number=_next_number(force), state=State.PROPOSED, proposed_at=now,
                created_at=now, reason=f"Put version {number} back.",
            )  # fmt: skip
            _announce(version, actor=actor, now=now)
    except IntegrityError as raced:
        raise StaleVersion from raced
    return version
