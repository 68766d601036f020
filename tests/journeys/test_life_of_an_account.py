"""The life of an account: asked for and launched, hacked, handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from accounts.models import AccountKind, Platform, User
from accounts.roles import Role
from accounts.services import AccountDetails, Place, TeamDetails, add_team, give_role, make_account
from drafts.services import Writing, write
from publishing.services import store_credentials
from tests.browsers import PHONE
from tests.journeys.people import (
    COLIN,
    MEGAN,
    PRIYA,
    RUTH,
    approve_in_queue,
    give_access,
    is_accessible,
    person,
    submit,
    type_tweet,
    write_and_submit,
)
from tests.lifecycle.answers import ANSWERS
from tests.live import Live
from tests.publishing.fake_x import FakeX
from tests.publishing.stage import django_on, until

pytestmark = pytest.mark.journey
HAL, NED, JO = "Hal Sutter", "Ned Farrow", "Jo Penhallow"
TRAILS = "The trails team checks bikes at Marl Water on Saturday, 10am. All welcome."
HANDLE = "HarrowEndLPT"
PENDING = "Something that Ned has begun to write."
FAREWELL = "There is a new face behind this account. Meet us at the library on Friday, 6pm."


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
    def test_becomes_an_account_that_tweets(self, browser: Browser, live: Live, x: FakeX) -> None:
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
            expect(page.get_by_text("Sent. Nobody else supervises your team")).to_be_visible()
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
            page.goto("/connections/")
            give_access(page, x, "MarlTrailsTeam", screen="MarlTrailsTeam", look=lambda page: None)
            expect(page.get_by_text("Connected as @MarlTrailsTeam.")).to_be_visible()
            page.goto(request)
            tick(page, "Account made on the platform")
        with person(browser, live.url, HAL) as page:
            write_and_submit(page, "MarlTrailsTeam", TRAILS)
        with person(browser, live.url, PRIYA) as page:
            approve_in_queue(page, TRAILS)
        until(lambda: [tweet.text for tweet in x.posts_of("MarlTrailsTeam")] == [TRAILS])


@pytest.fixture
def account(live: Live, x: FakeX, django_db_blocker: DjangoDbBlocker) -> int:
    """An account on X with credentials of last year; Ned has a draft there, Jo is of the team."""
    with django_db_blocker.unblock(), django_on(live.database_url):
        now = timezone.now()
        long_ago = now - timedelta(days=300)
        ned, jo, colin = (User.objects.get(full_name__endswith=who) for who in (NED, JO, COLIN))
        force = colin.current_memberships[0].force
        team = add_team(force, TeamDetails("Harrow End"), actor=colin, now=now)
        for officer in (ned, jo):
            place = Place(Role.OFFICER, team, timezone.localdate(long_ago))
            give_role(officer, place, force=force, actor=colin, now=now)
        details = AccountDetails(HANDLE, Platform.X, AccountKind.LPT, team, publisher="x")
        account = make_account(force, details, actor=colin, now=now)
        kept = x.credentials(HANDLE, "oauth2")
        store_credentials(account, kept, actor=colin, now=long_ago)
        ned = User.objects.get(pk=ned.pk)
        write(Writing(text=PENDING, account=account, category="meeting"), author=ned, now=now)
        return account.pk


class TestAHandover:
    def test_goes_from_who_leaves_to_who_comes(
        self, browser: Browser, live: Live, x: FakeX, account: int
    ) -> None:
        with person(browser, live.url, NED, size=PHONE) as page:
            page.goto(f"/our-accounts/{account}/hand-over/")
            page.get_by_role("radio", name="Somebody moves to another post").check()
            page.get_by_label("Who goes?").select_option(label=f"PC {NED}")
            page.get_by_label("Last day").fill(timezone.localdate().isoformat())
            page.get_by_role("radio", name="Somebody takes it over").check()
            page.get_by_label("Who takes it over?").select_option(label=f"PC {JO}")
            page.get_by_role("button", name="Begin the handover").click()
            expect(page.get_by_text("Begun. Each step below is ticked")).to_be_visible()
            expect(page.locator(".bl-sentence .bl-state")).to_have_text("Step 1 of 6")
            is_accessible(page)
            handover = page.url
        with person(browser, live.url, JO) as page:
            page.goto(handover)
            page.get_by_role("button", name="Make them drafts of mine").click()
            expect(page.get_by_text("1 draft is yours now")).to_be_visible()
            tick(page, "Pending drafts moved")
            page.get_by_role("button", name="Write the farewell tweet").click()
            # Loaded in full, its scripts too.
            page.wait_for_url("**/drafts/*/edit/")
            type_tweet(page, FAREWELL)
            submit(page)
            expect(page.get_by_text("Submitted.")).to_be_visible()
            farewell = page.url
        with person(browser, live.url, COLIN) as page:
            page.goto(handover)
            tick(page, "Supervisor agrees")
            tick(page, "Profile changed on the platform")
            step = page.locator(".bl-checklist__step", has_text="Credentials changed")
            expect(step).to_contain_text("before this handover began.")
            step.locator("summary").click()
            step.get_by_role("button", name="It is done").click()
            expect(page.get_by_role("alert").first).to_contain_text("Store the new ones first.")
            is_accessible(page)
            page.goto("/connections/")
            give_access(page, x, HANDLE, screen=HANDLE, look=lambda page: None)
            expect(page.get_by_text(f"Connected as @{HANDLE}.")).to_be_visible()
            page.goto(handover)
            tick(page, "Credentials changed")
        with person(browser, live.url, PRIYA) as page:
            approve_in_queue(page, FAREWELL)
        with person(browser, live.url, JO) as page:

            def is_out() -> bool:
                page.goto(farewell)
                return "Published on" in page.locator(".bl-sentence").inner_text()

            until(is_out)
            assert [tweet.text for tweet in x.posts_of(HANDLE)] == [FAREWELL]
            page.goto(handover)
            tick(page, "Followers told")
        with person(browser, live.url, COLIN) as page:
            page.goto(handover)
            tick(page, "Rights ended")
            expect(page.locator(".bl-sentence .bl-state")).to_have_text("Done")
            done = page.locator(".bl-checklist__step", has_text="Done: ")
            expect(done).to_have_count(6)
            expect(done.filter(has_text=f"PC {JO}")).to_have_count(2)
            is_accessible(page)
        with person(browser, live.url, NED) as page:
            page.goto("/write/")
            expect(
                page.get_by_label("Account").locator("option", has_text="BrackenfordLPT")
            ).to_have_count(1)
            expect(page.get_by_label("Account").locator("option", has_text=HANDLE)).to_have_count(0)
