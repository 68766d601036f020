"""Asking one cell of the matrix, and which routes there are to ask."""

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

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
