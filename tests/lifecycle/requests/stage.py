"""What the tests of requests for accounts share."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import LPT, User
from lifecycle.models import QUESTIONS, AccountRequest
from lifecycle.services import Wish, ask, support, write_request
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import MembershipFactory, again

CASE = {name: f"Because of {name}." for name in QUESTIONS}

WISH = Wish(handle="KingsmarlFete", case=CASE)

PATH = "/account-requests/"


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def written(officer: User, wish: Wish = WISH) -> AccountRequest:
    return write_request(wish, membership=officer.current_memberships[0], now=database_now())


def asked(officer: User, wish: Wish = WISH) -> AccountRequest:
    request = written(officer, wish)
    ask(request, actor=officer, now=database_now())
    return fresh(request)


def supported(officer: User, by: User) -> AccountRequest:
    request = asked(officer)
    support(request, actor=by, seen=1, now=database_now())
    return fresh(request)


def fresh(request: AccountRequest) -> AccountRequest:
    return AccountRequest.objects.with_people().get(pk=request.pk)


def moved(person: User, into: LPT) -> User:
    """`person`, who is in another team from today on."""
    person.memberships.update(until=yesterday())
    MembershipFactory.create(person=person, force=into.force, lpt=into)
    return again(person)


def told(person: User, request: AccountRequest) -> list[str]:
    """What this person was told of the request, the latest first."""
    about = Notice.objects.for_person(person.pk).filter(link=request.get_absolute_url())
    return [notice.text for notice in about.order_by("-pk")]


TYPED: dict[str, Any] = {
    "handle": "@KingsmarlFete", "platform": "x", "kind": "lpt", "guidance": "on", "do": "ask",
    **CASE,
}  # fmt: skip
