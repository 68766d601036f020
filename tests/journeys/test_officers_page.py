"""The officer's page: started with a tap, filled in blank by blank, mended with one press."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsers import PHONE
from tests.journeys.people import ASHA, CALLUM, is_accessible, person, submit, type_tweet
from tests.live import Live

pytestmark = pytest.mark.journey

MANY = (
    "Our shift ends at 10, signing off at 11. #One #Two #Three #Four #Five RESTRICTED: see"
    " tickets.example.com and gr\u200beat w\u043erk. " + "Lock your shed tonight. " * 12
)


def box(page: Page) -> Locator:
    return page.get_by_label("Your tweet")


def chip(page: Page, label: str) -> Locator:
    return page.locator("#starters").get_by_role("link", name=label, exact=True)


def selected(page: Page) -> str:
    words: str = page.evaluate("getSelection().toString()")
    return words


def value(page: Page) -> str:
    return box(page).input_value()


class TestAMeetingOnAPhone:
    def test_takes_six_taps_at_most_and_two_blanks(self, browser: Browser, live: Live) -> None:
        taps = blanks = 0
        with person(browser, live.url, ASHA, size=PHONE) as page:

            def tap(target: Locator) -> None:
                nonlocal taps
                taps += 1
                target.click()

            def fill_in(words: str) -> None:
                nonlocal blanks
                blanks += 1
                assert re.fullmatch(r"\[.+\]", selected(page))
                page.keyboard.type(words)

            tap(page.get_by_role("link", name="Write", exact=True))
            tap(chip(page, "Meeting"))
            fill_in("Thursday")
            tap(page.get_by_role("button", name="Next blank"))
            fill_in("6pm to 7pm")
            expect(page.get_by_role("button", name="Next blank")).to_be_hidden()
            tap(page.get_by_role("button", name=re.compile("^Submit")))
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.locator(".bl-tweet__text")).to_contain_text(
                "Meet your team: Thursday, 6pm to 7pm, Oldermoor Library."
            )
            assert taps <= 6
            assert blanks == 2


class TestAChip:
    def test_fills_an_empty_box_without_loading_a_page(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            page.evaluate("window.same = true")
            chip(page, "Meeting").click()
            expect(box(page)).to_have_value(re.compile("^Meet your team: "))
            expect(page.get_by_label("Kind of tweet")).to_have_value("meeting")
            expect(page.locator("#check")).to_contain_text("We take this as Meeting")
            # What was only put there may be replaced unasked.
            chip(page, "Traffic").click()
            expect(box(page)).to_have_value(re.compile("is closed between"))
            assert page.evaluate("window.same")
            is_accessible(page)

    def test_asks_before_it_replaces_what_somebody_typed(
        self, browser: Browser, live: Live
    ) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "My own words.")
            chip(page, "Meeting").click()
            expect(box(page)).to_have_value("My own words.")
            is_accessible(page)
            page.get_by_role("button", name="Keep my text").click()
            expect(box(page)).to_have_value("My own words.")
            chip(page, "Meeting").click()
            page.get_by_role("button", name="Replace it").click()
            expect(box(page)).to_have_value(re.compile("^Meet your team: "))
            page.keyboard.press("Control+z")
            expect(box(page)).to_have_value("My own words.")

    def test_without_words_sets_the_kind_and_keeps_the_text(
        self, browser: Browser, live: Live
    ) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "My own words.")
            chip(page, "Retweet force").click()
            expect(page.locator("#check")).to_contain_text("We take this as Retweet")
            expect(box(page)).to_have_value("My own words.")

    def test_with_several_opens_them(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA, size=PHONE) as page:
            page.goto("/write/")
            page.locator("#starters summary", has_text="More").click()
            is_accessible(page)
            chip(page, "Weather").click()
            expect(page.get_by_label("Kind of tweet")).to_have_value("weather")
            expect(chip(page, "Weather")).to_be_hidden()

    def test_works_without_a_script(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA, javascript=False) as page:
            page.goto("/write/")
            chip(page, "Meeting").click()
            expect(box(page)).to_have_value(re.compile("^Meet your team: "))
            submit(page)
            expect(page.get_by_role("alert").first).to_contain_text("still has to be filled in")


class TestTheTeamsSignature:
    def test_goes_under_the_tweet_with_one_press(self, browser: Browser, live: Live) -> None:
        words, signed = "Come and see us.", "Come and see us. – Oldermoor team"
        with person(browser, live.url, ASHA, size=PHONE) as page:
            page.goto("/write/")
            type_tweet(page, words)
            add = page.get_by_role("button", name="Add “– Oldermoor team”")
            add.click()
            expect(box(page)).to_have_value(signed)
            # The rulebook has read it, and there is nothing left to add.
            expect(add).to_have_count(0)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.locator(".bl-tweet__text")).to_have_text(signed)
        with person(browser, live.url, ASHA, javascript=False) as page:
            page.goto("/write/")
            box(page).fill(words)
            page.get_by_role("button", name="Add the team’s signature to the end").click()
            expect(box(page)).to_have_value(signed)


class TestTheTabKey:
    def test_goes_from_blank_to_blank_and_then_on(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            chip(page, "Meeting").click()
            first = selected(page)
            page.keyboard.press("Tab")
            second = selected(page)
            assert first != second
            assert re.fullmatch(r"\[.+\]", second)
            page.keyboard.press("Tab")
            expect(box(page)).not_to_be_focused()

    def test_is_an_ordinary_key_without_blanks(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            box(page).press_sequentially("No blank here")
            page.keyboard.press("Tab")
            expect(box(page)).not_to_be_focused()


class TestAFix:
    @pytest.mark.parametrize(
        ("text", "press", "becomes"),
        [
            ("Well done #A1 #B2 #C3 #D4", "Use “D4”", "Well done #A1 #B2 #C3 D4"),
            ("Well done #A1 #B2 #C3 #D4", "Take out “#D4”", "Well done #A1 #B2 #C3"),
            ("Meet us at the lib\u200brary.", "Clean text", "Meet us at the library."),
        ],
    )
    def test_can_be_undone(
        self, browser: Browser, live: Live, text: str, press: str, becomes: str
    ) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, text)
            page.get_by_role("button", name=press).click()
            expect(box(page)).to_have_value(becomes)
            page.keyboard.press("Control+z")
            expect(box(page)).to_have_value(text)

    def test_mends_every_place_at_once(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, CALLUM) as page:
            page.goto("/write/")
            type_tweet(page, "P\u043elice surgery, Old\u0435rmoor 🚓 P\u043elice welcome")
            page.get_by_role("button", name="Clean all of it").click()
            expect(box(page)).to_have_value("Police surgery, Oldermoor 🚓 Police welcome")
            expect(page.locator("#check")).to_contain_text("Nothing stops you from submitting")


class TestManyFindings:
    @pytest.mark.parametrize("size", [PHONE, (1280, 900)])
    def test_are_readable(self, browser: Browser, live: Live, size: tuple[int, int]) -> None:
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto("/write/")
            type_tweet(page, MANY)
            folds = page.locator(".bl-finding__fold")
            expect(folds.nth(4)).to_be_visible()
            opened: Callable[[], list[bool]] = lambda: folds.evaluate_all(  # noqa: E731
                "all => all.map(one => one.open)"
            )
            assert opened()[:4] == [True, True, True, False]
            is_accessible(page)
            folds.nth(3).locator("> summary").click()
            folds.nth(0).locator("> summary").click()
            # The next check leaves open and closed what somebody opened and closed.
            with page.expect_response(lambda answer: answer.url.endswith("/write/check/")):
                box(page).press("End")
                page.keyboard.type(" Now")
            expect(page.locator("#count")).to_contain_text("too many")
            assert opened()[:4] == [False, True, True, True]
            submit(page)
            expect(page.get_by_role("alert").first).to_be_visible()
            is_accessible(page)

    def test_of_one_rule_are_answered_with_one_tap(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA, size=PHONE) as page:
            page.goto("/write/")
            type_tweet(page, "Our shift ends at 10. Only one officer on tonight.")
            expect(page.locator("#check")).to_contain_text("Your reason for all 2 places")
            page.get_by_text("The force has already made this public").click()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            found = page.locator(".bl-found__item")
            expect(found).to_contain_text("Reason given")
            expect(found).to_contain_text("“The force has already made this public”")
            expect(found.locator("q")).to_have_count(2)


class TestWhy:
    def test_leads_to_the_rule_with_its_examples(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA, size=PHONE) as page:
            page.goto("/write/")
            type_tweet(page, "Well done #A1 #B2 #C3 #D4")
            page.locator(".bl-why > summary").first.click()
            with page.context.expect_page() as opening:
                page.get_by_role("link", name=re.compile("^See examples")).first.click()
            rulebook = opening.value
            expect(rulebook.locator("#hashtags-max .bl-example--right")).to_be_in_viewport()
            is_accessible(rulebook)
            assert value(page) == "Well done #A1 #B2 #C3 #D4"
