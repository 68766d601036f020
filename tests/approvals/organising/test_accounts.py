"""Accounts of the force: named, added, changed, signed and closed."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.handles import handle_problem
from accounts.models import AccountKind, AccountStatus, Force, Platform, SocialAccount, User
from accounts.roles import Role
from accounts.services import OrganisingRefused, OvertakenChange, close_team
from approvals.organising.naming import handle_like
from approvals.organising.services import (
    add_account,
    change_account,
    close_account,
    details_of,
    reopen_account,
)
from audit.models import Record
from audit.verbs import Verb
from incidents.models import HoldKind
from incidents.services import place
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.approvals.organising.stage import details
from tests.factories import LPTFactory, Scene, approved, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestAHandle:
    @pytest.mark.parametrize(
        ("handle", "platform", "is_taken"),
        [
            ("a" * 15, "x", "yes"),
            ("a" * 16, "x", "no"),
            ("a-b", "x", "no"),
            ("", "x", "no"),
            ("é", "x", "no"),
            ("a" * 30, "mastodon", "yes"),
            ("a" * 31, "mastodon", "no"),
            ("oldermoor-lpt", "bluesky", "yes"),
            ("-oldermoor", "bluesky", "no"),
            ("a_b", "bluesky", "no"),
            ("a" * 19, "bluesky", "no"),
        ],
    )
    def test_is_as_its_platform_takes_it(self, handle: str, platform: str, is_taken: str) -> None:
        assert (handle_problem(handle, platform) == "") == (is_taken == "yes")

    def test_that_is_too_long_says_how_long_it_is(self) -> None:
        assert handle_problem("FirstnameSurnameWMP", "x").endswith("This one has 19 characters.")


class TestANewAccount:
    def test_is_there_for_its_team(self, scene: Scene, admin: User) -> None:
        account = add_account(scene.force, details(scene), actor=admin, now=timezone.now())
        assert (account.status, account.lpt) == (AccountStatus.ACTIVE, scene.lpt)
        assert Record.objects.about(account).get().verb == Verb.ACCOUNT_ADDED

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"handle": "x" * 16}, "handle"),
            ({"lpt": None}, "lpt"),
            ({"kind": AccountKind.COMMANDER, "lpt": None}, "lpt"),
            ({"kind": AccountKind.FORCE}, "lpt"),
        ],
    )
    def test_is_refused_beside_what_is_wrong(
        self, scene: Scene, admin: User, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(OrganisingRefused) as refused:
            add_account(scene.force, details(scene, **changes), actor=admin, now=timezone.now())
        assert refused.value.field == field

    def test_is_named_as_the_pack_says(self, scene: Scene, admin: User) -> None:
        Force.objects.update(policy_pack="west_midlands")
        scene.force.refresh_from_db()
        with pytest.raises(OrganisingRefused, match="named like AnnSampleWMP"):
            add_account(scene.force, details(scene), actor=admin, now=timezone.now())
        named = details(scene, handle="NellNewcomeWMP")
        assert add_account(scene.force, named, actor=admin, now=timezone.now()).pk

    @pytest.mark.parametrize(
        ("pack", "team", "like"),
        [
            ("neutral", "Northgate", "NorthgateLPT"),
            ("neutral", "South Bridge", "SouthBridgeLPT"),
            ("neutral", "Southbridge", "SouthbridgeLPT"),
            ("neutral", "Wolverhampton", "Wolverhampton"),
            ("neutral", "Middlesbrough Central", "MiddlesbroughCe"),
            ("staffordshire", "Leek", "LeekLPT"),
            ("west_midlands", "Northgate", "AnnSampleWMP"),
            ("neutral", "", "FenshirePolice"),
        ],
    )
    def test_is_shown_an_example_of_its_own(
        self, scene: Scene, pack: str, team: str, like: str
    ) -> None:
        scene.force.policy_pack, scene.force.name = pack, "Fenshire Police"
        scene.lpt.name = team
        assert handle_like(scene.force, scene.lpt if team else None) == like

    def test_that_its_platform_does_not_take_says_why(self, scene: Scene, admin: User) -> None:
        Force.objects.update(policy_pack="west_midlands")
        scene.force.refresh_from_db()
        with pytest.raises(OrganisingRefused, match="This one has 19 characters"):
            add_account(
                scene.force,
                details(scene, handle="FirstnameSurnameWMP"),
                actor=admin,
                now=timezone.now(),
            )

    def test_is_no_other_one_s(self, scene: Scene, admin: User) -> None:
        for handle in (scene.account.handle, scene.account.handle.swapcase()):
            taken = details(scene, handle=handle)
            with pytest.raises(OrganisingRefused, match="is here already"):
                add_account(scene.force, taken, actor=admin, now=timezone.now())

    def test_is_added_by_the_force_s_admin(self, scene: Scene) -> None:
        for actor in (scene.person(Role.COMMS_DUTY), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                add_account(scene.force, details(scene), actor=actor, now=timezone.now())

    def test_comes_from_the_form(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        page = Page.of(client.get(f"/social-accounts/add/?team={scene.lpt.pk}"))
        assert "up to 15 characters on X, 30 on Mastodon, 18 on Bluesky." in page.main
        assert "OldermoorPolice" not in page.main
        options = page.root.one("select", id="id_lpt").all("option")
        (chosen,) = [option for option in options if "selected" in option.attrs]
        assert chosen.attrs["value"] == str(scene.lpt.pk)
        sent = {"platform": "x", "handle": "@New-One", "kind": "lpt", "lpt": scene.lpt.pk,
                "publisher": "default", "seen": "new"}  # fmt: skip
        response = client.post("/social-accounts/add/", sent)
        assert response.status_code == 422
        assert Page.of(response).problems[0][1] == "#id_handle"
        client.post("/social-accounts/add/", sent | {"handle": "@NewOne"})
        assert SocialAccount.objects.filter(handle="NewOne").exists()


class TestAChangedAccount:
    def test_moves_to_another_team(self, scene: Scene, admin: User) -> None:
        other = LPTFactory.create(force=scene.force)
        seen = details_of(scene.account)
        new = details(scene, handle=scene.account.handle, lpt=other)
        change_account(scene.account, new, seen=seen, actor=admin, now=timezone.now())
        scene.account.refresh_from_db()
        assert scene.account.lpt == other
        with pytest.raises(OvertakenChange):
            change_account(
                scene.account, details(scene), seen=seen, actor=admin, now=timezone.now()
            )

    def test_does_not_leave_a_hold_behind(self, scene: Scene, admin: User) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        place(kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=duty, now=timezone.now())
        other = LPTFactory.create(force=scene.force)
        with pytest.raises(OrganisingRefused, match="Have it released first"):
            change_account(
                scene.account, details(scene, lpt=other), seen=details_of(scene.account),
                actor=admin, now=timezone.now(),
            )  # fmt: skip

    def test_is_sent_by_what_was_chosen_under_connections(
        self, client: Client, scene: Scene, admin: User, settings: Any
    ) -> None:
        settings.PUBLISHERS = {
            **settings.PUBLISHERS,
            "mastodon": {"BACKEND": "publishing.backends.mastodon.MastodonPublisher"},
        }
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/"
        main = Page.of(client.get(path)).root.one("main")
        assert not main.all("select", id="id_publisher")
        seen = main.one("input", id="id_seen").attrs["value"]
        sent = {"handle": scene.account.handle, "kind": "lpt", "publisher": "mastodon",
                "lpt": scene.lpt.pk, "seen": seen}  # fmt: skip
        assert client.post(path, sent).status_code == 302
        scene.account.refresh_from_db()
        assert scene.account.publisher == "default"
        other = replace(details_of(scene.account), publisher="mastodon")
        with pytest.raises(OrganisingRefused, match="under Connections"):
            change_account(
                scene.account, other, seen=details_of(scene.account), actor=admin,
                now=timezone.now(),
            )  # fmt: skip
        new = {"platform": "x", "handle": "NewOne", "kind": "lpt", "lpt": scene.lpt.pk,
               "publisher": "mastodon", "seen": "new"}  # fmt: skip
        answer = client.post("/social-accounts/add/", new)
        assert Page.of(answer).problems == [
            ("“mastodon” does not send to X. Choose another.", "#id_publisher")
        ]

    def test_is_shown_anew_when_somebody_was_quicker(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/"
        seen = Page.of(client.get(path)).root.one("input", id="id_seen").attrs["value"]
        sent = {"handle": scene.account.handle, "kind": "lpt", "publisher": "default",
                "lpt": scene.lpt.pk, "seen": seen}  # fmt: skip
        assert client.post(path, sent | {"kind": "commander"}).status_code == 302
        response = client.post(path, sent | {"kind": "officer"})
        assert response.status_code == 409
        scene.account.refresh_from_db()
        assert scene.account.kind == "commander"


class TestASignature:
    def test_is_kept_on_the_account_s_page(self, client: Client, scene: Scene, admin: User) -> None:
        # A tweet on the way holds nobody up: it stays as it was approved.
        approved(scene)
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/"
        main = Page.of(client.get(path)).root.one("main")
        seen = main.one("input", id="id_seen").attrs["value"]
        sent = {"handle": scene.account.handle, "kind": "lpt", "publisher": "default",
                "lpt": scene.lpt.pk, "seen": seen, "signature": " – Oldermoor team "}  # fmt: skip
        assert client.post(path, sent).status_code == 302
        scene.account.refresh_from_db()
        assert scene.account.signature == "– Oldermoor team"
        assert Record.objects.about(scene.account).last().data["fields"] == ["signature"]  # type: ignore[union-attr]
        page = Page.of(client.get(path))
        assert page.root.one("input", id="id_signature").attrs["value"] == "– Oldermoor team"
        assert client.post(path, sent | {"signature": ""}).status_code == 409

    @pytest.mark.parametrize(
        ("signature", "problem"),
        [
            ("x" * 31, "Keep it to 30 characters."),
            ("x" * 100_000, "Keep it to 30 characters."),
            ("🚓" * 16, "It counts as 32 characters on X. Keep it to 30"),
            ("\u202e team", "Write it without characters that cannot be seen."),
            ("– team\nSaltmere", "Write it without characters that cannot be seen."),
        ],
    )
    def test_leaves_room_for_the_tweet(
        self, client: Client, scene: Scene, admin: User, signature: str, problem: str
    ) -> None:
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/"
        seen = Page.of(client.get(path)).root.one("input", id="id_seen").attrs["value"]
        sent = {"handle": scene.account.handle, "kind": "lpt", "publisher": "default",
                "lpt": scene.lpt.pk, "seen": seen, "signature": signature}  # fmt: skip
        answer = client.post(path, sent)
        assert answer.status_code == 422
        ((said, link),) = Page.of(answer).problems
        assert said.startswith(problem)
        assert link == "#id_signature"

    def test_is_measured_as_its_platform_counts(self, scene: Scene, admin: User) -> None:
        now, cars = timezone.now(), "🚓" * 16
        long = details(scene, signature=cars)
        with pytest.raises(OrganisingRefused, match="counts as 32"):
            add_account(scene.force, long, actor=admin, now=now)
        there = details(scene, handle="Saltmere", platform=Platform.MASTODON, signature=cars)
        assert add_account(scene.force, there, actor=admin, now=now).signature == cars


class TestClosingAnAccount:
    def test_is_refused_while_a_tweet_waits_to_go_out(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        draft = approved(scene)
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/"
        page = Page.of(client.post(f"{path}close/", follow=True))
        assert page.messages == [
            f"One tweet is on the way by {scene.account}. Let them go out, or have communications"
            " stop them first."
        ]
        Delivery.objects.filter(draft=draft).update(state=DeliveryState.CANCELLED)
        close_account(scene.account, actor=admin, now=timezone.now())
        scene.account.refresh_from_db()
        assert scene.account.status == AccountStatus.CLOSED

    def test_is_refused_while_a_draft_waits_for_a_decision(self, scene: Scene, admin: User) -> None:
        submitted(scene)
        with pytest.raises(OrganisingRefused, match="One draft waits for a decision"):
            close_account(scene.account, actor=admin, now=timezone.now())

    def test_leaves_none_to_draft_for(self, client: Client, scene: Scene, admin: User) -> None:
        close_account(scene.account, actor=admin, now=timezone.now())
        author = scene.person()
        client.force_login(author)
        assert not SocialAccount.objects.active().writable_by(author).exists()
        client.force_login(admin)
        assert (
            "takes no drafts" in Page.of(client.get(f"/social-accounts/{scene.account.pk}/")).main
        )
        client.post(f"/social-accounts/{scene.account.pk}/close/", {"do": "open"})
        assert SocialAccount.objects.active().writable_by(author).exists()

    def test_of_a_closed_team_is_for_good(self, scene: Scene, admin: User) -> None:
        close_account(scene.account, actor=admin, now=timezone.now())
        close_team(scene.lpt, actor=admin, now=timezone.now())
        scene.account.refresh_from_db()
        with pytest.raises(OrganisingRefused, match="is closed"):
            reopen_account(scene.account, actor=admin, now=timezone.now())
