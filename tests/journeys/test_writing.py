"""Writing under difficulties: no mouse, no JavaScript, two tabs, a session that ends."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import (
    ASHA,
    CALLUM,
    INES,
    PRIYA,
    is_accessible,
    person,
    sign_in,
    submit,
    submitted_tweet,
    type_tweet,
)
from tests.live import Live

pytestmark = pytest.mark.journey


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this visible name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.value || '').trim()"
        )
        if focused.startswith(name):
            return
    pytest.fail(f"The keyboard does not reach {name}.")


class TestTheKeyboardAlone:
    def test_writes_submits_and_approves(self, browser: Browser, live: Live) -> None:
        words = "Typed without a mouse."
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            page.keyboard.type(words)
            expect(page.locator("#check")).to_contain_text("you still decide")
            tab_to(page, "Submit:")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Submitted.")).to_be_visible()
            draft = page.url.removeprefix(live.url)
        with person(browser, live.url, PRIYA) as page:
            page.goto(draft.replace("/drafts/", "/review/"))
            tab_to(page, "Approve")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Until then you can stop it.")).to_be_visible()


class TestWithoutJavaScript:
    def test_the_whole_way_works(self, browser: Browser, live: Live) -> None:
        words = "Written in a browser without scripts."
        with person(browser, live.url, ASHA, javascript=False) as page:
            page.goto("/write/")
            page.get_by_label("Your tweet").fill(f"{words} Our shift ends at 10. #A1 #B2 #C3 #D4")
            submit(page)
            expect(page.locator("#check")).to_contain_text("Too many hashtags")
            expect(page.locator("#count")).to_contain_text("left")
            page.get_by_label("Your tweet").fill(f"{words} Our shift ends at 10.")
            page.get_by_role("radio", name="Times of a public event").check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            draft = page.url.removeprefix(live.url)
        with person(browser, live.url, PRIYA, javascript=False) as page:
            page.goto(draft.replace("/drafts/", "/review/"))
            page.get_by_role("button", name="Approve").click()
            expect(page.get_by_text("Until then you can stop it.")).to_be_visible()


class TestOneDraftInTwoTabs:
    def test_shows_both_texts_and_loses_neither(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "The text both tabs begin with.")
            page.get_by_role("button", name="Save as a draft").click()
            page.get_by_role("link", name="Change or submit it").click()
            other = page.context.new_page()
            other.goto(page.url)
            type_tweet(page, "What the first tab says.")
            page.get_by_role("button", name="Save as a draft").click()
            expect(page.get_by_text("Saved as a draft.")).to_be_visible()
            type_tweet(other, "What the second tab says.")
            other.get_by_role("button", name="Save as a draft").click()
            expect(other.get_by_text("There are now two texts")).to_be_visible()
            expect(other.locator("#theirs")).to_have_text("What the first tab says.")
            expect(other.get_by_label("Your tweet")).to_have_value("What the second tab says.")
            is_accessible(other)
            other.get_by_role("button", name="Save as a draft").click()
            expect(other.get_by_text("Saved as a draft.")).to_be_visible()


class TestATextThatWasNotSaved:
    def test_survives_the_end_of_the_session(self, browser: Browser, live: Live) -> None:
        words = "Nearly finished when the session ended"
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, words)
            page.context.clear_cookies(name="sessionid")
            page.get_by_label("Your tweet").press_sequentially(" indeed")
            expect(page.get_by_text("You have been signed out").first).to_be_visible()
            sign_in(page, ASHA)
            page.goto("/write/")
            expect(page.get_by_label("Your tweet")).to_have_value(f"{words} indeed")
            expect(page.locator("#kept")).to_contain_text("kept")
            is_accessible(page)

    def test_is_shown_again_when_a_form_is_sent_after_the_end(
        self, browser: Browser, live: Live
    ) -> None:
        words = "Sent after the session had ended."
        with person(browser, live.url, ASHA, javascript=False) as page:
            page.goto("/write/")
            page.get_by_label("Your tweet").fill(words)
            page.context.clear_cookies(name="sessionid")
            submit(page)
            expect(page.locator("textarea")).to_have_value(words)
            is_text_only = page.get_by_role("link", name=re.compile("Sign in"))
            expect(is_text_only.first).to_be_visible()

    def test_is_for_its_writer_alone(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Nobody else shall find this on the station's computer.")
            page.context.clear_cookies(name="sessionid")
            sign_in(page, CALLUM)
            page.goto("/write/")
            expect(page.get_by_label("Your tweet")).to_have_value("")
            assert "station's computer" not in page.evaluate("JSON.stringify(localStorage)")

    def test_goes_at_sign_out(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Gone when I go.")
            page.get_by_role("button", name="Sign out").click()
            sign_in(page, ASHA)
            assert "Gone when I go" not in page.evaluate("JSON.stringify(localStorage)")

    def test_goes_when_it_is_saved(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Safe on the server now.")
            page.get_by_role("button", name="Save as a draft").click()
            expect(page.get_by_text("Saved as a draft.")).to_be_visible()
            page.goto("/write/")
            expect(page.get_by_label("Your tweet")).to_have_value("")


class TestACheckThatDoesNotCome:
    def test_leaves_no_old_verdict(self, browser: Browser, live: Live) -> None:
        # The browser complains about what does not come, so nobody listens to complaints here.
        page = browser.new_context(base_url=live.url).new_page()
        sign_in(page, ASHA)
        page.goto("/write/")
        type_tweet(page, "We are grateful to everybody.")
        verdict = page.locator("[data-verdict]")
        expect(verdict).to_contain_text("found nothing")
        page.route("**/write/check/", lambda route: route.abort())
        page.get_by_label("Your tweet").fill("We are grateful. Our shift ends at ten.")
        expect(verdict).to_have_text("Not checked since you changed your text.")
        expect(page.get_by_text("could not check this just now")).to_be_visible()
        page.unroute("**/write/check/")
        type_tweet(page, "We are grateful. Our shift ends at ten!")
        expect(verdict).to_contain_text("needs your reason")
        page.context.close()


class TestAnOffer:
    def test_replaces_the_words_it_means(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Well done all 🚓 #One #Two #Three #Four")
            page.get_by_role("button", name="Take out “#Four”").click()
            expect(page.get_by_label("Your tweet")).to_have_value(
                re.compile(r"^Well done all 🚓 #One #Two #Three\s*$")
            )
            expect(page.locator("#check")).to_contain_text("Nothing stops you from submitting")

    def test_cleans_what_cannot_be_seen(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Meet us at the lib\u200brary tonight.")
            page.get_by_role("button", name="Clean text").click()
            expect(page.get_by_label("Your tweet")).to_have_value("Meet us at the library tonight.")


class TestACriticalIncident:
    def test_stops_an_original_tweet(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, INES) as page:
            expect(page.get_by_text("Critical incident: Foxhollow.")).to_be_visible()
            page.goto("/write/")
            type_tweet(page, "Come to our coffee morning.")
            expect(page.locator(".bl-finding").first).to_contain_text("Stops submission")
            submit(page)
            expect(page.get_by_role("alert").first).to_contain_text("critical incident")
            is_accessible(page)


class TestAChosenTime:
    def test_is_said_back_in_words(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "See you at the summer fair.")
            page.get_by_role("radio", name="At another time").check()
            page.get_by_label("Date").fill("2027-06-15")
            page.get_by_label("Time", exact=True).fill("14:30")
            expect(page.locator("#when-words")).to_contain_text(
                "Tuesday 15 June 2027, 14:30, UK time"
            )

    def test_in_the_doubled_hour_is_asked_about(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "The night the clocks go back.")
            page.get_by_role("radio", name="At another time").check()
            page.get_by_label("Date").fill("2027-10-31")
            page.get_by_label("Time", exact=True).fill("01:30")
            submit(page)
            expect(page.get_by_role("alert").first).to_contain_text("Say which of the two")
            is_accessible(page)
            page.get_by_role("radio", name=re.compile("^The second")).check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.locator(".bl-sentence")).to_contain_text("31 October 2027, 01:30")

    def test_in_the_missing_hour_is_refused(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "The night the clocks go forward.")
            page.get_by_role("radio", name="At another time").check()
            page.get_by_label("Date").fill("2027-03-28")
            page.get_by_label("Time", exact=True).fill("01:30")
            submit(page)
            expect(page.get_by_role("alert").first).to_contain_text("The clocks go forward")


class TestWhoeverIsInAnotherTeam:
    def test_does_not_find_the_draft(self, browser: Browser, live: Live) -> None:
        path = submitted_tweet(browser, live.url, ASHA, "For Oldermoor's eyes.")
        with person(browser, live.url, "Megan Hart") as page:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 404
