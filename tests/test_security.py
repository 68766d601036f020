"""Who gets which answer where: every route, every kind of person, every method; and what a page
never does, whoever asks for it and whatever was typed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import LPT, Force, Membership, SocialAccount, User
from accounts.roles import Role
from accounts.services import deactivate
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from audit.models import Record
from drafts.models import Draft, Submission
from drafts.services import Writing, check_content, content_of, save, write
from drafts.workflow import State
from incidents.models import Hold, HoldKind
from incidents.services import place
from notices.services import tell
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import Scene, UserFactory, approve_it, handed_in, submitted, written
from tests.pages import Element, Page
from tests.publishing.fixtures import ledger
from tests.test_architecture import routes

__all__ = ["ledger"]

pytestmark = pytest.mark.django_db


class World(NamedTuple):
    """One force with everybody in it, and one thing of each kind for every address."""

    people: dict[str, User]
    written: Draft
    submitted: Draft
    approved: Draft
    delivery: Delivery
    hold: Hold
    scene: Scene


def world() -> World:
    scene, abroad = Scene(), Scene()
    author, wrote = scene.person(), scene.person(Role.COMMS_APPROVER)
    duty, approver = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
    now = timezone.now()

    def by_both() -> Draft:
        draft = written(scene, author=author, text="First words")
        writing = Writing(text="Meet us at the library.", account=draft.account, category="meeting")
        return save(draft, writing, actor=wrote, revision_number=1, now=now)

    in_review, going_out, stopped = (handed_in(by_both()) for _ in range(3))
    for draft in (going_out, stopped):
        approve_it(draft, by=duty)
    delivery = stopped.deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.MISSED)
    hold = place(kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=duty, now=now)
    people = {
        "ano": UserFactory.build(),
        "aut": author,
        "off": scene.person(),
        "oth": scene.person(lpt=scene.other_account().lpt),
        "sup": scene.person(Role.LPT_SUPERVISOR),
        "app": approver,
        "wro": wrote,
        "abr": abroad.person(Role.COMMS_APPROVER),
        "adm": scene.person(Role.COMMS_ADMIN),
        "own": scene.person(Role.POLICY_OWNER),
        "dis": scene.person(Role.COMMS_APPROVER),
        "nob": UserFactory.create(),
    }
    return World(people, by_both(), in_review, going_out, delivery, hold, scene)


def visit(client: Client, who: str, world: World) -> None:
    """Make `client` the one of that person, as far as they get."""
    client.logout()
    if who != "ano":
        client.force_login(world.people[who])
    if who == "dis":
        deactivate(world.people[who], actor=None, now=timezone.now())


# What each address is asked about, and what a press on its button sends.
def address(name: str, world: World) -> str:
    about: dict[str, int] = {
        "insights:draft": world.submitted.pk,
        "drafts:edit": world.written.pk,
        "drafts:discard": world.written.pk,
        "drafts:withdraw": world.submitted.pk,
        "drafts:copy": world.submitted.pk,
        "approvals:review": world.submitted.pk,
        "approvals:reopen": world.approved.pk,
        "approvals:stop": world.approved.pk,
        "publishing:answer": world.delivery.pk,
        "incidents:release": world.hold.pk,
    }
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "set-password"})
    return reverse(name, args=[about[name]] if name in about else [])


def sent(name: str, world: World) -> dict[str, Any]:
    draft = world.submitted
    forms: dict[str, dict[str, Any]] = {
        "drafts:write": {"text": "Mine", "account": world.scene.account.pk, "when": "asap"},
        "drafts:check": {"text": "Mine"},
        "drafts:edit": {
            "text": "Mine",
            "account": world.scene.account.pk,
            "when": "asap",
            "revision": world.written.revision_number,
        },
        "approvals:review": {
            "decision": "approve",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
        },
        "publishing:answer": {
            "answer": "drop",
            "evidence": "I looked.",
            "fence": world.delivery.fence,
        },
        "publishing:inject-fault": {"kind": "refusal"},
        "incidents:list": {
            "kind": "hold",
            "scope": f"lpt-{world.scene.lpt.pk}",
            "reason": "Wait.",
        },
    }
    return forms.get(name, {})


# People: ano anonymous, aut the author, off an officer of the same team, oth of another team,
# sup its supervisor, app an approver, wro an approver who wrote a version of it, abr an approver
# of another force, adm a comms admin, own a policy owner, dis an approver disabled since their
# last request, nob somebody without any role. A star: something was done and stands in the trail.
TABLE = """
TABLE_GOES_HERE
"""
PEOPLE = "ano aut off oth sup app wro abr adm own dis nob".split()


def cells() -> Iterator[tuple[str, str, dict[str, str]]]:
    for line in TABLE.strip().splitlines():
        name, method, *answers = line.split()
        yield name, method, dict(zip(PEOPLE, answers, strict=True))


def answer(client: Client, name: str, method: str, who: str, world: World) -> str:
    """The status that this person gets, with a star when something was done."""
    cache.clear()
    with transaction.atomic():
        visit(client, who, world)
        before = Record.objects.count()
        data = sent(name, world) if method == "POST" else {}
        response = client.generic_request(method, address(name, world), data)
        done = "*" if Record.objects.count() > before else ""
        transaction.set_rollback(True)
    return f"{response.status_code}{done}"


if __name__ == "__main__":
    pass
