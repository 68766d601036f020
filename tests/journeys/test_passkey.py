"""Signing in with a passkey, made and used by Chromium's own virtual authenticator."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import is_accessible, person
from tests.live import Live

pytestmark = pytest.mark.journey

# Nobody else's journey signs in as her: with a passkey that is a matter of two steps.
LAURA = "Laura Finch"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def with_authenticator(browser: Browser, live: Live, size: tuple[int, int]) -> Iterator[Page]:
    """A tab of Laura Finch on a device that keeps passkeys; they need an address with a name."""
    url = live.url.replace("127.0.0.1", "localhost")
    with person(browser, url, LAURA, size=size) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name=re.compile("Laura Finch$"))).to_be_visible()


class TestAPasskey:
    def test_is_made_used_to_sign_in_and_removed(self, browser: Browser, live: Live) -> None:
        with with_authenticator(browser, live, DESKTOP) as page:
            page.get_by_role("link", name=re.compile("your sign-in$")).click()
            page.get_by_role("link", name="Add a passkey").click()
            page.get_by_label("Name").fill("Work phone")
            page.get_by_role("button", name="Add it now").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
            expect(page.locator(".bl-codes li")).to_have_count(10)
            is_accessible(page)
            page.get_by_role("link", name="I have kept them").click()
            expect(page.get_by_text("Work phone").first).to_be_visible()
            is_accessible(page)
            page.goto("/accounts/recovery-codes/")
            expect(page.get_by_text("cannot be shown again")).to_be_visible()
            is_accessible(page)
            sign_out(page)

            page.goto("/accounts/login/?next=/drafts/")
            page.get_by_role("button", name="Sign in with a passkey").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Team drafts")
            sign_out(page)

            # As the second step, after whatever came first.
            page.get_by_role("button", name=re.compile("Laura Finch$")).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Second step of signing in")
            is_accessible(page)
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("alert").first).to_contain_text("Enter the code")
            is_accessible(page)
            page.get_by_role("button", name="Use your passkey").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("My desk")

            # And to show again who one is.
            page.goto("/accounts/reauthenticate/passkey/?next=/accounts/sign-in/")
            is_accessible(page)
            page.get_by_role("button", name="Use your passkey").click()
            page.get_by_role("link", name="Rename Work phone").click()
            is_accessible(page)
            page.get_by_label("Name").fill("Old phone")
            page.get_by_role("button", name="Save").click()
            page.get_by_role("link", name="Remove Old phone").click()
            is_accessible(page)
            page.get_by_role("button", name="Remove it").click()
            expect(page.get_by_text("Your passkey is removed.")).to_be_visible()

    def test_that_was_refused_can_be_tried_again(self, browser: Browser, live: Live) -> None:
        with with_authenticator(browser, live, PHONE) as page:
            page.goto("/accounts/passkeys/add/")
            page.evaluate(
                "() => { navigator.credentials.create = () =>"
                " Promise.reject(new DOMException('no', 'NotAllowedError')) }"
            )
            page.get_by_role("button", name="Add it now").click()
            expect(page.get_by_role("alert")).to_contain_text("Press the button to try again")
            is_accessible(page)
            expect(page.get_by_role("button", name="Add it now")).to_be_enabled()
