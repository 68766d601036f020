"""Tweets about a case: what is asked, what is ticked, what is passed over, who sees it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    ASHA,
    DILYS,
    PRIYA,
    approve,
    is_accessible,
    person,
    submit,
    type_tweet,
)
from tests.live import Live

pytestmark = pytest.mark.journey

STAGE = "How far has the case gone?"
OFFENCE = "What kind of offence is it?"
ARRESTED = "Arrested, in custody or on bail"
YOUNG = "Is anyone in the case under 18?"


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one question about the case, and wait for the rulebook's second look."""
    with page.expect_response(lambda response: response.url.endswith("/write/check/")):
        page.get_by_role("group", name=question).get_by_role(
            "radio", name=answer, exact=True
        ).check()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
class TestATweetAboutAnArrest:
    def test_asks_for_the_case_and_shows_it_to_the_approver(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        words = (
            f"A {size[0] // 40}-year-old man from Oldermoor has been arrested on suspicion of"
            " burglary."
        )
        unfit = f"{words} Barney Quillfeather is in custody: https://news.example.org/oldermoor"
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto("/write/")
            question = page.get_by_role("group", name=STAGE)
            type_tweet(page, "Meet us at the library on Thursday.")
            expect(question).to_be_hidden()
            type_tweet(page, unfit)
            expect(question).to_be_visible()
            expect(page.get_by_role("group", name=YOUNG)).to_be_visible()
            # An account of a team never names anybody, so it is not asked who decided to.
            expect(page.get_by_text("Somebody has decided that a person")).to_be_hidden()
            is_accessible(page)

            submit(page)
            summary = page.get_by_role("alert").filter(has_text="There is a problem")
            for sentence in (
                "Say how far the case has gone.",
                "Say what kind of offence it is.",
                "Say whether anyone in the case is under 18.",
            ):
                expect(summary).to_contain_text(sentence)
            is_accessible(page)
            summary.get_by_role("link", name="Say how far the case has gone.").click()
            expect(page.get_by_role("radio", name=re.compile("^There is no case"))).to_be_focused()

            choose(page, STAGE, ARRESTED)
            choose(page, OFFENCE, "Another offence")
            choose(page, YOUNG, "No")
            submit(page)
            # What was answered is still there; only the text stands in the way now.
            summary = page.get_by_role("alert").filter(has_text="There is a problem")
            expect(summary).to_contain_text("This links to news.example.org")
            expect(summary).not_to_contain_text("Say ")
            expect(page.get_by_role("radio", name=ARRESTED)).to_be_checked()

            type_tweet(page, words)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.get_by_role("heading", name="About the case")).to_be_visible()
            draft = page.url.removeprefix(live.url)

        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto("/review/")
            card = page.locator(".bl-card", has_text=words)
            expect(card).to_contain_text("Case stage: Arrested")
            is_accessible(page)
            page.goto(draft.replace("/drafts/", "/review/"))
            facts = page.locator(".bl-facts", has_text="Case stage")
            expect(facts).to_contain_text("Arrested")
            expect(facts).to_contain_text("Under 18")
            is_accessible(page)
            approve(page)
            expect(page.get_by_text("Until then you can stop it.")).to_be_visible()


class TestATick:
    def test_stays_until_the_text_is_another(self, browser: Browser, live: Live) -> None:
        words = "A man from Oldermoor has been arrested on suspicion of theft."
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, words)
            choose(page, STAGE, ARRESTED)
            choose(page, OFFENCE, "A death, a serious injury or harm after contact with the police")
            tick = page.get_by_role("checkbox", name=re.compile("^The next of kin"))
            tick.check()
            choose(page, YOUNG, "No")
            expect(tick).to_be_checked()
            is_accessible(page)

            type_tweet(page, f"{words} Thank you for your calls.")
            expect(tick).not_to_be_checked()
            submit(page)
            summary = page.get_by_role("alert").filter(has_text="There is a problem")
            summary.get_by_role("link", name=re.compile("next of kin")).click()
            expect(tick).to_be_focused()
            is_accessible(page)
            tick.check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            expect(page.locator(".bl-ticked")).to_contain_text("The next of kin")


class TestWithoutJavaScript:
    def test_the_questions_come_with_the_answer_to_the_first_try(
        self, browser: Browser, live: Live
    ) -> None:
        words = "A woman from Oldermoor has been arrested on suspicion of fraud."
        with person(browser, live.url, ASHA, javascript=False) as page:
            page.goto("/write/")
            expect(page.get_by_role("group", name=STAGE)).to_be_hidden()
            page.get_by_label("Your tweet").fill(words)
            submit(page)
            page.get_by_role("radio", name=ARRESTED).check()
            page.get_by_role("radio", name="Another offence").check()
            page.get_by_role("group", name=YOUNG).get_by_role("radio", name="No").check()
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()


class TestABlock:
    def test_is_passed_over_by_a_supervisor_who_did_not_write_it(
        self, browser: Browser, live: Live
    ) -> None:
        words = "Book a place at our open day: https://tickets.example.org/open-day"
        reason = "The council sells the tickets there and asked us to say so."
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, words)
            expect(page.locator(".bl-finding")).to_contain_text("ask a supervisor")
            page.get_by_role("button", name="Save as a draft").click()
            expect(page.get_by_role("link", name="Pass over a block")).to_have_count(0)
            draft = page.url.removeprefix(live.url)
        with person(browser, live.url, DILYS) as page:
            page.goto(draft)
            page.get_by_role("link", name="Pass over a block").click()
            is_accessible(page)
            page.get_by_role("button", name="Pass over this block").click()
            expect(page.get_by_role("alert")).to_contain_text("Say why this may go out")
            is_accessible(page)
            page.get_by_label("Why may this go out all the same?").fill(reason)
            page.get_by_role("button", name="Pass over this block").click()
            expect(page.get_by_text("It holds for exactly this text").first).to_be_visible()
            is_accessible(page)
        with person(browser, live.url, ASHA) as page:
            page.goto(draft)
            page.get_by_role("link", name="Change or submit it").click()
            expect(page.locator(".bl-finding")).to_contain_text("Passed over by")
            is_accessible(page)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
        with person(browser, live.url, PRIYA) as page:
            page.goto(draft.replace("/drafts/", "/review/"))
            expect(page.get_by_text(reason).first).to_be_visible()
            is_accessible(page)
            page.get_by_label("Why is it right to send this").fill("People have to know.")
            approve(page)
            expect(page.get_by_text("Until then you can stop it.")).to_be_visible()
