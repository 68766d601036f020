"""Asking one cell of the matrix, and which routes there are to ask."""

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.sign_in.sessions import SIGNED_IN_AT
from audit.models import Record
from tests.security.addresses import address
from tests.security.answers import DECLARED
from tests.security.sending import sent
from tests.security.world import World, become
from tests.test_architecture import ALLAUTH, PUBLIC, routes

# Where nobody has to be signed in.
OPEN = PUBLIC | {name for name, needs_sign_in in ALLAUTH.items() if not needs_sign_in}
# What nobody does who has not shown lately who they are.
DANGEROUS = {
    "incidents:release",
    "lifecycle:unfreeze",
    "publishing:credentials",
    "publishing:connect",
    "publishing:choose-publisher",
    "publishing:reveal",
    "approvals:change-route",
    "approvals:change-team-route",
    "approvals:leaver",
    "people:add",
    "people:change",
    "people:give-role",
    "people:end-role",
    "people:import",
    "people:second-factor",
    "people:force",
}
OURS = sorted(DECLARED.keys() - ALLAUTH.keys())
NAMES = [name for name, _ in routes(get_resolver().url_patterns)]


def ask(name: str, method: str, who: str, world: World) -> str:
    """The status that this person gets, with a star when something was done."""
    cache.clear()
    client = Client()
    with transaction.atomic():
        become(client, who, world)
        before = Record.objects.count()
        data = sent(name, world) if method == "post" else {}
        response = getattr(client, method)(address(name, world), data)
        done = "*" if Record.objects.count() > before else ""
        transaction.set_rollback(True)
    return f"{response.status_code}{done}"


def other_method(name: str, who: str) -> int:
    """The status for a method that the page does not have: permission is asked first."""
    get, post = (DECLARED[name][method][who] for method in ("get", "post"))
    refused = 403 if get == "403" else 405
    return 419 if post == "419" else refused


def hurried(client: Client, name: str, who: str, world: World) -> Any:
    """What somebody is answered who presses the button an hour after they signed in."""
    become(client, who, world)
    client.get(reverse("insights:desk"))
    session = client.session
    session[SIGNED_IN_AT] -= 3600
    session.save()
    return client.post(address(name, world), sent(name, world))


def asks_again(answer: Any) -> bool:
    """Whether that leads to showing once more who it is."""
    location: str = answer.headers.get("Location", "")
    return location.startswith(reverse("account_reauthenticate"))
