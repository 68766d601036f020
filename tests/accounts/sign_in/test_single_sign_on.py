"""Single sign-on with a real provider over HTTP: people in the register, and nobody else."""

import time
from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.services import deactivate
from config.oidc import Oidc, oidc_of, providers
from tests import servers
from tests.accounts.sign_in.oidc import START, OidcProvider, oidc_provider
from tests.accounts.sign_in.people import AGAIN, CODE, PASSWORD, add_app, long_ago, sign_in
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[OidcProvider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: OidcProvider, settings: Settings) -> OidcProvider:
    settings.SOCIALACCOUNT_PROVIDERS = running.settings()
    return running


def said(answer: object) -> str:
    """The one sentence that a refused sign-in ends with."""
    page = Page.of(answer)
    assert page.h1 == "Sign in"
    (sentence,) = page.messages
    return sentence


class TestSigningInAtTheForce:
    def test_is_offered_where_it_is_configured(
        self, client: Client, provider: OidcProvider
    ) -> None:
        page = Page.of(client.get("/accounts/login/"))
        assert page.root.one("form", action=START).text == "Sign in with Marlshire sign-in"

    def test_is_not_there_otherwise(self, client: Client) -> None:
        assert START not in client.get("/accounts/login/").content.decode()
        assert client.post(START).status_code == 404

    def test_lets_somebody_in_who_is_registered_with_that_e_mail(
        self, client: Client, provider: OidcProvider, officer: User
    ) -> None:
        provider.knows("s1", email=officer.email.upper(), email_verified=True)
        answer = provider.sign_in(client, "s1")
        assert Page.of(answer).h1 == "My desk"
        assert officer.full_name in Page.of(answer).root.one("header").text
        # Nothing is kept of it, and the password stays.
        assert not SocialAccount.objects.exists()
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)

    def test_leads_to_where_one_wanted_to_go(
        self, client: Client, provider: OidcProvider, officer: User
    ) -> None:
        provider.knows("s1", email=officer.email, email_verified=True)
        answer = provider.sign_in(client, "s1", start=f"{START}?next=/drafts/")
        assert answer.redirect_chain[-1][0] == "/drafts/"

    def test_still_asks_for_the_second_factor(
        self, client: Client, provider: OidcProvider, officer: User
    ) -> None:
        sign_in(client, officer)
        add_app(client)
        client.post("/accounts/logout/")
        provider.knows("s1", email=officer.email, email_verified=True)
        answer = provider.sign_in(client, "s1")
        assert answer.redirect_chain[-1][0] == CODE
        assert client.get("/desk/").status_code == 302

    def test_refuses_somebody_who_is_not_registered(
        self, client: Client, provider: OidcProvider
    ) -> None:
        provider.knows("s2", email="nobody@force.example.org", email_verified=True)
        assert said(provider.sign_in(client, "s2")) == (
            "Nobody is registered here with nobody@force.example.org. Ask the comms desk for an"
            " account."
        )
        assert not User.objects.exists()

    @pytest.mark.parametrize("claims", [{"email_verified": False}, {}])
    def test_refuses_an_e_mail_that_nobody_verified(
        self, client: Client, provider: OidcProvider, officer: User, claims: dict[str, bool]
    ) -> None:
        provider.knows("s3", email=officer.email, **claims)
        assert "did not confirm an e-mail address" in said(provider.sign_in(client, "s3"))
        assert client.get("/desk/").status_code == 302

    def test_takes_the_word_of_a_provider_that_vouches_for_e_mails(
        self, client: Client, provider: OidcProvider, officer: User, settings: Settings
    ) -> None:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings(vouches_for_emails=True)
        provider.knows("s3", email=officer.email)
        assert Page.of(provider.sign_in(client, "s3")).h1 == "My desk"

    def test_refuses_somebody_without_an_e_mail(
        self, client: Client, provider: OidcProvider
    ) -> None:
        provider.knows("s4", name="Edda Lorne")
        assert "did not confirm an e-mail address" in said(provider.sign_in(client, "s4"))

    def test_refuses_somebody_deactivated(
        self, client: Client, provider: OidcProvider, officer: User
    ) -> None:
        deactivate(officer, actor=None, now=timezone.now())
        provider.knows("s1", email=officer.email, email_verified=True)
        assert Page.of(provider.sign_in(client, "s1")).h1 == "Your account is switched off"

    def test_refuses_an_issuer_that_is_another(
        self, client: Client, provider: OidcProvider, officer: User, settings: Settings
    ) -> None:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["openid_configuration_overrides"] = {"issuer": "https://else.example"}
        provider.knows("s1", email=officer.email, email_verified=True)
        assert "cannot be trusted" in said(provider.sign_in(client, "s1"))
        assert client.get("/desk/").status_code == 302

    def test_says_so_when_it_was_denied_there(self, client: Client, provider: OidcProvider) -> None:
        client.post(START)
        (name,) = client.session["socialaccount_states"]
        query = f"?error=access_denied&state={name}"
        assert "was told not to" in said(client.get(f"{START}back/{query}", follow=True))

    @pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=made-up", "?state=%00x"])
    def test_says_so_when_nobody_began_here(
        self, client: Client, provider: OidcProvider, query: str
    ) -> None:
        answer = client.get(f"{START}back/{query}", follow=True)
        if "%00" in query:
            assert answer.status_code == 404
        else:
            assert "took too long, or began in another window" in said(answer)

    def test_says_so_when_it_took_too_long(
        self, client: Client, provider: OidcProvider, officer: User
    ) -> None:
        provider.knows("s1", email=officer.email, email_verified=True)
        client.post(START)
        session = client.session
        states = session["socialaccount_states"]
        (name,) = states
        states[name] = [states[name][0], time.time() - 601, states[name][2]]
        session["socialaccount_states"] = states
        session.save()
        answer = client.get(f"{START}back/?code=x&state={name}", follow=True)
        assert "took too long" in said(answer)

    def test_says_so_when_the_code_is_none(self, client: Client, provider: OidcProvider) -> None:
        client.post(START)
        (name,) = client.session["socialaccount_states"]
        answer = client.get(f"{START}back/?code=made-up&state={name}", follow=True)
        assert "cannot be trusted" in said(answer)

    def test_says_so_when_nobody_answers_there(self, client: Client, settings: Settings) -> None:
        nowhere = f"http://{servers.HOST}:{servers.free_port()}"
        settings.SOCIALACCOUNT_PROVIDERS = providers(Oidc(nowhere, "id", "secret"))
        answer = client.post(START, follow=True)
        assert "does not answer as it should" in said(answer)


class TestShowingItAgainAtTheForce:
    @pytest.fixture
    def member(self, scene: Scene, provider: OidcProvider, settings: Settings) -> User:
        """Somebody who has no password and no second factor here."""
        settings.DEMO = False
        person = scene.person()
        provider.knows("m", email=person.email, email_verified=True)
        return person

    def again(self, client: Client, member: User, provider: OidcProvider) -> str:
        """Sign in, let time pass, and want something dangerous: where they are led."""
        provider.sign_in(client, "m")
        long_ago(client)
        where = client.get("/accounts/app/add/").headers["Location"]
        assert where.startswith(AGAIN)
        (form,) = (
            form
            for form in Page.of(client.get(where)).root.all("form")
            if form.text == "Sign in again with Marlshire sign-in"
        )
        return form.attrs["action"]

    def test_works_by_a_fresh_sign_in_there(
        self, client: Client, member: User, provider: OidcProvider
    ) -> None:
        start = self.again(client, member, provider)
        leave = client.post(start).headers["Location"]
        assert "prompt=login" in leave
        assert "max_age=0" in leave
        provider.knows("m", email=member.email, email_verified=True, auth_time=int(time.time()))
        answer = provider.sign_in(client, "m", start=start)
        assert Page.of(answer).h1 == "Add an app for codes"

    @pytest.mark.parametrize("auth_time", [None, "now", 1_000_000_000, True])
    def test_does_not_by_one_that_the_provider_still_remembered(
        self, client: Client, member: User, provider: OidcProvider, auth_time: object
    ) -> None:
        start = self.again(client, member, provider)
        claims = {"email_verified": True, "auth_time": auth_time}
        provider.knows("m", email=member.email, **claims)
        answer = provider.sign_in(client, "m", start=start)
        assert "did not ask you to sign in again" in Page.of(answer).messages[0]
        assert client.get("/accounts/app/add/").headers["Location"].startswith(AGAIN)

    def test_does_not_by_another_person(
        self, client: Client, member: User, provider: OidcProvider, officer: User
    ) -> None:
        start = self.again(client, member, provider)
        provider.knows("o", email=officer.email, email_verified=True, auth_time=int(time.time()))
        answer = provider.sign_in(client, "o", start=start)
        assert "who is somebody else" in Page.of(answer).messages[0]
        assert member.full_name in Page.of(answer).root.one("header").text

    def test_needs_a_password_or_more_where_there_is_no_provider(
        self, client: Client, scene: Scene, settings: Settings
    ) -> None:
        settings.DEMO = False
        client.force_login(scene.person())
        client.get("/desk/")
        long_ago(client)
        assert client.get("/accounts/app/add/").headers["Location"] == (
            "/accounts/login/?next=%2Faccounts%2Fapp%2Fadd%2F"
        )


class TestTheEnvironment:
    def test_says_where_and_as_whom(self) -> None:
        oidc = oidc_of(
            {
                "OIDC_SERVER_URL": "https://id.force.example/realm/",
                "OIDC_CLIENT_ID": "blue-lamp",
                "OIDC_CLIENT_SECRET": "s",
                "OIDC_NAME": "Marlshire sign-in",
            }
        )
        (app,) = providers(oidc)["openid_connect"]["APPS"]
        assert app["name"] == "Marlshire sign-in"
        assert oidc.origin == "https://id.force.example"
        assert app["settings"] == {
            "server_url": "https://id.force.example/realm",
            "verified_email": False,
        }

    def test_may_say_nothing(self) -> None:
        assert providers(oidc_of({})) == {}
        assert not oidc_of({}).is_partial
        assert oidc_of({}).origin == ""

    def test_that_says_half_of_it_configures_nothing(self) -> None:
        half = oidc_of({"OIDC_SERVER_URL": "https://id.force.example"})
        assert half.is_partial
        assert providers(half) == {}
        assert oidc_of({"OIDC_CLIENT_ID": "x"}).is_partial
