"""The ways through review: three steps, the routine lane, a suggestion, an expiry, an emergency."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from accounts.models import LPT
from accounts.roles import Role
from accounts.services import Step, set_route
from drafts.models import Draft
from tests.browsers import DESKTOP, PHONE
from tests.journeys.people import (
    ASHA,
    DILYS,
    JOE,
    PRIYA,
    RUTH,
    approve,
    fits,
    person,
    submitted_tweet,
)
from tests.live import Live, live_server
from tests.publishing.stage import django_on

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
MEETING = (
    "Meet your team: surgery this Thursday, {}pm, Oldermoor Library. {} Details: "
    "https://marlshire.example.org/oldermoor #Oldermoor"
)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A force of this file's own: its routes are changed and its drafts expire."""
    with live_server(BLUELAMP_STOP_WINDOW="2") as running:
        yield running


@pytest.fixture
def database(live: Live, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The live force's own rows."""
    with django_db_blocker.unblock(), django_on(live.database_url):
        yield


def done(page: Page) -> None:
    """Approve, and wait until it is."""
    here = page.url
    approve(page)
    expect(page).not_to_have_url(here)


def review_of(draft: str) -> str:
    return draft.replace("/drafts/", "/review/")


@BOTH
class TestThreeSteps:
    @pytest.fixture(autouse=True)
    def _route(self, database: None) -> Iterator[None]:
        team = LPT.objects.get(name="Oldermoor")
        steps = [
            Step((Role.LPT_SUPERVISOR,)),
            Step((Role.COMMS_APPROVER,)),
            Step((Role.COMMS_DUTY,)),
        ]
        set_route(team.force, steps, lpt=team, actor=None, now=timezone.now())
        yield
        set_route(team.force, [], lpt=team, actor=None, now=timezone.now())

    def test_are_passed_by_three_people_in_their_order(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = f"Thank you to all who came to the fair in Oldermoor, {size[0]} of you. #Oldermoor"
        draft = submitted_tweet(browser, live.url, ASHA, text)
        for turn, name in enumerate((DILYS, PRIYA, RUTH)):
            with person(browser, live.url, name, size=size) as page:
                page.goto(review_of(draft))
                expect(page.get_by_text("Approval route")).to_be_visible()
                fits(page, size)
                done(page)
                if turn < 2:
                    expect(
                        page.get_by_text(f"Approved. It waits for step {turn + 2}")
                    ).to_be_visible()
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto(draft)
            expect(
                page.get_by_text(re.compile("Approved by Ruth Adeyemi|Published on"))
            ).to_be_visible()
            fits(page, size)


@BOTH
class TestTheRoutineLane:
    def test_lets_a_colleague_of_the_team_approve(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        draft = submitted_tweet(browser, live.url, ASHA, MEETING.format(6, f"{size[0]} chairs."))
        with person(browser, live.url, DILYS, size=size) as page:
            page.goto("/review/")
            card = page.get_by_role("article").filter(has_text=f"{size[0]} chairs.")
            fits(page, size)
            card.get_by_role("link").first.click()
            expect(page).to_have_url(re.compile(re.escape(review_of(draft))))
            done(page)
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto(draft)
            expect(
                page.get_by_text(re.compile(f"Approved by .*{DILYS}|Published on"))
            ).to_be_visible()


@BOTH
class TestASuggestion:
    def test_is_taken_by_the_author_with_one_tap(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = f"Road closed at the fair in Oldermoor on Saturday, {size[0]} m. #Oldermoor"
        better = text.replace("Road closed", "Mill Lane is closed")
        draft = submitted_tweet(browser, live.url, ASHA, text)
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto(review_of(draft))
            page.get_by_role("link", name="Suggest another wording").click()
            expect(page.get_by_label("Your wording")).to_have_value(text)
            fits(page, size)
            page.get_by_label("Your wording").fill(better)
            page.get_by_role("button", name=re.compile("^Suggest")).click()
            expect(page).not_to_have_url(re.compile("/suggest/"))
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto(draft)
            expect(page.get_by_text("Priya Nair suggests another wording")).to_be_visible()
            fits(page, size)
            page.get_by_role("button", name="Take it and submit").click()
            expect(page.get_by_text(better).first).to_be_visible()
        with person(browser, live.url, PRIYA, size=size) as page:
            # Whoever words it is an author from then on.
            page.goto(review_of(draft))
            expect(page.get_by_text("You wrote or submitted a version")).to_be_visible()
        with person(browser, live.url, JOE, size=size) as page:
            page.goto(review_of(draft))
            expect(page.get_by_text("Mill Lane is closed").first).to_be_visible()
            done(page)
            page.goto(draft)
            expect(
                page.get_by_text(re.compile("Approved by Joe Halloran|Published on"))
            ).to_be_visible()


@BOTH
class TestAnExpiry:
    @pytest.mark.usefixtures("database")
    def test_keeps_the_tweet_and_asks_for_a_new_time(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = f"Market day in Oldermoor tomorrow, {size[0]} stalls. #Oldermoor"
        draft = submitted_tweet(browser, live.url, ASHA, text)
        key = int(draft.strip("/").split("/")[-1])
        passed = timezone.now() - timedelta(minutes=1)
        Draft.objects.filter(pk=key).update(planned_at=passed, queue_at=passed)
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto(review_of(draft))
            page.goto("/review/")
        with person(browser, live.url, ASHA, size=size) as page:
            # A page that was read while it expired tells of it, and offers nothing yet.
            change = page.get_by_role("link", name=re.compile("^Change")).first
            for _ in range(60):
                page.goto(draft)
                if change.count():
                    break
                page.wait_for_timeout(500)
            expect(page.get_by_text(re.compile("expired", re.IGNORECASE)).first).to_be_visible()
            fits(page, size)
            change.click()
            expect(page.get_by_label("Your tweet")).to_have_value(text)
            page.get_by_label("As soon as it is approved").check()
            page.get_by_role("button", name=re.compile("^Submit")).click()
            expect(page.get_by_text("Submitted.")).to_be_visible()


@BOTH
class TestAnEmergency:
    def test_goes_out_at_once_and_is_looked_at_afterwards(
        self, browser: Browser, live: Live, size: tuple[int, int]
    ) -> None:
        text = (
            f"Avoid Mill Lane in Oldermoor: a gas leak. Doors shut, {size[0]} m around. #Oldermoor"
        )
        draft = submitted_tweet(browser, live.url, ASHA, text)
        with person(browser, live.url, RUTH, size=size) as page:
            page.goto(review_of(draft))
            page.get_by_role("link", name="Publish in an emergency").click()
            fits(page, size)
            page.get_by_role("button", name="Publish it now").click()
            expect(page.get_by_role("alert").first).to_be_visible()
            fits(page, size)
            page.get_by_label("Why", exact=False).fill("People are in danger now.")
            page.get_by_role("button", name="Publish it now").click()
            expect(page).not_to_have_url(re.compile("/emergency/"))
        with person(browser, live.url, PRIYA, size=size) as page:
            page.goto("/afterwards/")
            fits(page, size)
            page.get_by_role("article").filter(has_text=f"{size[0]} m around").get_by_role(
                "link"
            ).first.click()
            expect(page.get_by_text("People are in danger now.")).to_be_visible()
            fits(page, size)
            page.get_by_label("Yes", exact=False).first.check()
            page.get_by_role("button", name="Keep this").click()
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.goto("/afterwards/")
            expect(
                page.get_by_role("article").filter(has_text=f"{size[0]} m around")
            ).to_have_count(0)
