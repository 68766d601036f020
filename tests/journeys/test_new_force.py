"""A comms admin sets up a force from nothing, by what the pages say and nothing else."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import servers
from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import fits, person
from tests.live import Live, live_server

pytestmark = pytest.mark.journey

# For a machine; a person who reads what it presses has ten minutes.
QUICK = 120.0
PEOPLE = """name,email,mobile,rank or role,role,team
Alma Sample,alma@fenshire.example.org,07700 900401,PC,Officer,Northgate
Bo Sample,bo@fenshire.example.org,07700 900402,PCSO,Officer,Northgate
Cy Sample,cy@fenshire.example.org,07700 900403,Sergeant,LPT supervisor,Northgate
Di Sample,di@fenshire.example.org,07700 900404,PC,Officer,Southbridge
Ed Sample,ed@fenshire.example.org,07700 900405,PCSO,Officer,Southbridge
Flo Sample,flo@fenshire.example.org,07700 900406,Sergeant,LPT supervisor,Southbridge
Gus Sample,gus@fenshire.example.org,07700 900407,Press officer,Comms approver,
Hal Sample,hal@fenshire.example.org,07700 900408,Press officer,Comms approver,
Ida Sample,ida@fenshire.example.org,07700 900409,Duty press officer,Comms duty officer,
Jo Sample,jo@fenshire.example.org,07700 900410,Policy lead,Policy owner,
"""


@pytest.fixture
def empty() -> Iterator[Live]:
    """A Blue Lamp in which there is nothing yet."""
    with live_server(seed=False) as running:
        yield running


def shown(page: Page) -> None:
    """Accessible and whole, on a phone and at a desk."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        fits(page, size)


def status_of(page: Page, task: str) -> str:
    item = page.locator(".govuk-task-list__item", has_text=task)
    return item.locator(".govuk-task-list__status").inner_text().strip()


class TestANewForce:
    def test_is_set_up_in_a_browser_alone(
        self, browser: Browser, empty: Live, tmp_path: Path
    ) -> None:
        link = servers.manage("startlink", **empty.environment).strip()
        began = time.monotonic()
        with person(browser, empty.url) as page:
            page.goto(link)
            self._make_the_force(page)
            self._add_two_teams(page)
            self._add_their_accounts(page)
            self._bring_in_ten_people(page, tmp_path)
            self._send_one_the_invitation_again(page)
            with person(browser, empty.url) as other:
                self._set_a_password(other, empty.url)
            self._say_who_approves(page)
            page.get_by_role("link", name="My desk").first.click()
            # Practice accounts need no credentials: nothing is missing any more.
            can = "Your force can tweet once its people are ready"
            expect(page.get_by_role("heading", name=can)).to_be_visible()
            shown(page)
            page.get_by_role("link", name="Look at the list").click()
            expect(page.get_by_text(can)).to_be_visible()
            expect(page.get_by_text("0 of 6 who write are ready.")).to_be_visible()
            shown(page)
        assert time.monotonic() - began < QUICK
        # The link has done what it was for.
        with person(browser, empty.url) as page:
            page.goto(link)
            expect(page.get_by_role("heading", level=1)).to_have_text("This link has ended")
            shown(page)

    def _make_the_force(self, page: Page) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up your force")
        shown(page)
        page.get_by_role("button", name="Make this force").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        shown(page)
        page.get_by_label("Name of the force").fill("Fenshire Police")
        page.get_by_label("Its own site").fill("www.fenshire.example.org")
        page.get_by_label("Neutral").check()
        page.get_by_label("Number of the comms desk").fill("01632 960200")
        page.get_by_label("Your name").fill("Ada Sample")
        page.get_by_label("Your work e-mail").fill("ada@fenshire.example.org")
        page.get_by_label("Your mobile number").fill("07700 900400")
        page.get_by_label("Your password").fill("a long and winding way")
        page.get_by_role("button", name="Make this force").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up Fenshire Police")
        expect(page.get_by_text("0 of 5 steps done")).to_be_visible()
        shown(page)

    def _add_two_teams(self, page: Page) -> None:
        for name in ("Northgate", "Southbridge"):
            page.get_by_role("link", name="Add your teams").click()
            page.get_by_label("Name of the team").fill(name)
            page.get_by_role("button", name="Add the team").click()
            expect(page.locator(".govuk-task-list")).to_contain_text(name)

    def _add_their_accounts(self, page: Page) -> None:
        for team, handle in (("Northgate", "NorthgateLPT"), ("Southbridge", "SouthbridgeLPT")):
            page.get_by_role("link", name="Add their accounts").click()
            chosen = page.get_by_label("Team", exact=True).locator("option:checked")
            expect(chosen).to_have_text(team)
            page.get_by_label("Handle").fill(handle)
            page.get_by_role("button", name="Add the account").click()
            expect(page.get_by_text(f"@{handle} is there.")).to_be_visible()

    def _bring_in_ten_people(self, page: Page, folder: Path) -> None:
        file = folder / "people.csv"
        page.get_by_role("link", name="Bring in your people").click()
        # One team is misspelt: nothing is imported, and the line is named.
        file.write_text(PEOPLE.replace("Officer,Northgate", "Officer,Northgait", 1))
        page.get_by_label("CSV file").set_input_files(file)
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_text("Line 2: Alma Sample")).to_be_visible()
        expect(page.get_by_text("Did you mean Northgate?")).to_be_visible()
        shown(page)
        file.write_text(PEOPLE)
        page.get_by_label("CSV file").set_input_files(file)
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_text("The file has 10 new")).to_be_visible()
        shown(page)
        page.get_by_role("button", name="Import exactly this").click()
        expect(page.get_by_text("10 new people")).to_be_visible()

    def _send_one_the_invitation_again(self, page: Page) -> None:
        """Just now they were invited: the page says how long to wait."""
        page.get_by_role("link", name="People", exact=True).first.click()
        page.get_by_role("link", name="Alma Sample").click()
        expect(page.get_by_text("Has never signed in.")).to_be_visible()
        shown(page)
        page.get_by_role("button", name="Send the invitation again").click()
        expect(page.get_by_text("less than ten minutes old")).to_be_visible()
        shown(page)
        page.get_by_role("link", name="My desk").first.click()
        expect(page.get_by_role("heading", name="One thing to check")).to_be_visible()
        page.get_by_role("link", name="Go on", exact=True).click()

    def _set_a_password(self, page: Page, url: str) -> None:
        """As the invitation says; the mail is not sent, and a page shows it."""
        page.goto(f"{url}/accounts/password/reset/")
        page.get_by_label("Work e-mail").fill("alma@fenshire.example.org")
        page.get_by_role("button", name="Send me the link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
        shown(page)
        page.get_by_role("main").get_by_role("link", name="Practice mail").click()
        link = page.get_by_role("link", name="/accounts/password/reset/key/")
        expect(link).to_be_visible()
        shown(page)
        link.click()
        for label in ("New password", "New password once more"):
            page.get_by_label(label, exact=True).fill("three herons wading slowly")
        page.get_by_role("button", name="Set this password").click()
        expect(page).to_have_url(f"{url}/accounts/password/reset/key/done/")

    def _say_who_approves(self, page: Page) -> None:
        """For one team a sergeant first, then communications."""
        assert status_of(page, "Bring in your people") == "Done"
        assert status_of(page, "Say who approves") == "To check"
        page.get_by_role("link", name="Say who approves").click()
        page.get_by_role("link", name="Regular tweets of Southbridge").click()
        page.get_by_role("button", name="Add a step before step 1").click()
        page.get_by_label("A supervisor of the team").check()
        shown(page)
        page.get_by_role("button", name="Keep this step").click()
        steps = page.locator("form .bl-step__words")
        two_steps = ["A supervisor of the team.", "Corporate communications."]
        expect(steps).to_have_text(two_steps)
        page.get_by_role("button", name="Move down step 1").click()
        expect(steps).to_have_text(two_steps[::-1])
        # Back shows what was there, and asks nothing.
        page.go_back()
        expect(steps).to_have_text(two_steps)
        shown(page)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="From now on")).to_be_visible()
        shown(page)
        page.get_by_role("button", name="Put it in force").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Routes")
        expect(page.get_by_role("heading", name="Southbridge")).to_be_visible()
