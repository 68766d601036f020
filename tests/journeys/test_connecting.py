"""An account is connected on its platform's own page, and its first tweet goes out there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    COLIN,
    PRIYA,
    RUTH,
    approve_in_queue,
    give_access,
    is_accessible,
    is_whole,
    person,
    write_and_submit,
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
            give_access(page, x, HANDLE, screen="Neighbour", look=looks_right)
            expect(
                page.get_by_text(f"You gave access to @Neighbour, not to @{HANDLE}.")
            ).to_be_visible()
            looks_right(page)
            give_access(page, x, HANDLE, screen=HANDLE, look=looks_right)
            expect(page.get_by_text(f"Connected as @{HANDLE}.")).to_be_visible()
            line = page.locator(".bl-row", has_text=f"@{HANDLE} ")
            expect(line).to_contain_text("credentials stored")
        with person(browser, live.url, RUTH) as page:
            write_and_submit(page, HANDLE, TEXT)
        with person(browser, live.url, PRIYA) as page:
            approve_in_queue(page, TEXT)
        until(lambda: [tweet.text for tweet in x.posts_of(HANDLE)] == [TEXT])
