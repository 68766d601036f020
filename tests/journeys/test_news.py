"""Communications when news breaks: look at what would go out, move it, say it is settled."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import RUTH, is_accessible, is_whole, person
from tests.live import Live

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
class TestWhenNewsBreaks:
    def test_what_would_go_out_is_moved_from_one_page(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        with person(browser, live.url, RUTH, size=size) as page:
            page.goto("/deliveries/")
            page.get_by_role("link", name="News breaks").click()
            page.get_by_label("All of", exact=False).check()
            page.get_by_label("Due").select_option("")
            page.get_by_role("button", name="Show what would go out").click()
            ticks = page.locator("input[name=pick]")
            expect(ticks.nth(1)).to_be_visible()
            count = ticks.count()
            is_accessible(page)
            is_whole(page, size[0])
            ticks.first.uncheck()
            page.get_by_label("Move the ticked ones by some hours").check()
            page.get_by_label("By how many hours?").fill("6")
            page.get_by_label("Why?").fill("A siege in the town.")
            page.get_by_role("button", name="Do it now").click()
            moved = f"{count - 1} tweets? moved. Their authors have been told."
            expect(page.get_by_text(re.compile(moved))).to_be_visible()
            is_accessible(page)

    def test_one_tweet_has_its_time_moved(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        with person(browser, live.url, RUTH, size=size) as page:
            page.goto("/deliveries/")
            page.get_by_role("link", name="Move its time").last.click()
            is_accessible(page)
            page.get_by_label("New time").fill("23:59")
            page.get_by_label("Why?").fill("The fair was moved.")
            page.get_by_role("button", name="Move it").click()
            expect(page.get_by_text("Moved. Its approval stands")).to_be_visible()
            expect(page.get_by_text("Given a new time. The fair was moved.").first).to_be_visible()

    def test_a_stopped_tweet_says_where_to_look(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        with person(browser, live.url, RUTH, size=size) as page:
            page.goto("/deliveries/")
            first = page.locator(".bl-situation").first
            expect(first).to_contain_text("Nobody knows whether it is public.")
            expect(first.get_by_role("link", name="opens in a new tab")).to_be_visible()
