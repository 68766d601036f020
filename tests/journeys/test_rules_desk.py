"""A policy owner changes a rule, tries it, a second one puts it in force, a check says so."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browsers import PHONE
from tests.journeys.people import ASHA, HELEN, is_accessible, is_whole, person, type_tweet
from tests.live import Live

pytestmark = pytest.mark.journey

SAM = "Sam Pettifer"
# Words that no rule and no other journey knows.
WORDS = "The kettle silver plan is ready for Friday."


class TestAVersion:
    def test_goes_from_one_owner_through_the_other_into_the_next_check(
        self, browser: Browser, live: Live
    ) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, WORDS)
            expect(page.locator(".bl-finding", has_text="A security marking")).to_have_count(0)
            page.get_by_role("button", name="Save as a draft").click()
            expect(page.get_by_text("Saved as a draft.")).to_be_visible()

        # The demonstration's own proposal waits for Sam, who declines it.
        with person(browser, live.url, SAM) as page:
            page.get_by_role("link", name=re.compile("^Rules desk")).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Rules desk")
            is_accessible(page)
            page.get_by_role("link", name=re.compile("^Look at version")).click()
            expect(page.locator(".bl-changes")).to_contain_text("add tickets.example.com")
            is_accessible(page)
            page.get_by_role("button", name="Try it on recent drafts").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Trial of version 3")
            expect(page.get_by_role("heading", name="Would no longer be stopped")).to_be_visible()
            is_accessible(page)
            page.get_by_role("link", name="Go on to version 3").click()
            page.get_by_role("button", name="Decline it").click()
            expect(page.get_by_text("will not come into force")).to_be_visible()
            is_accessible(page)

        with person(browser, live.url, HELEN, size=PHONE) as page:
            page.goto("/policy/rules/protective-marking/")
            is_accessible(page)
            lines = page.locator("textarea[name=param_markings]")
            lines.fill("(?i)kettle (silver")
            page.get_by_role("button", name="Save in your version").click()
            expect(page.get_by_role("alert")).to_contain_text("does not work")
            expect(lines).to_have_value("(?i)kettle (silver")
            is_accessible(page)
            lines.fill("(?i)kettle silver")
            page.get_by_role("button", name="Save in your version").click()
            expect(page.get_by_text("Saved in your version")).to_be_visible()
            page.get_by_role("link", name="Your version").click()
            expect(page.locator(".bl-changes")).to_contain_text("to (?i)kettle silver")
            is_accessible(page)
            page.get_by_role("button", name="Try it on recent drafts").click()
            expect(page.get_by_role("heading", name="Would newly be stopped: 1")).to_be_visible()
            expect(page.locator("mark", has_text="kettle silver")).to_be_visible()
            is_accessible(page)
            is_whole(page, PHONE[0])
            page.get_by_role("link", name="Go on to your version").click()
            page.get_by_role("button", name=re.compile("^Propose it")).click()
            expect(page.get_by_role("alert")).to_contain_text("Say in one sentence")
            is_accessible(page)
            page.get_by_label("What is this version for?").fill("The plan is not public.")
            page.get_by_role("button", name=re.compile("^Propose it")).click()
            expect(page.get_by_text("Proposed as version 4.")).to_be_visible()
            expect(page.get_by_role("button", name=re.compile("in force"))).to_have_count(0)
            is_accessible(page)

        with person(browser, live.url, SAM) as page:
            page.get_by_role("link", name=re.compile("proposes version 4")).first.click()
            page.get_by_role("button", name="Put version 4 in force").click()
            expect(page.get_by_text("Version 4 is in force.")).to_be_visible()
            is_accessible(page)
            page.goto("/policy/versions/")
            expect(page.get_by_role("button", name="Put version 2 back")).to_be_visible()
            is_accessible(page)

        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, WORDS)
            expect(page.locator(".bl-finding", has_text="A security marking")).to_be_visible()
            page.goto("/rulebook/")
            expect(page.get_by_text("version 4.")).to_be_visible()
