"""The life of an account: one that looks hacked, and one that a team asks for."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import PHONE
from tests.journeys.people import COLIN, MEGAN, PRIYA, RUTH, is_accessible, person
from tests.lifecycle.answers import ANSWERS
from tests.live import Live

pytestmark = pytest.mark.journey
HAL = "Hal Sutter"


def tick(page: Page, title: str) -> None:
    step = page.locator(".bl-checklist__step", has_text=title)
    step.locator("summary").click()
    step.get_by_role("button", name="It is done").click()
    expect(page.get_by_text(f"Ticked: {title}")).to_be_visible()


class TestAnAccountThatLooksHacked:
    def test_is_frozen_by_an_officer_and_opened_by_two(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, MEGAN, size=PHONE) as page:
            page.get_by_text("I think an account is hacked").click()
            page.get_by_role("button", name="Freeze @PCFinchMP").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("@PCFinchMP may be hacked")
            expect(page.get_by_text("@PCFinchMP is frozen: nothing goes out")).to_be_visible()
            is_accessible(page)
            case = page.url
        with person(browser, live.url, RUTH) as page:
            page.goto(case)
            is_accessible(page)
            expect(page.get_by_text("First this has to be done and ticked")).to_be_visible()
            for title in ("Password changed", "Sessions and apps", "Tweets looked at"):
                tick(page, title)
            page.get_by_role("button", name="I say that @PCFinchMP is safe").click()
            expect(page.get_by_text("You have signed. Now a second person has to.")).to_be_visible()
            expect(page.get_by_role("button", name="is safe")).to_have_count(0)
        with person(browser, live.url, COLIN) as page:
            page.goto(case)
            page.get_by_role("button", name="I say that @PCFinchMP is safe").click()
            expect(page.get_by_text("@PCFinchMP is open again.").first).to_be_visible()
            expect(page.locator(".bl-sentence .bl-state")).to_have_text("Open again")
            is_accessible(page)


class TestARequest:
    def test_becomes_an_account(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, HAL, size=PHONE) as page:
            page.goto("/account-requests/")
            page.get_by_role("link", name="Ask for an account").click()
            page.get_by_role("button", name="Send to my supervisor").click()
            expect(page.get_by_role("alert").first).to_contain_text("Enter the name")
            is_accessible(page)
            page.get_by_label("Name of the account").fill("MarlTrailsTeam")
            for question, answer in ANSWERS.items():
                page.get_by_label(question).fill(answer)
            page.get_by_label("I have read the guidance in force").check()
            page.get_by_role("button", name="Send to my supervisor").click()
            expect(page.get_by_text("Sent. Your supervisor is told")).to_be_visible()
            is_accessible(page)
            request = page.url
        with person(browser, live.url, PRIYA) as page:
            page.goto(request)
            page.get_by_role("radio", name="Support it").check()
            page.get_by_role("button", name="Decide").click()
            expect(page.get_by_text("Supported. Communications decides now.")).to_be_visible()
        with person(browser, live.url, COLIN) as page:
            page.goto(request)
            page.get_by_role("button", name="Decide").click()
            expect(page.get_by_role("alert").first).to_contain_text("Choose what you decide")
            is_accessible(page)
            page.get_by_role("radio", name="Create the account").check()
            page.get_by_role("button", name="Decide").click()
            expect(page.get_by_text("Created. Now the account has to be made")).to_be_visible()
            tick(page, "Picture and header")
            page.goto("/our-accounts/")
            expect(page.get_by_text("@MarlTrailsTeam", exact=True)).to_be_visible()
