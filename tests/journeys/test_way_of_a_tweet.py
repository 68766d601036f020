"""The main job: an officer drafts, the rulebook checks, a supervisor approves, it goes out."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    ASHA,
    PRIYA,
    approve,
    is_accessible,
    person,
    submit,
    submitted_tweet,
    type_tweet,
)
from tests.live import Live

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
class TestTheWayOfATweet:
    def test_leads_from_the_first_word_to_the_timeline(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        words = f"Our street surgery is at the library on Friday, {size[0]} chairs are ready."
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto("/write/")
            expect(page.get_by_label("Your tweet")).to_be_focused()
            expect(page.get_by_text("280 left")).to_be_visible()
            is_accessible(page)

            type_tweet(page, f"{words} #One #Two #Three #Four")
            card = page.locator(".bl-finding", has_text="Too many hashtags")
            expect(card).to_contain_text("You have 4 hashtags")
            expect(card.locator("q")).to_have_text("#Four")
            expect(card.locator(".bl-why > summary")).to_contain_text("Why?")
            expect(page.locator("#mirror mark.bl-mark--block")).to_have_text("#Four")
            is_accessible(page)

            submit(page)
            summary = page.get_by_role("alert").filter(has_text="There is a problem")
            expect(summary).to_contain_text("You have 4 hashtags")
            summary.get_by_role("link", name=re.compile("4 hashtags")).click()
            expect(page.get_by_label("Your tweet")).to_be_focused()
            expect(page.get_by_label("Your tweet")).to_have_value(f"{words} #One #Two #Three #Four")
            is_accessible(page)

            type_tweet(page, f"{words} Our shift ends at 10.")
            expect(page.locator(".bl-finding").first).to_contain_text("Needs your reason")
            submit(page)
            expect(page.get_by_role("alert")).to_contain_text("Give your reason")
            is_accessible(page)
            page.get_by_role("radio", name="Times of a public event").check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.get_by_text("Waiting for corporate communications since")).to_be_visible()
            is_accessible(page)
            draft = page.url.removeprefix(live.url)

        with person(browser, live.url, PRIYA, size=size) as page:
            page.get_by_role("navigation", name="Main").get_by_role(
                "link", name=re.compile("Review queue")
            ).click()
            card = page.locator(".bl-card", has_text=words)
            expect(card).to_contain_text("As soon as approved")
            expect(card).to_contain_text("answered")
            is_accessible(page)
            card.get_by_role("link").first.click()
            expect(page.get_by_text("Times of a public event")).to_be_visible()
            is_accessible(page)
            approve(page)
            expect(page.get_by_text("Until then you can stop it.")).to_be_visible()
            is_accessible(page)

            page.goto(draft)
            # A slow machine may have sent it by now.
            said = re.compile("Approved by Priya Nair|Published on")
            expect(page.locator(".bl-sentence")).to_contain_text(said)
            is_accessible(page)
            for _ in range(40):
                page.goto("/practice-timeline/")
                if page.get_by_text(words).count():
                    break
                page.wait_for_timeout(250)
            expect(page.get_by_text(words)).to_be_visible()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing here is public")
            is_accessible(page)

            page.goto(draft)
            expect(page.locator(".bl-sentence")).to_contain_text("Published on")
            history = page.locator(".bl-timeline")
            for event in ("Published", "Approved", "Submitted for review", "Edited", "Written"):
                expect(history).to_contain_text(event)
            expect(history).to_contain_text("UK time")
            is_accessible(page)


class TestACleanTweet:
    def test_is_approved_on_its_card(self, browser: Browser, live: Live) -> None:
        words = "Approved where it stands in the queue."
        submitted_tweet(browser, live.url, ASHA, words)
        with person(browser, live.url, PRIYA) as page:
            page.goto("/review/")
            page.locator(".bl-card", has_text=words).get_by_role("button").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")
            expect(page.locator(".bl-stop")).to_contain_text(words)
            expect(page.locator(".bl-card", has_text=words)).to_have_count(0)


class TestAnApproval:
    def test_can_be_stopped_within_the_window(self, browser: Browser, live: Live) -> None:
        words = "The stop button brings this one back."
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, words)
            page.get_by_role("radio", name="Tomorrow at 08:00").check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            draft = page.url.removeprefix(live.url)
        with person(browser, live.url, PRIYA) as page:
            page.goto(draft.replace("/drafts/", "/review/"))
            approve(page)
            page.locator(".bl-stop").get_by_role("button", name="Stop it").click()
            expect(page.get_by_text("Stopped.")).to_be_visible()
            expect(page.locator(".bl-sentence")).to_contain_text("Waiting for")

    def test_of_ones_own_is_refused(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, PRIYA) as page:
            page.goto("/write/")
            page.get_by_label("Account").select_option(label="@OldermoorPolice")
            type_tweet(page, "I wrote this and shall not approve it.")
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            page.goto(page.url.replace("/drafts/", "/review/"))
            expect(page.get_by_text("somebody else must decide on it")).to_be_visible()
            expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
            is_accessible(page)

    def test_of_what_has_changed_meanwhile_is_refused(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as author, person(browser, live.url, PRIYA) as reader:
            author.goto("/write/")
            type_tweet(author, "The first version is harmless.")
            submit(author)
            expect(author.get_by_text("Submitted.")).to_be_visible()
            draft = author.url.removeprefix(live.url)
            reader.goto(draft.replace("/drafts/", "/review/"))

            author.get_by_role("button", name="Take it back").click()
            author.get_by_role("link", name="Change or submit it").click()
            type_tweet(author, "The second version is another one.")
            submit(author)
            expect(author.get_by_text("Submitted.")).to_be_visible()

            approve(reader)
            expect(
                reader.get_by_text("This draft changed while you were reading it")
            ).to_be_visible()
            expect(reader.locator(".bl-tweet")).to_contain_text("The second version")


class TestSendingBack:
    def test_asks_for_a_reason_and_reaches_the_author(self, browser: Browser, live: Live) -> None:
        words = "This one comes back to its author."
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, words)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            draft = page.url.removeprefix(live.url)
        with person(browser, live.url, PRIYA) as page:
            page.goto(draft.replace("/drafts/", "/review/"))
            page.get_by_text("Reject", exact=True).first.click()
            page.get_by_role("button", name="Reject").click()
            expect(page.get_by_role("alert")).to_contain_text("Choose why it is rejected")
            expect(page.get_by_role("alert")).to_contain_text("Say in your own words")
            is_accessible(page)
            page.goto(draft.replace("/drafts/", "/review/"))
            page.get_by_text("Return to PC Asha Tindall").click()
            page.get_by_role("radio", name="Tone").first.check()
            page.get_by_role("button", name="Return", exact=True).click()
            expect(page.get_by_text("Returned to PC Asha Tindall:")).to_be_visible()
        with person(browser, live.url, ASHA) as page:
            expect(page.locator("#returned, section", has_text=words).first).to_be_visible()
            page.goto(draft)
            expect(page.locator(".bl-timeline")).to_contain_text("as you would say it at a public")
