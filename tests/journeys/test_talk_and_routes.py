"""A comms admin changes a route without scripts; a draft takes it, talked about on the way."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    COLIN,
    JOE,
    PRIYA,
    approve,
    is_accessible,
    person,
    submitted_tweet,
)
from tests.live import Live

pytestmark = pytest.mark.journey

DEVAN, KINGSMARL = "Devan Moorcroft", "Kingsmarl"


def change(page: Page) -> None:
    """Open the page on which Kingsmarl's route for regular tweets is changed."""
    page.goto("/routes/")
    team = page.locator("section, li", has=page.get_by_text(KINGSMARL, exact=True)).first
    team.get_by_role("link", name=re.compile("regular tweets", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(KINGSMARL)


def put_in_force(page: Page) -> None:
    expect(page.get_by_text("From now on")).to_be_visible()
    page.get_by_role("button", name="Put it in force").click()
    expect(page.get_by_text("It holds for everything that is submitted")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
class TestARouteOfTwoSteps:
    def test_is_made_taken_and_ended(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        words = f"Bike marking at the market hall on Saturday, {size[0]} kits. #Kingsmarl"
        with person(browser, live.url, COLIN, size=size, javascript=False) as page:
            change(page)
            page.get_by_role("button", name="Add a step at the end").click()
            page.get_by_role("button", name="Keep this step").click()
            expect(page.get_by_role("alert")).to_contain_text("Tick who decides at this step.")
            page.get_by_role("checkbox", name="A supervisor of the team").check()
            page.get_by_role("button", name="Keep this step").click()
            for number in (3, 2):
                page.get_by_role("button", name=f"Move up step {number}").click()
            expect(page.locator(".bl-step").first).to_contain_text("A supervisor of the team.")
            page.get_by_role("button", name="Continue").click()
            put_in_force(page)

        draft = submitted_tweet(browser, live.url, DEVAN, words)
        try:
            self.is_talked_about_and_approved(browser, live, draft, size)
        finally:
            with person(browser, live.url, COLIN, size=size) as page:
                change(page)
                # A page that is about to be left cannot be looked at.
                back = page.get_by_role("button", name="go by the route of all teams again")
                page.get_by_role("button", name="Change step 1").click()
                expect(page.get_by_role("heading", name="Step 1")).to_be_visible()
                is_accessible(page)
                page.get_by_role("button", name="Leave it as it was").click()
                expect(back).to_be_visible()
                is_accessible(page)
                back.click()
                expect(page.get_by_role("heading", name="From now on")).to_be_visible()
                is_accessible(page)
                put_in_force(page)

    def is_talked_about_and_approved(
        self, browser: Browser, live: Live, draft: str, size: tuple[int, int]
    ) -> None:
        review = draft.replace("/drafts/", "/review/")
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto(review)
            expect(page.get_by_role("heading", name="Approval route")).to_be_visible()
            page.get_by_text("Write a comment").click()
            page.get_by_label("Your comment").fill("Are there enough kits, @Moorcraft?")
            page.get_by_role("button", name="Comment").click()
            expect(page.get_by_role("alert")).to_contain_text("is called “Moorcraft”")
            is_accessible(page)
            page.get_by_label("Your comment").fill("Are there enough kits, @Moorcroft?")
            page.get_by_role("button", name="Comment").click()
            expect(page.get_by_text("Your comment stands with the draft.")).to_be_visible()
            expect(page.locator(".bl-comment")).to_contain_text("Told: PC Devan Moorcroft")
            is_accessible(page)

        with person(browser, live.url, DEVAN, size=size) as page:
            page.get_by_role("link", name=re.compile("mentioned you in a comment")).first.click()
            expect(page.locator(".bl-comment:target")).to_contain_text("enough kits")
            is_accessible(page)

        for approver in (PRIYA, JOE):
            with person(browser, live.url, approver, size=size) as page:
                page.goto(review)
                expect(page.locator(".bl-comment")).to_contain_text("enough kits")
                approve(page)
                expect(page.locator(".bl-stop, [role=alert]").first).to_be_visible()
        with person(browser, live.url, DEVAN, size=size) as page:
            page.goto(draft)
            expect(page.locator(".bl-timeline")).to_contain_text("Approved at its step")
            expect(page.locator(".bl-sentence")).to_contain_text(re.compile("Approved|Published"))
            is_accessible(page)
