"""Policy owners at work: short ways through the services."""

from typing import Any

from django.utils import timezone

from accounts.models import Force, User
from accounts.roles import Role
from policy.core import Severity
from policy.models import PackVersion
from policy.services import activate, keep_trial, preparing, propose, set_rule
from tests.factories import Scene


def owner(scene: Scene, **person: Any) -> User:
    return scene.person(Role.POLICY_OWNER, **person)


def prepared(
    force: Force,
    author: User,
    *,
    rule: str = "hashtags-max",
    severity: Severity = Severity.ADVISE,
    **params: Any,
) -> PackVersion:
    """What `author` prepares, with one more rule changed in it."""
    own = preparing(force, author)
    return set_rule(
        force,
        rule,
        severity=severity,
        params=params or ({"max": 3} if rule == "hashtags-max" else {}),
        actor=author,
        seen=own.edits if own else 0,
        now=timezone.now(),
    )


def proposed(force: Force, author: User, *, reason: str = "A try.", **rule: Any) -> PackVersion:
    version = prepared(force, author, **rule)
    now = timezone.now()
    return propose(version, actor=author, reason=reason, seen=version.edits, now=now)


def tried(version: PackVersion, by: User) -> PackVersion:
    keep_trial(
        version, actor=by, looked_at=0, result={"counts": {}, "rows": []}, now=timezone.now()
    )
    return version


def put_in_force(version: PackVersion, by: User) -> PackVersion:
    activate(tried(version, by), actor=by, seen=version.content_hash, now=timezone.now())
    return version
