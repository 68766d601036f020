"""Making a real force on the command line."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import ApprovalRoute, Force, Membership, SocialAccount, User
from accounts.roles import Role
from accounts.telephones import NO_NUMBER
from audit.models import Record
from audit.verbs import Verb
from policy.services import pack_for
from tests.factories import Scene, UserFactory, approve_it, handed_in, trained, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

ADMIN = ["ada.admin@marlshire.example.org", "Ada Admin", "07700 900201"]
ONE = ["olive.one@marlshire.example.org", "Olive One", "07700 900202"]
TWO = ["theo.two@marlshire.example.org", "Theo Two", "+44 7700 900203"]


def create(**changes: Any) -> None:
    options = {
        "name": "Marlshire Police",
        "slug": "marlshire",
        "site": "https://www.marlshire.example.org",
        "team": "Saltmere Quay",
        "account": "SaltmereLPT",
        "admin": ADMIN,
    }
    approvers = changes.pop("approver", [ONE, TWO])
    typed: list[str] = []
    for name, value in (options | changes).items():
        typed += [f"--{name.replace('_', '-')}", *([value] if isinstance(value, str) else value)]
    for approver in approvers:
        typed += ["--approver", *approver]
    call_command("createforce", *typed)


def refusal(**changes: Any) -> list[str]:
    """The sentences with which the command refuses; nothing is made."""
    before = [model.objects.count() for model in (Force, User, SocialAccount, ApprovalRoute)]
    with pytest.raises(CommandError) as refused:
        create(**changes)
    assert before == [
        model.objects.count() for model in (Force, User, SocialAccount, ApprovalRoute)
    ]
    head, *faults = str(refused.value).split("\n- ")
    assert head == "No force was made."
    return faults


class TestANewForce:
    def test_has_everything_that_it_needs_to_begin(self) -> None:
        create(pack="staffordshire", comms_email="desk@marlshire.example.org", comms_phone="101")
        force = Force.objects.get(slug="marlshire")
        assert (force.name, force.site, force.comms_email, force.comms_phone) == (
            "Marlshire Police",
            "https://www.marlshire.example.org",
            "desk@marlshire.example.org",
            "101",
        )
        assert pack_for(force).id == "staffordshire"
        assert "www.marlshire.example.org" in pack_for(force).allowed_domains
        route = ApprovalRoute.objects.get(force=force)
        assert (route.lpt, route.steps.get().roles) == (None, [Role.COMMS_APPROVER])
        account = SocialAccount.objects.get(force=force)
        assert (account.handle, account.lpt and account.lpt.name) == (
            "SaltmereLPT",
            "Saltmere Quay",
        )
        people = {
            membership.person.email: (membership.role, membership.lpt, membership.since)
            for membership in Membership.objects.filter(force=force)
        }
        today = timezone.localdate()
        assert people == {
            ADMIN[0]: (Role.COMMS_ADMIN, None, today),
            ONE[0]: (Role.COMMS_APPROVER, None, today),
            TWO[0]: (Role.COMMS_APPROVER, None, today),
        }
        assert User.objects.get(email=TWO[0]).mobile == "+447700900203"

    def test_stands_in_the_trail(self) -> None:
        create()
        made = Record.objects.get(verb=Verb.ACCOUNT_ADDED)
        assert (made.target_name, made.data) == ("@SaltmereLPT", {"kind": "lpt"})
        row = Record.objects.get(verb=Verb.FORCE_CREATED)
        assert row.target_name == "Marlshire Police"
        assert sorted(row.data["people"].values()) == [
            "comms_admin",
            "comms_approver",
            "comms_approver",
        ]

    def test_tells_how_its_people_get_in(
        self, client: Client, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cache.clear()
        create()
        said = capsys.readouterr().out
        assert "http://127.0.0.1:8000/accounts/password/reset/" in said
        assert "Olive One, olive.one@marlshire.example.org" in said
        assert not client.login(email=ONE[0], password="")
        # And that way works: address, mail, link, password, desk.
        client.post("/accounts/password/reset/", {"email": ONE[0]})
        (letter,) = mail.outbox
        assert letter.to == [ONE[0]]
        link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(letter.body))
        assert link
        page = client.get(link[1], follow=True)
        path = page.redirect_chain[-1][0]
        password = "a long and winding password"
        client.post(path, {"password1": password, "password2": password})
        client.post("/accounts/login/", {"login": ONE[0], "password": password})
        assert Page.of(client.get("/desk/")).h1 == "My desk"

    def test_can_take_a_tweet_all_the_way(self) -> None:
        create()
        force = Force.objects.get(slug="marlshire")
        account = SocialAccount.objects.get(force=force)
        one, two = (User.objects.get(email=person[0]) for person in (ONE, TWO))
        User.objects.update(mobile_confirmed_on=timezone.localdate())
        trained(one)
        one.refresh_from_db()
        scene = Scene()
        draft = handed_in(written(scene, author=one, account=account))
        assert approve_it(draft, by=two).approved_by == two

    def test_may_have_more_than_two_approvers(self) -> None:
        three = ["tess.three@marlshire.example.org", "Tess Three", "07700 900204"]
        create(approver=[ONE, TWO, three])
        assert Membership.objects.filter(role=Role.COMMS_APPROVER).count() == 3

    def test_is_made_once(self) -> None:
        create()
        with pytest.raises(CommandError) as refused:
            create(name="Another name", account="Another")
        assert str(refused.value) == (
            "There is a force with the slug “marlshire” already. Nothing was changed."
        )
        assert Force.objects.get().name == "Marlshire Police"


class TestAFault:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": "  "}, "--name: give the force's name in at most 100 characters."),
            ({"name": "x" * 101}, "--name: give the force's name in at most 100 characters."),
            *(
                (
                    {"slug": slug},
                    "--slug: use lower-case letters, digits and hyphens, at most 50, like"
                    " “marlshire”.",
                )
                for slug in ("Marlshire", "marl shire", "", "x" * 51, "marlé")
            ),
            *(
                (
                    {"site": site},
                    "--site: give the address of the force's own site, like"
                    " https://www.force.police.uk.",
                )
                for site in ("", "marlshire", "http://marlshire.example.org", "https://", "ftp://x.org")
            ),
            (
                {"pack": "kent"},
                "--pack: there is no pack “kent”; there are neutral, staffordshire, west_midlands.",
            ),
            ({"comms_email": "desk"}, "--comms-email: this is no e-mail address."),
            ({"comms_phone": "ring Bob"}, f"--comms-phone: {NO_NUMBER}"),
            (
                {"comms_phone": "1" * 21},
                "--comms-phone: give the number in at most 20 characters.",
            ),
            (
                {"approver": [ONE]},
                "--approver: name two or more people, since nobody approves what they wrote.",
            ),
            (
                {"approver": [ONE, [ADMIN[0].upper(), *TWO[1:]]]},
                f"{ADMIN[0]} is named 2 times: one person holds one of these roles.",
            ),
            ({"admin": ["ada", *ADMIN[1:]]}, "“ada” is no e-mail address."),
            (
                {"admin": [ADMIN[0], " ", ADMIN[2]]},
                f"{ADMIN[0]}: give the full name in at most 100 characters.",
            ),
            (
                {"admin": [*ADMIN[:2], "01785 123456"]},
                f"{ADMIN[0]}: “01785 123456” is no UK mobile number. Enter a UK mobile number,"
                " like 07700 900982.",
            ),
            *(
                (
                    {"team": team},
                    "--team: give the team's name, with letters, in at most 50 characters.",
                )
                for team in ("", "!!!", "x" * 51)
            ),
            ({"platform": "myspace"}, "--platform: choose one of x, mastodon, bluesky."),
            *(
                (
                    {"account": handle},
                    "--account: On X a handle has up to 15 letters, digits and underscores. Give it"
                    " without the @.",
                )
                for handle in ("@Saltmere", "Saltmere Quay", "", "Saltmeré", "Saltmere\n")
            ),
            (
                {"account": "Salt_Mere", "platform": "bluesky"},
                "--account: On Bluesky a handle has 3 to 18 letters, digits and hyphens, and begins"
                " and ends without a hyphen. Give it without the @.",
            ),
        ],
        ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
    )  # fmt: skip
    def test_gets_its_sentence_and_makes_nothing(
        self, changes: dict[str, Any], sentence: str
    ) -> None:
        assert refusal(**changes) == [sentence]

    def test_of_what_is_taken_gets_its_sentence(self) -> None:
        scene = Scene()
        taken = UserFactory.create(email="somebody@marlshire.example.org")
        assert refusal(
            name=scene.force.name,
            account=scene.account.handle.swapcase(),
            admin=["Somebody@Marlshire.example.org", *ADMIN[1:]],
        ) == [
            f"--name: there is a force called “{scene.force.name}” already.",
            "Somebody@Marlshire.example.org belongs to somebody who is known here already.",
            f"--account: @{scene.account.handle.swapcase()} belongs to a team here already.",
        ]
        assert User.objects.get() == taken

    def test_comes_with_all_the_others(self) -> None:
        faults = refusal(
            name="", slug="?", site="?", pack="?", admin=["?", "", "?"], approver=[ONE],
            team="?", account="?", platform="?",
        )  # fmt: skip
        assert len(faults) == 10

    def test_of_a_missing_option_is_argparse_s(self) -> None:
        with pytest.raises(CommandError, match="--site"):
            call_command("createforce", "--name", "x", "--slug", "x")
