"""An account is connected on its platform's own page, and its first tweet goes out there."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    COLIN,
    PRIYA,
    RUTH,
    approve,
    is_accessible,
    is_whole,
    person,
    submit,
    type_tweet,
)
from tests.live import Live
from tests.publishing.fake_x import FakeX
from tests.publishing.stage import until

pytestmark = pytest.mark.journey
HANDLE = "KingsmarlCycle"
TEXT = "The cycle team marks bikes at the library on Thursday, 6pm. All welcome."


def looks_right(page: Page) -> None:
    """On a phone and at a desk."""
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        is_accessible(page)
        is_whole(page, width)


class TestAnAccount:
    def test_is_connected_and_posts(self, browser: Browser, live: Live, x: FakeX) -> None:
        with person(browser, live.url, COLIN) as page:
            page.goto("/connections/")
            line = page.locator(".bl-row", has_text=f"@{HANDLE} ")
            line.get_by_role("link", name="Choose the publisher").click()
            page.get_by_label("x: X, for everybody to see").check()
            looks_right(page)
            page.get_by_role("button", name="Choose").click()
            expect(page.get_by_text(f"@{HANDLE} goes out by “x” now.")).to_be_visible()
            # Somebody else is signed in on X.
            self._connect(page, x, screen="Neighbour")
            expect(
                page.get_by_text(f"You gave access to @Neighbour, not to @{HANDLE}.")
            ).to_be_visible()
            looks_right(page)
            self._connect(page, x, screen=HANDLE)
            expect(page.get_by_text(f"Connected as @{HANDLE}.")).to_be_visible()
            line = page.locator(".bl-row", has_text=f"@{HANDLE} ")
            expect(line).to_contain_text("credentials stored")
        with person(browser, live.url, RUTH) as page:
            page.goto("/write/")
            page.get_by_label("Account").select_option(label=f"@{HANDLE}")
            type_tweet(page, TEXT)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
        with person(browser, live.url, PRIYA) as page:
            page.goto("/review/")
            card = page.get_by_role("article").filter(has_text=TEXT)
            card.get_by_role("link").first.click()
            approve(page)
        until(lambda: [tweet.text for tweet in x.posts_of(HANDLE)] == [TEXT])

    def _connect(self, page: Page, x: FakeX, *, screen: str) -> None:
        x.at_the_screen = screen
        line = page.locator(".bl-row", has_text=f"@{HANDLE} ")
        line.get_by_role("link", name=re.compile("^Connect")).click()
        looks_right(page)
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Give access to @{HANDLE}")
        looks_right(page)
        page.get_by_role("button", name="Open X").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Connections")
