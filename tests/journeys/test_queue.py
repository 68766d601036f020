"""The review queue as somebody works through it: by keyboard alone, several at once, in company."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    ASHA,
    PRIYA,
    RUTH,
    fits,
    handed_in_tweet,
    is_accessible,
    person,
    submitted_tweet,
)
from tests.live import Live, live_server
from tests.publishing.stage import django_on

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
# Nothing in the rulebook of the demonstration has anything to say to it.
TWEET = (
    "Meet your team: surgery this Thursday, {}pm, Oldermoor Library. {} Details: "
    "https://marlshire.example.org/oldermoor #Oldermoor"
)


def tweets(count: int, words: str) -> list[str]:
    return [TWEET.format(hour, words) for hour in range(1, count + 1)]


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A force of this file's own: its queue is worked through to the end."""
    with live_server(BLUELAMP_STOP_WINDOW="2") as running:
        yield running


@BOTH
class TestSeveralAtOnce:
    def test_are_read_and_approved_on_one_page(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        texts = tweets(2, f"{size[0]} seats.")
        for text in texts:
            submitted_tweet(browser, live.url, ASHA, text)
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto("/review/")
            for text in texts:
                card = page.get_by_role("article").filter(has_text=text)
                card.get_by_label("Decide together with others").check()
            fits(page, size)
            page.get_by_role("button", name="Decide on the ticked drafts together").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("2 drafts together")
            fits(page, size)
            ready(page)
            page.get_by_role("button", name="Approve those that I have read").click()
            expect(page.get_by_role("alert")).to_contain_text("Tick each tweet that you have read")
            fits(page, size)
            for box in page.get_by_label("I have read this tweet to its end").all():
                box.check()
            ready(page)
            page.get_by_role("button", name="Approve those that I have read").click()
            expect(page.get_by_text("Approved: 2 drafts.")).to_be_visible()


@BOTH
class TestAViewOfOneSOwn:
    def test_is_kept_and_dropped(self, browser: Browser, live: Live, size: tuple[int, int]) -> None:
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto("/review/?found=clean")
            if size == PHONE:
                # What was found comes first there.
                page.get_by_text("Filter", exact=True).click()
            page.get_by_label("Keep this view as").fill("Clean ones")
            page.get_by_role("button", name="Keep").click()
            expect(page.get_by_text("Kept as “Clean ones”.")).to_be_visible()
            fits(page, size)
            page.goto("/review/")
            page.get_by_role("link", name="Clean ones").click()
            expect(page).to_have_url(re.compile(r"found=clean"))
            page.get_by_role("button", name="Drop the view Clean ones").click()
            expect(page.get_by_text("The view is gone.")).to_be_visible()


class TestInCompany:
    def test_what_others_do_is_seen_without_losing_one_s_place(
        self, browser: Browser, live: Live
    ) -> None:
        with (
            person(browser, live.url, PRIYA) as page,
            person(browser, live.url, RUTH) as other,
        ):
            page.goto("/review/")
            first = page.locator(".bl-queue__cards .bl-card__link").first
            href = first.get_attribute("href")
            other.goto(href or "")
            expect(page.get_by_text(f"{RUTH} opened this")).to_be_visible(timeout=30_000)
            expect(first).to_be_visible()


class TestByKeyboard:
    @pytest.fixture
    def waiting(self, live: Live, django_db_blocker: DjangoDbBlocker) -> Callable[[str, int], None]:
        """Lets so many tweets with these words wait."""

        def waiting(words: str, count: int) -> None:
            with django_db_blocker.unblock(), django_on(live.database_url):
                for text in tweets(count, words):
                    handed_in_tweet(ASHA, text)

        return waiting

    def test_a_clean_one_takes_one_key_and_the_next_is_there(
        self, browser: Browser, live: Live, waiting: Callable[[str, int], None]
    ) -> None:
        waiting("Bring your keyboard.", 3)
        with person(browser, live.url, PRIYA) as page:
            switch_keys_on(page)
            page.goto("/review/?q=keyboard")
            expect(page.locator(".bl-card")).to_have_count(3)
            ready(page)
            page.keyboard.press("?")
            expect(page.get_by_text("next and previous tweet")).to_be_visible()
            is_accessible(page)
            page.keyboard.press("?")
            page.keyboard.press("j")
            page.keyboard.press("j")
            page.keyboard.press("k")
            first = page.locator(".bl-card").first
            expect(first).to_be_focused()
            words = first.locator(".bl-card__text").inner_text()
            # One key, and the same part of the queue is there again, at the next one.
            page.keyboard.press("a")
            expect(page.locator(".bl-stop").filter(has_text=words[:40])).to_be_visible()
            expect(page.locator(".bl-card")).to_have_count(2)
            expect(page).to_have_url(re.compile("q=keyboard"))
            expect(page.locator(".bl-card").first).to_be_focused()

            # Opened, approved by one key: the next one that waits is on screen.
            page.keyboard.press("o")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Review @")
            here = page.url
            ready(page)
            page.keyboard.press("a")
            expect(page).not_to_have_url(here)
            expect(page).to_have_url(re.compile(r"/review/\d+/"))

            # Returned by keys alone.
            page.goto("/review/?q=keyboard")
            page.keyboard.press("j")
            page.keyboard.press("r")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Review @")
            expect(page.get_by_role("radio").first).to_be_focused()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Returned to PC Asha Tindall")).to_be_visible()
            page.goto("/review/?q=keyboard")
            expect(page.get_by_text("Nothing matches these filters")).to_be_visible()

    def test_several_are_ticked_and_decided_on_together(
        self, browser: Browser, live: Live, waiting: Callable[[str, int], None]
    ) -> None:
        waiting("Several keys.", 6)
        with person(browser, live.url, PRIYA) as page:
            switch_keys_on(page)
            heading = page.get_by_role("heading", level=1)

            # Two are returned.
            page.goto("/review/?q=several")
            tick_two(page)
            page.keyboard.press("r")
            expect(heading).to_have_text("2 drafts together")
            expect(page.get_by_role("radio").first).to_be_focused()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Returned: 2 drafts.")).to_be_visible()

            # Two are rejected, in words of one's own.
            page.goto("/review/?q=several")
            tick_two(page)
            page.keyboard.press("x")
            expect(heading).to_have_text("2 drafts together")
            expect(page.locator(".bl-choice--reject").get_by_role("radio").first).to_be_focused()
            page.keyboard.press("Space")
            page.keyboard.press("Tab")
            page.keyboard.type("The meeting is called off.")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Rejected: 2 drafts.")).to_be_visible()

            # Approved is only what was ticked as read, with all of it on screen.
            page.goto("/review/?q=several")
            page.keyboard.press("j")
            page.keyboard.press("t")
            page.keyboard.press("a")
            expect(heading).to_have_text("1 draft together")
            page.keyboard.press("?")
            expect(page.get_by_text("approve those that you have read")).to_be_visible()
            fits(page, DESKTOP)
            page.keyboard.press("?")
            page.keyboard.press("j")
            page.keyboard.press("t")
            expect(page.get_by_label("I have read this tweet to its end")).to_be_checked()
            ready(page)
            page.keyboard.press("a")
            expect(page.get_by_text("Approved: 1 draft.")).to_be_visible()

    def test_no_key_decides_what_was_not_on_screen_in_full(
        self, browser: Browser, live: Live, waiting: Callable[[str, int], None]
    ) -> None:
        waiting("As seen.", 1)
        with person(browser, live.url, PRIYA, size=(600, 200)) as page:
            switch_keys_on(page)
            page.goto("/review/?q=seen")
            ready(page)
            page.keyboard.press("j")
            page.keyboard.press("a")
            page.wait_for_timeout(500)
            page.goto("/review/?q=seen")
            expect(page.locator(".bl-card")).to_have_count(1)


def tick_two(page: Page) -> None:
    for key in "jtjt":
        page.keyboard.press(key)
    expect(page.get_by_label("Decide together with others").nth(1)).to_be_checked()


def ready(page: Page) -> None:
    """Nothing is approved in the first half second of a page."""
    page.wait_for_timeout(550)


def switch_keys_on(page: Page) -> None:
    page.goto("/review/")
    switch = page.get_by_role("button", name="Decide with single keys")
    if switch.count():
        switch.press("Enter")
        expect(page.get_by_text("Keys are on. Press ? to see them.")).to_be_visible()
