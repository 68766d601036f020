"""After publishing, and from the centre: taken down, sent past the product, on every account."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import COLIN, PRIYA, RUTH, approve, is_accessible, is_whole, person
from tests.live import Live

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])


def looks_right(page: Page) -> None:
    is_accessible(page)
    viewport = page.viewport_size
    assert viewport
    is_whole(page, viewport["width"])


class TestATweetThatHasToGo:
    def test_is_gone_with_two_taps_from_its_page(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, "Devan Moorcroft", size=PHONE) as page:
            page.goto("/drafts/?state=approved")
            page.get_by_role("link", name=re.compile("Good result: a 41-year-old")).click()
            taps = 0
            page.get_by_role("link", name="Take it down").click()
            taps += 1
            looks_right(page)
            page.get_by_role("button", name="It could harm a court case").click()
            taps += 1
            expect(page.get_by_text("The platform deleted it.").last).to_be_visible(timeout=10_000)
            assert taps == 2
            looks_right(page)
            page.goto("/practice-timeline/")
            expect(page.get_by_text("Good result: a 41-year-old")).to_have_count(0)
        with person(browser, live.url, RUTH) as page:
            gone = page.get_by_role("listitem").filter(has_text="@KingsmarlLPT is gone")
            gone.get_by_role("link").first.click()
            expect(page.get_by_text("The platform deleted it.").last).to_be_visible()
            page.get_by_role("button", name="Write a correction").click()
            expect(page.get_by_text("A correction:")).to_be_visible()
            looks_right(page)


@BOTH
class TestAPostPastTheProduct:
    def test_is_found_and_explained(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = f"Posted in a hurry at {size[0]} wide."
        with person(browser, live.url, COLIN, size=size) as page:
            page.goto("/practice-timeline/")
            page.get_by_text("Post past Blue Lamp").click()
            page.get_by_label("What does it say?").fill(text)
            page.get_by_role("button", name="Post it").click()
            found = page.locator(".bl-past", has_text=text)
            for _ in range(60):
                page.goto("/sent-past/")
                if found.count():
                    break
                page.wait_for_timeout(500)
            found.get_by_text("We know what it was").click()
            looks_right(page)
            found.get_by_label("One of us posted it by hand").check()
            found.get_by_role("button", name="Put it on record").click()
            expect(page.get_by_role("alert").first).to_contain_text("Say who posted it.")
            looks_right(page)
            found.get_by_label("Who posted it?").fill("Sergeant Marsh")
            found.get_by_role("button", name="Put it on record").click()
            answered = page.locator(".bl-row", has_text=text)
            expect(answered).to_contain_text("Sergeant Marsh")
            looks_right(page)


@BOTH
class TestAPostForSeveralAccounts:
    def test_is_written_once_and_approved_once(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = f"The clocks go back on Sunday. Check your lights, {size[0]} times."
        with person(browser, live.url, RUTH, size=size) as page:
            page.goto("/central/write/")
            page.get_by_label("Your tweet").fill(text)
            for handle in ("@BrackenfordLPT", "@KingsmarlLPT"):
                page.get_by_label(handle).check()
            page.get_by_label("Tomorrow at 08:00").check()
            looks_right(page)
            page.get_by_role("button", name=re.compile("^Submit")).click()
            expect(page.get_by_text("so somebody else must decide on it")).to_be_visible()
            looks_right(page)
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto("/review/")
            card = page.get_by_role("article").filter(has_text=text)
            card.get_by_role("link").click()
            expect(page.get_by_text("One decision for 2 accounts")).to_be_visible()
            looks_right(page)
            approve(page)
            expect(page.get_by_text("Approved on every account.")).to_be_visible()
            expect(page.locator(".bl-state--queued")).to_have_count(2)
            looks_right(page)
