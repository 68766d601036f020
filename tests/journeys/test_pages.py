"""Every page in its states, looked at by axe; a page that nobody lists here fails."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from accounts.models import User
from approvals.services import delegate, end_delegation, suggest
from drafts.models import Draft
from drafts.services import discard
from tests.browsers import DESKTOP, PHONE, axe
from tests.journeys.people import (
    ASHA,
    BEN,
    CALLUM,
    COLIN,
    DILYS,
    HELEN,
    INES,
    JOE,
    MEGAN,
    PRIYA,
    RUTH,
    TOM,
    fits,
    handed_in_tweet,
    is_accessible,
    is_whole,
    person,
    submit,
    type_tweet,
)
from tests.live import Live
from tests.publishing.stage import django_on

pytestmark = pytest.mark.journey
DEVAN = "Devan Moorcroft"

# Route name -> who looks at it. Routes that only take a POST have no page.
PAGES: dict[str, list[tuple[str, str]]] = {
    "insights:desk": [("/desk/", ASHA), ("/desk/", PRIYA), ("/desk/", HELEN), ("/desk/", BEN)],
    "drafts:write": [("/write/", ASHA), ("/write/", INES)],
    "drafts:list": [
        ("/drafts/", ASHA),
        ("/drafts/?state=ended", INES),
        ("/drafts/?state=waiting", PRIYA),
    ],
    "approvals:queue": [("/review/", PRIYA), ("/review/?found=findings", PRIYA)],
    "approvals:afterwards": [("/afterwards/", RUTH)],
    "approvals:cover": [("/cover/", PRIYA), ("/cover/", COLIN)],
    "approvals:routes": [("/routes/", COLIN), ("/routes/", PRIYA)],
    "approvals:change-route": [("/routes/ordinary/", COLIN), ("/routes/routine/", COLIN)],
    "approvals:change-team-route": [("/routes/ordinary/team/1/", COLIN)],
    "approvals:central-list": [("/central/", RUTH)],
    "approvals:central-write": [("/central/write/", PRIYA)],
    "insights:turnaround": [("/figures/", RUTH), ("/figures/?days=7", COLIN)],
    "publishing:deliveries": [("/deliveries/", RUTH), ("/deliveries/", INES)],
    "publishing:connections": [("/connections/", COLIN)],
    "publishing:credentials": [("/connections/1/credentials/", COLIN)],
    "publishing:choose-publisher": [("/connections/1/publisher/", COLIN)],
    "publishing:reveal": [("/connections/1/reveal/", COLIN), ("/connections/1/reveal/", RUTH)],
    "publishing:profiles": [("/profiles/", COLIN), ("/profiles/", ASHA)],
    "publishing:profile": [("/profiles/1/", COLIN), ("/profiles/2/", ASHA)],
    "publishing:past-posts": [("/sent-past/", RUTH), ("/sent-past/", ASHA)],
    "publishing:practice-timeline": [
        ("/practice-timeline/", COLIN),
        ("/practice-timeline/", ASHA),
    ],
    "publishing:news": [("/deliveries/news/", RUTH), ("/deliveries/news/?scope=force-1", RUTH)],
    "publishing:status": [("/status/", ASHA), ("/status/", RUTH)],
    "publishing:alerts": [("/alerts/", RUTH), ("/alerts/", COLIN)],
    "incidents:list": [("/incidents/", RUTH), ("/incidents/", TOM)],
    "lifecycle:accounts": [("/our-accounts/", ASHA), ("/our-accounts/", COLIN)],
    "lifecycle:requests": [("/account-requests/", TOM), ("/account-requests/", COLIN)],
    "lifecycle:new-request": [("/account-requests/new/", ASHA)],
    "lifecycle:handovers": [("/handovers/", MEGAN), ("/handovers/", COLIN)],
    "lifecycle:silent": [("/silent/", ASHA), ("/silent/", COLIN)],
    "lifecycle:following": [("/following/", ASHA), ("/following/", COLIN)],
    "lifecycle:offers": [("/offered/", ASHA), ("/offered/", PRIYA)],
    "lifecycle:hacked": [("/hacked/", ASHA), ("/hacked/?account=2", COLIN)],
    "lifecycle:ask-comms": [("/ask-comms/", ASHA), ("/ask-comms/?account=2", HELEN)],
    "lifecycle:questions": [
        ("/questions/", CALLUM),
        ("/questions/", PRIYA),
        ("/questions/", HELEN),
    ],
    "lifecycle:question": [
        ("/questions/1/", CALLUM),
        ("/questions/1/", PRIYA),
        ("/questions/1/", ASHA),
    ],
    "policy:rulebook": [("/rulebook/", ASHA), ("/rulebook/?q=nothing-like-it", HELEN)],
    "insights:rules-desk": [("/policy/desk/", HELEN), ("/policy/desk/?q=nothing-like-it", HELEN)],
    "rules:rule": [("/policy/rules/hashtags-max/", HELEN), ("/policy/rules/duty-times/", HELEN)],
    "rules:lists": [("/policy/lists/", HELEN)],
    "rules:list": [
        ("/policy/lists/area_hashtags/", HELEN),
        ("/policy/lists/partner_accounts/", HELEN),
        ("/policy/lists/protected_handles/", HELEN),
    ],
    "rules:numbers": [("/policy/numbers/", HELEN)],
    "rules:versions": [("/policy/versions/", HELEN)],
    "rules:own-account": [("/policy/own-account/", ASHA), ("/policy/own-account/", HELEN)],
    "policy:restrictions": [("/rulebook/restrictions/", RUTH), ("/rulebook/restrictions/", COLIN)],
    "policy:elections": [("/rulebook/elections/", COLIN), ("/rulebook/elections/", HELEN)],
    "insights:accessibility": [("/accessibility/", ""), ("/accessibility/", ASHA)],
    "insights:about-you": [("/about-you/", "")],
    "people:me": [("/me/", ASHA), ("/me/", BEN)],
    "people:guidance": [("/guidance/", ASHA), ("/guidance/", COLIN)],
    "people:guidance-page": [("/guidance/hacked/", ASHA), ("/guidance/log-on/", BEN)],
    "people:call-list": [("/call-list/", RUTH), ("/call-list/", ASHA)],
    "people:list": [
        ("/people/", COLIN),
        ("/people/?q=nothing-like-it", COLIN),
        ("/people/?show=missing", COLIN),
        ("/people/?show=soon", COLIN),
        ("/people/?show=left", COLIN),
    ],
    "people:add": [("/people/add/", COLIN)],
    "people:person": [("/people/1/", COLIN), ("/people/9/", COLIN)],
    "people:change": [("/people/1/change/", COLIN)],
    "people:import": [("/people/import/", COLIN)],
    "people:force": [("/force/", COLIN)],
    "people:teams": [("/teams/", COLIN), ("/teams/?q=nothing-like-it", COLIN)],
    "people:add-team": [("/teams/add/", COLIN)],
    "people:team": [("/teams/1/", COLIN)],
    "people:change-team": [("/teams/1/change/", COLIN)],
    "approvals:add-account": [("/social-accounts/add/", COLIN)],
    "approvals:account": [("/social-accounts/1/", COLIN)],
    "approvals:merge-team": [("/teams/1/merge/", COLIN)],
    "approvals:leaver": [("/people/1/leave/", COLIN)],
    "approvals:begin": [("/begin/", COLIN)],
    "approvals:sheet": [("/who/", COLIN), ("/who/", PRIYA)],
    "told": [("/accounts/told/", ASHA), ("/accounts/told/", COLIN)],
    "duty": [("/accounts/duty/", RUTH), ("/accounts/duty/", COLIN)],
    "insights:start": [("/", "")],
    "demo-start": [("/", "")],
    "demo-mail": [("/practice-mail/", "")],
    "account_login": [("/accounts/login/", "")],
    "account_signup": [("/accounts/signup/", "")],
    "account_inactive": [("/accounts/inactive/", "")],
    "account_reset_password": [("/accounts/password/reset/", "")],
    "account_reset_password_done": [("/accounts/password/reset/done/", "")],
    "account_reset_password_from_key_done": [("/accounts/password/reset/key/done/", "")],
    "account_reset_password_from_key": [("/accounts/password/reset/key/1-set-password/", "")],
    "account_logout": [("/accounts/logout/", ASHA)],
    "account_change_password": [("/accounts/password/change/", ASHA)],
    "account_set_password": [("/accounts/password/set/", ASHA)],
    "account_reauthenticate": [("/accounts/reauthenticate/", ASHA)],
    "mfa_index": [("/accounts/sign-in/", ASHA), ("/accounts/sign-in/", COLIN)],
    "mfa_add_webauthn": [("/accounts/passkeys/add/", ASHA)],
    "mfa_activate_totp": [("/accounts/app/add/", ASHA)],
    "mfa_generate_recovery_codes": [("/accounts/recovery-codes/new/", ASHA)],
}
# Pages of one object, which the journeys below and beside this file open and look at.
OBJECT_PAGES = {
    "publishing:move-time",
    "insights:draft",
    "insights:start-force",
    "insights:trial",
    "drafts:edit",
    "drafts:pass-over",
    "approvals:review",
    "approvals:bulk",
    "approvals:comment",
    "approvals:suggest",
    "approvals:take",
    "approvals:emergency",
    "approvals:look-after",
    "approvals:central",
    "approvals:central-change",
    "publishing:take-down",
    "publishing:connect",
    "policy:change-restriction",
    "rules:version",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "lifecycle:case",
    "lifecycle:offer",
    "lifecycle:review-followers",
    "lifecycle:hand-over",
    "lifecycle:handover",
    "lifecycle:request",
    "lifecycle:edit-request",
    "lifecycle:step",
    "people:second-factor",
}
NO_PAGE = {
    "insights:health",
    "insights:turnaround-file",
    "insights:alive",
    "insights:ready",
    "insights:metrics",
    "insights:notices-read",
    "drafts:check",
    "drafts:withdraw",
    "drafts:discard",
    "drafts:copy",
    "approvals:reopen",
    "approvals:stop",
    "approvals:release",
    "approvals:live",
    "approvals:save-view",
    "approvals:drop-view",
    "single-keys",
    "approvals:end-cover",
    "words-in-mail",
    "end-duty",
    "end-session",
    "end-other-sessions",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "people:give-role",
    "people:end-role",
    "people:let-back",
    "people:invite-again",
    "people:export",
    "people:call-list-file",
    "people:close-team",
    "approvals:close-account",
    "publishing:answer",
    "publishing:connected",
    "publishing:lift",
    "publishing:inject-fault",
    "publishing:test-connection",
    "publishing:confirm-gone",
    "publishing:explain-post",
    "lifecycle:freeze-post",
    "lifecycle:statement",
    "lifecycle:ask-to-follow",
    "lifecycle:decide-following",
    "lifecycle:unfollow",
    "lifecycle:answer-offer",
    "lifecycle:keep",
    "lifecycle:farewell",
    "lifecycle:take-over",
    "lifecycle:call-off",
    "lifecycle:answer-request",
    "lifecycle:withdraw-request",
    "lifecycle:unfreeze",
    "lifecycle:close-question",
    "publishing:post-past",
    "incidents:release",
    "policy:end-restriction",
    "policy:end-election",
    "confirm-mobile",
    "demo-sign-in",
}


def route_names(resolver: URLResolver, namespace: str = "") -> set[str]:
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names.add(f"{namespace}{entry.name}")
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            names |= route_names(entry, f"{namespace}{inner}")
    return names


class TestEveryPage:
    def test_is_listed_here(self) -> None:
        assert route_names(get_resolver()) == PAGES.keys() | OBJECT_PAGES | NO_PAGE

    # Some hundred pages, one after the other.
    @pytest.mark.timeout(900)
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
    def test_is_accessible(self, browser: Browser, live: Live, size: tuple[int, int]) -> None:
        visits: dict[str, list[str]] = {}
        for pages in PAGES.values():
            for path, name in pages:
                visits.setdefault(name, []).append(path)
        for name, paths in visits.items():
            with person(browser, live.url, name, size=size) as page:
                for path in dict.fromkeys(paths):
                    page.goto(path)
                    heading = page.get_by_role("heading", level=1)
                    expect(heading).to_have_count(1)
                    assert page.title().startswith(str(heading.text_content()).strip())
                    is_accessible(page)
                    is_whole(page, size[0])

    def test_that_is_at_fault_is_found(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url) as page:
            page.goto("/")
            page.evaluate("document.querySelector('main').append(document.createElement('input'))")
            assert any("label" in fault for fault in axe(page))


class TestAnError:
    def test_has_a_page_that_leads_on(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, ASHA) as page:
            for path in ("/drafts/999999/", "/nowhere/", "/review/"):
                page.goto(path)
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
                is_accessible(page)


# A page with a form, who looks at it, and the button that is pressed with nothing filled in.
EMPTY_FORMS = [
    ("/people/add/", COLIN, "Add"),
    ("/people/import/", COLIN, "Show what it would do"),
    ("/teams/add/", COLIN, "Add the team"),
    ("/social-accounts/add/", COLIN, "Add the account"),
    ("/hacked/", COLIN, "Freeze it now"),
    ("/account-requests/new/", ASHA, "Send to my supervisor"),
    ("/following/", ASHA, "Ask communications"),
]


class TestAnEmptyForm:
    def test_comes_back_with_what_is_missing(self, browser: Browser, live: Live) -> None:
        for name in (COLIN, ASHA):
            with person(browser, live.url, name) as page:
                for path in [path for path, who, _ in EMPTY_FORMS if who == name]:
                    (button,) = (said for at, _, said in EMPTY_FORMS if at == path)
                    page.goto(path)
                    page.get_by_role("button", name=button, exact=True).click()
                    expect(page.locator(".govuk-error-summary")).to_be_visible()
                    is_accessible(page)

    def test_of_a_wrong_password_says_so(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url) as page:
            page.goto("/accounts/login/")
            page.get_by_label("Work e-mail").fill("nobody@marlshire.example.org")
            page.get_by_label("Password", exact=True).fill("not my password")
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.locator(".govuk-error-summary")).to_contain_text("do not belong together")
            is_accessible(page)


class TestALostSecondFactor:
    def test_is_removed_by_a_comms_admin(
        self, browser: Browser, live: Live, django_db_blocker: DjangoDbBlocker
    ) -> None:
        with django_db_blocker.unblock(), django_on(live.database_url):
            lost = User.objects.get(full_name__endswith=DILYS)
            Authenticator.objects.create(user=lost, type="totp", data={})
        with person(browser, live.url, COLIN) as page:
            page.goto(f"/people/{lost.pk}/")
            page.get_by_role("link", name=f"{lost} lost their second factor").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("lost their second factor")
            is_accessible(page)
            page.get_by_role("button", name="Remove the second factor").click()
            expect(page.locator(".govuk-error-summary")).to_contain_text("Say what happened.")
            is_accessible(page)
            page.get_by_label("Called back on the mobile number on record").check()
            page.get_by_label("What happened?").fill("New phone, the old one is broken")
            page.get_by_role("button", name="Remove the second factor").click()
            expect(page.get_by_text(f"{lost} is signed out everywhere.")).to_be_visible()
            expect(page.get_by_text("Second factor:")).to_have_count(0)
            is_accessible(page)


@pytest.fixture
def stands_in(live: Live, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Devan, of another team, decides in Joe's place; the page on which he takes other words."""
    with django_db_blocker.unblock(), django_on(live.database_url):
        joe, devan, ruth = (
            User.objects.get(full_name__endswith=name) for name in (JOE, DEVAN, RUTH)
        )
        now, today = timezone.now(), timezone.localdate()
        cover = delegate(
            joe, to=devan, since=today, until=today, reason="On leave", actor=joe, now=now
        )
        words = "Meet your team: surgery this Thursday, 6pm, Oldermoor Library. {} Details: "
        words += "https://marlshire.example.org/oldermoor #Oldermoor"
        path = handed_in_tweet(ASHA, words.format("Say who covers."))
        draft = Draft.objects.get(pk=int(path.split("/")[-2]))
        said = suggest(
            draft, actor=ruth, revision_number=draft.revision_number, now=now,
            revision_hash=draft.content_hash, text=words.format("Ask who covers."), note="Ask.",
        )  # fmt: skip
    yield reverse("approvals:take", args=[said.pk])
    with django_db_blocker.unblock(), django_on(live.database_url):
        end_delegation(cover, actor=joe, now=timezone.now())
        discard(Draft.objects.get(pk=draft.pk), actor=draft.author, now=timezone.now())


class TestWhoCovers:
    def test_has_pages_that_are_accessible(
        self, browser: Browser, live: Live, stands_in: str
    ) -> None:
        for size in (DESKTOP, PHONE):
            with person(browser, live.url, DEVAN, size=size) as page:
                page.goto(stands_in)
                heading = page.get_by_role("heading", level=1)
                expect(heading).to_have_text("Another wording is suggested")
                expect(page.get_by_role("button", name="Take it and approve")).to_be_visible()
                fits(page, size)
                page.goto("/cover/")
                expect(page.get_by_text(f"You decide in the place of {JOE}")).to_be_visible()
                fits(page, size)
            with person(browser, live.url, COLIN, size=size) as page:
                page.goto("/cover/")
                expect(page.get_by_role("heading", name="Cover of others")).to_be_visible()
                expect(page.get_by_text(f"{DEVAN} decides in the place of {JOE}")).to_be_visible()
                fits(page, size)
                page.get_by_role("button", name="Let them decide").click()
                expect(page.locator(".govuk-error-summary")).to_be_visible()
                fits(page, size)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
class TestAVeryLongText:
    def test_fits_and_is_kept(self, browser: Browser, live: Live, size: tuple[int, int]) -> None:
        long = "Oldermoor" * 40 + " #One #Two #Three #Four #Five 🚓🚓🚓"
        with person(browser, live.url, ASHA, size=size) as page:
            page.goto("/write/")
            type_tweet(page, long)
            expect(page.locator("#count")).to_contain_text("too many")
            submit(page)
            expect(page.get_by_label("Your tweet")).to_have_value(long)
            is_accessible(page)
            is_whole(page, size[0])
            page.get_by_role("button", name="Save as a draft").click()
            expect(page.get_by_text("Saved as a draft.")).to_be_visible()
            is_accessible(page)
            is_whole(page, size[0])


class TestTheIncidentForm:
    def test_says_what_is_missing_and_stops_everything(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, RUTH) as page:
            page.goto("/incidents/")
            page.get_by_role("button", name="Stop them now").click()
            expect(page.get_by_role("alert")).to_contain_text("Say in one sentence why")
            is_accessible(page)
            page.get_by_label("For whom?").select_option(label="@KingsmarlCycle")
            page.get_by_label("Why?").fill("Trying the button.")
            page.get_by_role("button", name="Stop them now").click()
            expect(page.get_by_text("Hold: @KingsmarlCycle.")).to_be_visible()
            page.goto("/incidents/")
            is_accessible(page)
            held = page.locator(".bl-hold", has_text="KingsmarlCycle")
            held.locator("summary").click()
            held.get_by_role("button").click()
            expect(page.get_by_text("has ended")).to_be_visible()


class TestADeliveryWithoutAnswer:
    def test_is_answered_for_by_a_person(self, browser: Browser, live: Live) -> None:
        with person(browser, live.url, RUTH) as page:
            page.goto("/deliveries/")
            line = page.locator(".bl-delivery", has_text="Refused by the platform")
            line.locator("summary").click()
            line.get_by_role("button", name="Answer").click()
            expect(page.get_by_role("alert").first).to_contain_text("Choose what should happen")
            is_accessible(page)
            line.get_by_role("radio", name="Drop it").check()
            line.get_by_label("Why?").fill("It is public in another tweet.")
            line.get_by_role("button", name="Answer").click()
            expect(page.get_by_text("Dropped.")).to_be_visible()
