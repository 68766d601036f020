"""A post for several accounts, and what is done with it again and again."""

from typing import Any

from django.utils import timezone

from accounts.models import SocialAccount, User
from approvals.services import (
    Seen,
    approve_centrally,
    waiting,
)
from approvals.talk import newest_of
from drafts.models import CentralPost, Draft
from drafts.services import (
    Writing,
    submit_centrally,
    write_centrally,
)
from publishing.models import Delivery
from tests.factories import CLEAN
from tests.pages import Page


def writing(accounts: list[SocialAccount], text: str = CLEAN) -> Writing:
    return Writing(text=text, account=accounts[0], category="meeting")


def made(accounts: list[SocialAccount], writer: User, text: str = CLEAN) -> CentralPost:
    return write_centrally(writing(accounts, text), accounts, author=writer, now=timezone.now())


def hand_in(central: CentralPost, actor: User, **said: Any) -> list[Draft]:
    said = {"answers": {}, "ticked": {}} | said
    return submit_centrally(central, actor=actor, now=timezone.now(), **said)


def seen(central: CentralPost) -> dict[int, Seen]:
    return {
        d.pk: Seen(d.revision_number, d.content_hash, last_comment=newest_of(d.comments.all()))
        for d in waiting(central)
    }


def approve_all(central: CentralPost, actor: User, **more: Any) -> list[Delivery]:
    said: dict[str, Any] = {"seen": seen(central), "now": timezone.now()} | more
    return approve_centrally(central, actor=actor, **said)


def states(central: CentralPost) -> set[str]:
    return set(central.drafts().values_list("state", flat=True))


def hidden(page: Page) -> dict[str, str]:
    """What the page says that it showed."""
    boxes = [box.attrs for box in page.root.all("input")]
    return {b["name"]: b["value"] for b in boxes if b.get("name", "").startswith("seen-")}
