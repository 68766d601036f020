"""What a task costs people: every tap, key and blank of it, counted by the page itself at 390 px.

How long an approver waits for the next draft is measured by `make bench-review`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from tests.browsers import PHONE
from tests.journeys.people import ASHA, PRIYA, handed_in_tweet, person
from tests.live import Live
from tests.publishing.stage import django_on

pytestmark = pytest.mark.journey

# Counts what reached the page, whoever caused it and however: a key that types is none that
# somebody has to know of.
COUNTING = """
for (const [event, kind] of [['pointerdown', 'taps'], ['keydown', 'keys']]) {
  addEventListener(event, ({ isTrusted, target }) => {
    if (!isTrusted || (kind === 'keys' && target.closest('textarea, input[type=text]'))) return
    sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind)) + 1)
  }, true)
}
addEventListener('input', ({ isTrusted, target }) => {
  if (!isTrusted || !target.matches('textarea, input[type=text]')) return
  const filled = new Set(JSON.parse(sessionStorage.getItem('filled') ?? '[]')).add(target.id)
  sessionStorage.setItem('filled', JSON.stringify([...filled]))
}, true)
"""


class Hand:
    """Somebody at a phone. What they do goes through here; `cost` is what the page saw of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.keys = self.blanks = 0
        page.add_init_script(COUNTING)
        # The page that is open now counts from its next loading on.
        page.reload()

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def write(self) -> None:
        """From My desk to an empty page, which opens with the cursor in its box."""
        self.tap(self.page.get_by_role("link", name="Write a tweet"))
        expect(self.page.get_by_label("Your tweet")).to_be_focused()

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Fill in the blank, or the box, that has the focus already."""
        self.blanks += 1
        self.page.keyboard.type(words)

    @property
    def cost(self) -> dict[str, Any]:
        """Taps and keys as the page counted them, and the fields that were typed into."""
        cost: dict[str, Any] = self.page.evaluate(
            """() => ({
              taps: Number(sessionStorage.getItem('taps')),
              keys: Number(sessionStorage.getItem('keys')),
              filled: JSON.parse(sessionStorage.getItem('filled') ?? '[]'),
            })"""
        )
        assert (cost["taps"], cost["keys"]) == (self.taps, self.keys)
        return cost


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """Asha's phone, signed in, at My desk."""
    with person(browser, live.url, ASHA, size=PHONE) as page:
        yield page


def submit_button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Submit"))


class TestAnOfficer:
    def test_reminds_of_a_meeting_with_few_taps_and_two_blanks(self, page: Page) -> None:
        hand, box = Hand(page), page.get_by_label("Your tweet")
        hand.write()
        hand.tap(page.locator("#starters").get_by_role("link", name="Meeting", exact=True))
        expect(box).to_have_value(re.compile(r"\[day\], \[time\]"))
        hand.type("Thursday 3 December")
        hand.tap(page.get_by_role("button", name=re.compile("Next blank")))
        hand.type("6pm")
        expect(box).to_have_value(re.compile(r"^Meet your team: Thursday 3 December, 6pm, [^[]+$"))
        hand.tap(submit_button(page))
        expect(page.get_by_text("Submitted.")).to_be_visible()
        assert (hand.cost["taps"], hand.blanks) == (4, 2)
        assert hand.cost["filled"] == ["id_text"]

    def test_fills_in_one_thing_to_say_something_of_their_own(self, page: Page) -> None:
        hand = Hand(page)
        hand.write()
        hand.type("The footbridge at Mill Lane is open again. #Oldermoor")
        hand.tap(submit_button(page))
        expect(page.get_by_text("Submitted.")).to_be_visible()
        assert (hand.cost["taps"], hand.blanks, hand.cost["filled"]) == (2, 1, ["id_text"])

    def test_answers_what_needs_a_reason_with_one_tap(self, page: Page) -> None:
        hand = Hand(page)
        hand.write()
        hand.type("Our shift ends at 10 on Sunday. #Oldermoor")
        before = hand.cost["taps"]
        hand.tap(page.get_by_text("Times of a public event").first)
        assert hand.cost["taps"] - before == 1
        hand.tap(submit_button(page))
        expect(page.get_by_text("Submitted.")).to_be_visible()
        assert (hand.cost["taps"], hand.cost["filled"]) == (3, ["id_text"])


class TestAnApprover:
    def test_decides_on_a_clean_draft_with_one_key(
        self, browser: Browser, live: Live, django_db_blocker: DjangoDbBlocker
    ) -> None:
        words = "Meet your team, with {}, at the library. All welcome. #Oldermoor"
        with django_db_blocker.unblock(), django_on(live.database_url):
            tweets = [handed_in_tweet(ASHA, words.format(what)) for what in ("tea", "biscuits")]
        with person(browser, live.url, PRIYA, size=PHONE) as page:
            page.goto("/review/")
            page.get_by_role("button", name="Decide with single keys").click()
            expect(page.get_by_text("Keys are on.")).to_be_visible()
            page.goto(tweets[0].replace("/drafts/", "/review/"))
            hand, here = Hand(page), page.url
            expect(page.get_by_role("button", name="Approve")).to_be_visible()
            # Whoever decides reads: nothing is approved in the first half second.
            page.wait_for_timeout(600)
            hand.press("a")
            expect(page).not_to_have_url(here)
            # The next one is on screen, with nothing more to press.
            expect(page.get_by_role("heading", level=1)).to_contain_text("Review @")
            assert (hand.cost["taps"], hand.cost["keys"]) == (0, 1)
            # Off again, for the other journeys.
            page.goto("/review/")
            page.locator("#keys-help summary").click()
            page.get_by_role("button", name="Switch keys off").click()
            expect(page.get_by_text("Keys are off.")).to_be_visible()
