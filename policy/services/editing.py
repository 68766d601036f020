"""Changing rules, lists and numbers in the version that somebody prepares."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Force, User
from policy.core import Pack, PackError, Severity
from policy.core.changes import ADD, REMOVE, Flat, changed, digest, flatten, nested
from policy.core.pack import ParamValue
from policy.core.registers import BY_NAME, check_entry, entry_of, is_same
from policy.models import PackVersion
from policy.services.rulebook import file_pack, version_pack
from policy.services.versions import active_version, changes_of, preparing
from policy.workflow import Move, StaleVersion

Edit = Callable[[Flat], None]


def set_rule(
    force: Force,
    rule_id: str,
    *,
    severity: Severity,
    params: Mapping[str, ParamValue],
    actor: User,
    seen: int,
    now: datetime,
) -> PackVersion:
    """Give a rule another weight or other limits in `actor`'s version.

    `seen` is the count of edits that the page showed. Raises PackError, StaleVersion,
    PermissionDenied.
    """
    setting = file_pack(force).rules[rule_id]

    def edit(flat: Flat) -> None:
        _put(flat, ("rules", rule_id, "severity"), severity.value, setting.severity.value)
        for name, value in params.items():
            written = list(value) if isinstance(value, tuple) else value
            default = setting.params.get(name)
            was = list(default) if isinstance(default, tuple) else default
            _put(flat, ("rules", rule_id, "params", name), written, was)

    return _edit(force, edit, actor=actor, seen=seen, now=now)


def set_numbers(
    force: Force,
    *,
    limits: Mapping[str, int],
    reporting: Mapping[str, str],
    silence: Mapping[str, int],
    actor: User,
    seen: int,
    now: datetime,
) -> PackVersion:
    """Set the longest tweets, where crimes are reported, and when silence is told of.

    Raises as `set_rule`.
    """
    pack = file_pack(force)

    def edit(flat: Flat) -> None:
        for platform, limit in pack.limits.items():
            _put(flat, ("limits", platform.value), limits[platform.value], limit)
        for part in ("non_emergency", "emergency", "page"):
            _put(flat, ("reporting", part), reporting[part], getattr(pack.reporting, part))
        for step, days in silence.items():
            _put(flat, ("silence", step), days, getattr(pack.silence, step))

    return _edit(force, edit, actor=actor, seen=seen, now=now)


def _put(flat: Flat, key: tuple[str, ...], value: Any, default: Any) -> None:
    # What is as in the file follows the file.
    if value == default:
        flat.pop(key, None)
    else:
        flat[key] = value


def add_entry(
    force: Force, name: str, left: str, right: str = "", *, actor: User, seen: int, now: datetime
) -> str:
    """Put an entry on a list in `actor`'s version; return it in the form that lists hold.

    `right` is the second half of a pair. Raises as `set_rule`.
    """
    entry = entry_of(BY_NAME[name], left, right)
    check_entry(working_pack(force, actor), name, entry)
    in_file = any(is_same(entry, known) for known in file_pack(force).lists[name])

    def edit(flat: Flat) -> None:
        _forget(flat, name, entry)
        if not in_file:
            flat["lists", name, entry] = ADD

    _edit(force, edit, actor=actor, seen=seen, now=now)
    return entry


def remove_entry(
    force: Force, name: str, entry: str, *, actor: User, seen: int, now: datetime
) -> None:
    """Take an entry off a list in `actor`'s version. Raises as `set_rule`."""
    if any(is_same(entry, own) for own in own_entries(force, name)):
        raise _error(name, "This belongs to the force or a partner. A comms admin looks after it.")
    if not any(is_same(entry, known) for known in working_pack(force, actor).lists[name]):
        raise _error(name, "This entry is not in the list any more.")
    in_file = any(is_same(entry, known) for known in file_pack(force).lists[name])

    def edit(flat: Flat) -> None:
        _forget(flat, name, entry)
        if in_file:
            flat["lists", name, entry] = REMOVE

    _edit(force, edit, actor=actor, seen=seen, now=now)


def own_entries(force: Force, name: str) -> tuple[str, ...]:
    """What is on the list because of the force's record, and so in every version of it."""
    in_file = file_pack(force).lists[name]
    return tuple(e for e in version_pack(force, None).lists[name] if e not in in_file)


def _error(name: str, sentence: str) -> PackError:
    return PackError(sentence, sentence=sentence, key=f"lists.{name}")


def _forget(flat: Flat, name: str, entry: str) -> None:
    for key in [k for k in flat if k[:2] == ("lists", name) and is_same(k[2], entry)]:
        del flat[key]


def working_pack(force: Force, person: User) -> Pack:
    """The pack as `person` has it in preparation, else as it is in force."""
    return version_pack(force, preparing(force, person) or active_version(force))


def _edit(force: Force, edit: Edit, *, actor: User, seen: int, now: datetime) -> PackVersion:
    if not actor.has_perm("policy.prepare", force):
        raise PermissionDenied
    pack = file_pack(force)
    try:
        with transaction.atomic():
            version = preparing(force, actor) or _begun(force, actor, now)
            if version.edits != seen:
                raise StaleVersion
            flat = flatten(version.changes)
            edit(flat)
            changes = nested(flat)
            changed(pack, changes)
            PackVersion.objects.filter(pk=version.pk, edits=seen).move(
                Move.EDIT, changes=changes, content_hash=digest(pack, changes), edits=seen + 1
            )
    except IntegrityError as raced:
        # Another tab began the version in the same moment.
        raise StaleVersion from raced
    version.refresh_from_db()
    return version


def _begun(force: Force, actor: User, now: datetime) -> PackVersion:
    active = active_version(force)
    changes = changes_of(active)
    return PackVersion.objects.create(
        force=force, author=actor, based_on=active, changes=changes, created_at=now,
        content_hash=digest(file_pack(force), changes),
    )  # fmt: skip
