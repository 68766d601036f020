"""The scripts are there: without these the pages still work, but less well."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import ASHA, person, submit, type_tweet
from tests.live import Live

pytestmark = pytest.mark.journey


class TestTheScripts:
    def test_say_that_they_run(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            expect(page.locator("body")).to_have_class(re.compile("govuk-frontend-supported"))

    def test_lead_the_focus_to_what_is_wrong(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            page.goto("/write/")
            type_tweet(page, "Too many #One #Two #Three #Four")
            submit(page)
            expect(page.locator(".govuk-error-summary")).to_be_focused()
