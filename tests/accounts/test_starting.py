"""Making a force in the browser, with the link of whoever runs Blue Lamp."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import ApprovalRoute, Force, Membership, User
from accounts.roles import Role
from accounts.services import (
    Beginning,
    Details,
    LinkEnded,
    StartRefused,
    forces_before,
    start_force,
    start_token,
)
from accounts.telephones import NO_NUMBER, number_problem
from audit.models import Record
from audit.verbs import Verb
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Marlshire Police",
    "site": "https://www.marlshire.example.org",
    "policy_pack": "neutral",
    "comms_phone": "01632 960100",
    "full_name": "Ada Admin",
    "email": "Ada.Admin@marlshire.example.org",
    "mobile": "07700 900201",
    "job_title": "Digital lead",
    "password": "a long and winding way",
}
HOUR = timedelta(hours=1)
NO_ADDRESS = "Enter a web address, like www.force.police.uk. It has to be https, not http."


def path(now: datetime | None = None) -> str:
    return f"/start/{start_token(now=now or timezone.now())}/"


def post(client: Client, **changes: str) -> Any:
    return client.post(path(), TYPED | changes)


def errors(client: Client, **changes: str) -> list[str]:
    """The sentences that the page answers with; nothing is made, and nothing typed is lost."""
    response = post(client, **changes)
    assert response.status_code == 422
    assert not Force.objects.exists()
    assert not User.objects.exists()
    page = Page.of(response)
    for name, typed in (TYPED | changes).items():
        if name not in ("password", "policy_pack"):
            assert page.root.one("input", name=name).attrs.get("value", "") == typed
    summary = page.root.one("div", class_="govuk-error-summary")
    return [link.text for link in summary.all("a")]


class TestTheNumberOfTheDesk:
    @pytest.mark.parametrize(
        "typed",
        [
            "01632 960200", "(01632) 960200", "+44 1632 960200", "07700 900982", "0300 123 1212",
            "101", "101 ext 1234", "101, ext. 87654", "01632 960200 x12", "101 extension 1234",
        ],
    )  # fmt: skip
    def test_can_be_rung(self, typed: str) -> None:
        assert number_problem(typed) == ""

    @pytest.mark.parametrize(
        "typed", ["ring Bob", "the desk", "12", "101 ask for Bob", "ext 12", "9" * 20, "-", "0160"]
    )
    def test_is_nothing_else(self, typed: str) -> None:
        assert number_problem(typed) == NO_NUMBER


class TestTheLink:
    def test_is_printed_whole(self, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("startlink")
        link = capsys.readouterr().out.strip()
        assert link.startswith("http://127.0.0.1:8000/start/")
        page = client.get(link.removeprefix("http://127.0.0.1:8000"))
        assert Page.of(page).h1 == "Set up your force"

    def test_ends_after_an_hour(self, client: Client) -> None:
        now = timezone.now()
        token = start_token(now=now)
        assert forces_before(token, now=now + HOUR - timedelta(seconds=1)) == 0
        with pytest.raises(LinkEnded):
            forces_before(token, now=now + HOUR)
        late = client.get(path(now - HOUR - timedelta(seconds=1)))
        assert late.status_code == 404
        assert Page.of(late).h1 == "This link has ended"

    def test_opens_once(self, client: Client) -> None:
        way = path()
        assert client.post(way, TYPED).status_code == 302
        again = client.post(way, TYPED | {"name": "Another Police", "email": "b@c.example.org"})
        assert again.status_code == 404
        assert Force.objects.count() == 1

    def test_of_a_second_force_opens_too(self, client: Client) -> None:
        Scene()
        assert post(client).status_code == 302
        assert Force.objects.count() == 2

    @pytest.mark.parametrize("token", ["x", "a:b:c", "é", "%00", "." * 3000])
    def test_made_up_opens_nothing(self, client: Client, token: str) -> None:
        assert client.get(f"/start/{token}/").status_code == 404
        assert client.post(f"/start/{token}/", TYPED).status_code == 404
        assert not Force.objects.exists()

    def test_used_by_two_at_once_makes_one_force(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = timezone.now()
        token = start_token(now=now)
        details = Details("ada@marlshire.example.org", "Ada Admin", "+447700900201")

        def overtaken(*_: Any, **__: Any) -> int:
            return 0

        Scene()
        # As seen by the second of two that both looked before the first one had been kept.
        monkeypatch.setattr("accounts.services.starting.forces_before", overtaken)
        beginning = Beginning("Marlshire Police", TYPED["site"], "neutral", "101")
        with pytest.raises(LinkEnded):
            start_force(token, beginning, details, TYPED["password"], now=now)
        assert not User.objects.filter(email=details.email).exists()


class TestANewForce:
    def test_has_its_comms_admin_who_is_signed_in(self, client: Client) -> None:
        answer = post(client)
        assert answer.headers["Location"] == "/begin/"
        page = Page.of(client.get("/begin/"))
        assert page.h1 == "Set up Marlshire Police"
        assert "you are its comms admin" in page.root.text
        force = Force.objects.get()
        assert (force.slug, force.site) == ("marlshire-police", TYPED["site"])
        assert (force.comms_phone, force.policy_pack) == ("01632 960100", "neutral")
        person = User.objects.get()
        assert (person.email, person.mobile) == ("ada.admin@marlshire.example.org", "+447700900201")
        assert person.check_password(TYPED["password"])
        (role,) = Membership.objects.all()
        assert (role.person, role.force, role.role) == (person, force, Role.COMMS_ADMIN)

    def test_lets_comms_approvers_decide_and_asks_for_the_training(self, client: Client) -> None:
        post(client)
        assert ApprovalRoute.objects.get().steps.get().roles == [Role.COMMS_APPROVER]
        assert Force.objects.get().guidance_version

    def test_stands_in_the_trail_without_the_password(self, client: Client) -> None:
        post(client)
        row = Record.objects.get(verb=Verb.FORCE_CREATED)
        assert row.target_name == "Marlshire Police"
        assert TYPED["password"] not in str([record.data for record in Record.objects.all()])

    def test_lets_its_admin_in_again(self, client: Client) -> None:
        post(client)
        client.logout()
        client.post("/accounts/login/", {"login": TYPED["email"], "password": TYPED["password"]})
        assert Page.of(client.get("/desk/")).h1 == "My desk"


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("name", "", "Enter the name of the force."),
            ("name", "!!!", "Enter a name with letters in it."),
            ("name", "x" * 101, "Keep it to 100 characters."),
            ("name", "Marl\u202eshire", "Write it without characters that cannot be seen."),
            ("site", "", "Enter the address of the force’s own site."),
            ("site", "not an address", NO_ADDRESS),
            ("site", "http://a.example.org", NO_ADDRESS),
            ("site", "ftp://a.example.org", NO_ADDRESS),
            ("policy_pack", "nothing", "Choose the guidance."),
            ("comms_phone", "", "Enter the number of the comms desk."),
            ("comms_phone", "ring Bob", NO_NUMBER),
            ("full_name", "", "Enter the name."),
            ("email", "ada", "Enter an e-mail address, like name@force.police.uk."),
            ("mobile", "", "Enter the mobile number."),
            ("password", "", "Choose a password."),
        ],
    )
    def test_is_said_in_a_sentence(
        self, client: Client, field: str, typed: str, sentence: str
    ) -> None:
        assert errors(client, **{field: typed}) == [sentence]

    def test_is_said_all_at_once(self, client: Client) -> None:
        changes = {"site": "", "full_name": "", "mobile": "", "password": "lovely marlshire!"}
        assert errors(client, **changes) == [
            "Enter the address of the force’s own site.",
            "Enter the name.",
            "Enter the mobile number.",
            "Choose a password without your force’s name in it: colleagues can guess that.",
        ]

    def test_is_everything_about_a_password(self, client: Client) -> None:
        needs_name, *about_it = errors(client, full_name="", password="marlshire")
        assert needs_name == "Enter the name."
        assert any("12" in sentence for sentence in about_it)
        assert any("force’s name" in sentence for sentence in about_it)

    def test_is_said_of_names_and_passwords_together(self, client: Client) -> None:
        scene = Scene()
        taken = {"name": scene.force.name, "email": scene.person().email, "password": "short"}
        page = Page.of(response := post(client, **taken))
        assert response.status_code == 422
        said = " ".join(sentence for sentence, _ in page.problems)
        assert "There is a force of this name already." in said
        assert "on the register already" in said
        assert "12 characters" in said

    def test_is_a_number_that_is_no_mobile(self, client: Client) -> None:
        (sentence,) = errors(client, mobile="01632 960100")
        assert "mobile" in sentence

    @pytest.mark.parametrize(
        ("password", "words"),
        [("short", "12"), ("Marlshire-is-lovely-1", "force"), ("ada-Admin-was-here", "name")],
    )
    def test_is_a_password_that_others_guess(
        self, client: Client, password: str, words: str
    ) -> None:
        assert any(words in sentence for sentence in errors(client, password=password))

    def test_is_a_name_that_is_taken(self, client: Client) -> None:
        scene = Scene()
        response = post(client, name=scene.force.name)
        assert response.status_code == 422
        assert "There is a force of this name already." in Page.of(response).root.text
        with pytest.raises(StartRefused):
            start_force(
                start_token(now=timezone.now()),
                Beginning(scene.force.name.upper(), TYPED["site"], "neutral", "101"),
                Details("ada@marlshire.example.org", "Ada Admin", "+447700900201"),
                TYPED["password"],
                now=timezone.now(),
            )

    def test_is_somebody_who_is_on_the_register(self, client: Client) -> None:
        person = Scene().person()
        response = post(client, email=person.email.upper())
        assert response.status_code == 422
        assert "on the register already" in Page.of(response).root.text

    def test_is_a_hundred_thousand_characters(self, client: Client) -> None:
        for field in ("name", "site", "comms_phone", "full_name", "email", "mobile", "password"):
            assert post(client, **{field: "x" * 100_000}).status_code == 422
        assert not Force.objects.exists()
