"""The registers: an order that is added, changed and lifted; a period that everybody sees."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browsers import PHONE
from tests.journeys.people import ASHA, HELEN, RUTH, is_accessible, person, type_tweet
from tests.live import Live

pytestmark = pytest.mark.journey


class TestAnOrder:
    def test_is_added_changed_and_lifted(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, RUTH, size=PHONE) as page:
            page.goto("/rulebook/")
            page.get_by_role("link", name="Court restrictions").click()
            page.get_by_role("button", name="Add it").click()
            expect(page.get_by_role("alert").first).to_contain_text("Enter at least one name")
            is_accessible(page)
            page.get_by_label("Words that must not appear").fill("Wilf Ambleton\nFern Street siege")
            page.get_by_label("Name of the case").fill("Crown v Quillfeather")
            page.get_by_label("Court and order").fill("Marlshire Crown Court, section 45 order")
            page.get_by_role("button", name="Add it").click()
            ours = page.locator(".bl-hold", has_text="Crown v Quillfeather")
            expect(ours.locator(".bl-terms")).to_contain_text("Fern Street siege")
            is_accessible(page)
            page.get_by_role("link", name="Change Crown v Quillfeather").click()
            is_accessible(page)
            page.get_by_label("Words that must not appear").fill("Wilf Ambleton")
            page.get_by_role("button", name="Save the change").click()
            expect(ours.locator(".bl-terms li")).to_have_text(["Wilf Ambleton"])
            ours.get_by_text("Lift it").first.click()
            ours.get_by_role("button", name=re.compile("^Lift it now")).click()
            expect(page.get_by_text("Lifted. Tweets are no longer checked")).to_be_visible()
            expect(ours).to_have_count(0)
            expect(page.get_by_text(re.compile("lifted by .*Adeyemi"))).to_be_visible()


class TestAPreElectionPeriod:
    def test_is_declared_seen_by_those_who_write_and_ended(
        self, browser: Browser, live: Live
    ) -> None:
        today = timezone.localdate()
        with person(browser, live.url, HELEN) as page:
            page.goto("/rulebook/elections/")
            page.get_by_label("Where is the election?").fill("Saltmere ward")
            page.get_by_label("First day").fill(today.isoformat())
            page.get_by_label("Last day").fill((today + timedelta(days=20)).isoformat())
            page.get_by_role("button", name="Declare it").click()
            ours = page.locator(".bl-hold", has_text="Saltmere ward")
            expect(ours).to_contain_text("On now")
            is_accessible(page)
        with person(browser, live.url, ASHA, size=PHONE) as page:
            expect(page.get_by_text("Pre-election period in Saltmere ward")).to_be_visible()
            page.goto("/write/")
            type_tweet(page, "See you at the summer fair.")
            page.get_by_role("radio", name="Tomorrow at 08:00").check()
            expect(page.locator("#when-words")).to_contain_text("This falls in the pre-election")
            is_accessible(page)
        with person(browser, live.url, HELEN) as page:
            page.goto("/rulebook/elections/")
            ours = page.locator(".bl-hold", has_text="Saltmere ward")
            ours.get_by_text("End it").first.click()
            ours.get_by_role("button", name=re.compile("^End it now")).click()
            expect(page.locator(".bl-banner--election")).to_have_count(0)
