"""Accounts, teams and leavers: what waits is looked at first, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.handles import handle_problem
from accounts.models import (
    LPT,
    AccountKind,
    AccountStatus,
    ApprovalRoute,
    Force,
    Lane,
    Membership,
    Platform,
    Quorum,
    SocialAccount,
    User,
)
from accounts.roles import Role
from accounts.services import (
    AccountDetails,
    OrganisingRefused,
    OvertakenChange,
    Step,
    TeamDetails,
    add_team,
    change_team,
    close_team,
    deactivate,
)
from accounts.telephones import NO_NUMBER
from approvals.models import Delegation
from approvals.organising.naming import handle_like
from approvals.organising.services import (
    add_account,
    belongings_of,
    change_account,
    close_account,
    details_of,
    let_go,
    merge_teams,
    reopen_account,
)
from approvals.organising.sheet import sheet_of
from approvals.services import delegate
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import State
from incidents.models import HoldKind
from incidents.services import place
from notices.models import Notice
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import (
    LPTFactory,
    MembershipFactory,
    Scene,
    again,
    approved,
    sign,
    submitted,
    trained,
    written,
)
from tests.pages import Page
from tests.publishing.fixtures import ledger

__all__ = ["ledger"]

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def details(scene: Scene, **changes: Any) -> AccountDetails:
    values: dict[str, Any] = {
        "handle": "SaltmereLPT", "platform": Platform.X, "kind": AccountKind.LPT, "lpt": scene.lpt,
    }  # fmt: skip
    return AccountDetails(**values | changes)


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


class TestATeam:
    def test_has_a_name_of_its_own(self, scene: Scene, admin: User) -> None:
        now = timezone.now()
        team = add_team(scene.force, TeamDetails("Saltmere Quay"), actor=admin, now=now)
        assert team.slug == "saltmere-quay"
        for name in ("Saltmere Quay", "saltmere quay", "Saltmere  Quay!", "…"):
            with pytest.raises(OrganisingRefused):
                add_team(scene.force, TeamDetails(name), actor=admin, now=now)
        with pytest.raises(OrganisingRefused):
            change_team(
                scene.lpt, TeamDetails(team.name), seen=TeamDetails(scene.lpt.name), actor=admin,
                now=now,
            )  # fmt: skip

    def test_is_changed_on_its_page(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        path = f"/teams/{scene.lpt.pk}/change/"

        def form() -> dict[str, str]:
            boxes = Page.of(client.get(path)).root.one("main").all("input")
            return {box.attrs["name"]: box.attrs.get("value", "") for box in boxes}

        stale = form()
        mistakes = {"team_page": "no page", "area_hashtag": "#a b", "name": ""}
        wrong = client.post(path, stale | mistakes)
        assert [said for said, _ in Page.of(wrong).problems] == [
            "Enter the team's name.",
            "Enter a web address, like https://www.force.police.uk/team.",
            "Write the hashtag with letters and digits alone.",
        ]
        new = {"meeting_place": "The library", "area_hashtag": "#Oldermoor"}
        assert client.post(path, stale | new).status_code == 302
        scene.lpt.refresh_from_db()
        assert (scene.lpt.meeting_place, scene.lpt.area_hashtag) == ("The library", "Oldermoor")
        assert client.post(path, stale | {"name": "Other"}).status_code == 409

    def test_is_closed_when_nobody_is_in_it(self, scene: Scene, admin: User) -> None:
        now = timezone.now()
        with pytest.raises(OrganisingRefused, match=f"still runs {scene.account}"):
            close_team(scene.lpt, actor=admin, now=now)
        close_account(scene.account, actor=admin, now=now)
        person = scene.person()
        with pytest.raises(OrganisingRefused, match="One person is still in"):
            close_team(scene.lpt, actor=admin, now=now)
        person.memberships.update(until=timezone.localdate() - DAY)
        close_team(scene.lpt, actor=admin, now=now)
        assert not LPT.objects.open().filter(pk=scene.lpt.pk).exists()

    def test_is_found_by_name_and_by_handle(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        other = LPTFactory.create(force=scene.force, name="Foxhollow")
        client.force_login(admin)
        for words in ("foxh", scene.account.handle):
            page = Page.of(client.get("/teams/", {"q": words}))
            shown = [row.text for row in page.root.all(class_="bl-row__text")]
            assert shown == [str(other if words == "foxh" else scene.lpt)]
        assert "No open team fits." in Page.of(client.get("/teams/?q=nothing")).main

    def test_of_another_force_is_not_found(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        other = Scene()
        for path in (f"/teams/{other.lpt.pk}/", f"/social-accounts/{other.account.pk}/"):
            assert client.get(path).status_code == 404


class TestMerging:
    def test_moves_accounts_and_people_and_leaves_the_history(
        self, scene: Scene, admin: User
    ) -> None:
        into = LPTFactory.create(force=scene.force)
        draft = written(scene)
        person, both = draft.author, scene.person()
        scene.give(both, Role.OFFICER, lpt=into)
        scene.route(Step((Role.LPT_SUPERVISOR,)), lpt=scene.lpt)
        merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())
        today = timezone.localdate()
        for scope in (scene.lpt, scene.account, draft):
            scope.refresh_from_db()
        assert (scene.lpt.closed_on, scene.lpt.merged_into) == (today, into)
        assert scene.account.lpt == into
        assert [m.lpt for m in again(person).current_memberships] == [into]
        assert [m.lpt for m in again(both).current_memberships] == [into]
        assert person.memberships.get(lpt=scene.lpt).until == today - DAY
        assert again(person).has_perm("drafts.edit", draft)
        assert not ApprovalRoute.objects.current().filter(lpt=scene.lpt).exists()
        assert ApprovalRoute.objects.current().for_account(scene.account, Lane.ORDINARY)
        assert Record.objects.filter(verb=Verb.TEAM_MERGED).get().data == {"into": into.pk}

    def test_leaves_a_trail_of_everybody_and_tells_them(self, scene: Scene, admin: User) -> None:
        into, today = LPTFactory.create(force=scene.force), timezone.localdate()
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        scene.give(supervisor, Role.OFFICER)
        both, gone = scene.person(), scene.person()
        scene.give(both, Role.OFFICER, lpt=into)
        stranger = scene.person(lpt=into)
        deactivate(gone, actor=admin, now=timezone.now())
        before = Record.objects.latest("pk").pk
        merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())

        def trail(about: Any) -> list[tuple[str, dict[str, Any]]]:
            rows = Record.objects.about(about).filter(pk__gt=before, actor_name=admin.full_name)
            return [(row.verb, row.data) for row in rows]

        ended = {"lpt": scene.lpt.pk, "last_day": (today - DAY).isoformat()}
        given = {"lpt": into.pk, "since": today.isoformat(), "until": None}
        assert trail(supervisor) == [
            (Verb.ROLE_ENDED, {"role": "lpt_supervisor", **ended}),
            (Verb.ROLE_GIVEN, {"role": "lpt_supervisor", **given}),
            (Verb.ROLE_ENDED, {"role": "officer", **ended}),
            (Verb.ROLE_GIVEN, {"role": "officer", **given}),
        ]
        # They hold it there already.
        assert trail(both) == [(Verb.ROLE_ENDED, {"role": "officer", **ended})]
        moved = {"fields": ["lpt"], "lpt": into.pk, "before": scene.lpt.pk}
        assert trail(scene.account) == [(Verb.ACCOUNT_CHANGED, moved)]
        for person in (supervisor, both):
            (notice,) = Notice.objects.for_person(person.pk)
            assert notice.text.startswith(f"{scene.lpt} is part of {into} from today on")
        for person in (gone, stranger, admin):
            assert not Notice.objects.for_person(person.pk).exists()

    def test_moves_a_role_that_begins_today(self, scene: Scene, admin: User) -> None:
        into, person = LPTFactory.create(force=scene.force), scene.person()
        Membership.objects.filter(person=person).update(since=timezone.localdate())
        merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())
        assert person.memberships.get().lpt == into

    def test_lets_nobody_lose_a_day(self, scene: Scene, admin: User) -> None:
        into, person = LPTFactory.create(force=scene.force), scene.person()
        today = timezone.localdate()
        soon = MembershipFactory.create(
            person=person, force=scene.force, lpt=into, since=today + 5 * DAY,
            until=today + 9 * DAY,
        )  # fmt: skip
        merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())
        rows = person.memberships.filter(lpt=into).order_by("since")
        assert [(row.since, row.until) for row in rows] == [
            (today, today + 4 * DAY), (soon.since, soon.until), (today + 10 * DAY, None),
        ]  # fmt: skip

    def test_leaves_a_role_that_is_held_there_anyway(self, scene: Scene, admin: User) -> None:
        into, person = LPTFactory.create(force=scene.force), scene.person()
        today = timezone.localdate()
        Membership.objects.filter(person=person).update(until=today + 2 * DAY)
        there = MembershipFactory.create(person=person, force=scene.force, lpt=into)
        merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())
        assert person.memberships.get(lpt=into) == there

    def test_is_refused_while_something_is_on(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        into = LPTFactory.create(force=scene.force)
        approved(scene)
        client.force_login(admin)
        path = f"/teams/{scene.lpt.pk}/merge/"
        response = client.post(path, {"into": into.pk})
        assert response.status_code == 422
        assert "on the way" in Page.of(response).problems[0][0]
        Delivery.objects.update(state=DeliveryState.CANCELLED)
        duty = scene.person(Role.COMMS_DUTY)
        place(kind=HoldKind.HOLD, scope=scene.lpt, reason="x", actor=duty, now=timezone.now())
        response = client.post(path, {"into": into.pk})
        assert "Have it released first" in Page.of(response).problems[0][0]
        scene.account.refresh_from_db()
        assert scene.account.lpt == scene.lpt

    def test_is_into_another_open_team_of_the_force(self, scene: Scene, admin: User) -> None:
        for into in (scene.lpt, Scene().lpt):
            with pytest.raises(OrganisingRefused):
                merge_teams(scene.lpt, into=into, actor=admin, now=timezone.now())


class TestALeaver:
    def test_ends_everything_and_hands_over(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person, successor = scene.person(), scene.person()
        approver = scene.person(Role.COMMS_APPROVER)
        being_written = written(scene, author=person)
        waiting = submitted(scene, author=person)
        other = submitted(scene)
        Draft.objects.filter(pk=other.pk).update(claimed_by=person, claimed_at=timezone.now())
        today = timezone.localdate()
        delegate(
            approver, to=person, since=today, until=today + DAY, reason="x", actor=approver,
            now=timezone.now(),
        )  # fmt: skip
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{person.pk}/leave/"))
        assert "Delegations that end" in page.main
        assert being_written.text in page.main
        client.post(f"/people/{person.pk}/leave/", {"successor": successor.pk})
        for draft in (being_written, waiting):
            draft.refresh_from_db()
            assert draft.author == successor
            assert draft.contributions.filter(person=successor).exists()
            assert draft.contributions.filter(person=person).exists()
        other.refresh_from_db()
        assert other.claimed_by is None
        assert Delegation.objects.get().ended_at is not None
        assert not again(person).is_active
        assert (
            "are yours from now on"
            in Notice.objects.filter(recipient_id=successor.pk).latest("pk").text
        )

    def test_without_a_successor_leaves_drafts_to_the_team(self, scene: Scene, admin: User) -> None:
        person, colleague = scene.person(), scene.person()
        draft = written(scene, author=person)
        Draft.objects.filter(pk=draft.pk).update(state=State.CHANGES_REQUESTED)
        draft.refresh_from_db()
        assert not colleague.has_perm("drafts.edit", draft)
        let_go(person, successor=None, actor=admin, now=timezone.now())
        assert again(colleague).has_perm("drafts.edit", Draft.objects.get(pk=draft.pk))
        assert not scene.person(lpt=LPTFactory.create(force=scene.force)).has_perm(
            "drafts.edit", Draft.objects.get(pk=draft.pk)
        )

    def test_passes_what_is_in_review_only_to_whoever_may_post(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person, heir = scene.person(), scene.person(mobile_confirmed_on=None)
        waiting = submitted(scene, author=person)
        client.force_login(admin)
        path = f"/people/{person.pk}/leave/"
        page = Page.of(client.get(path))
        option = page.root.one("option", value=str(heir.pk))
        assert option.text == f"{heir} (cannot submit tweets yet)"
        response = client.post(path, {"successor": heir.pk})
        page = Page.of(response)
        assert response.status_code == 422
        ((said, field),) = page.problems
        assert said.startswith(f"{heir} cannot submit tweets yet, and some of these drafts are in")
        assert "Has not signed in yet." in said
        assert field == "#id_successor"
        assert again(person).is_active
        User.objects.filter(pk=heir.pk).update(mobile_confirmed_on=timezone.localdate())
        client.post(path, {"successor": heir.pk})
        assert Draft.objects.get(pk=waiting.pk).author == heir

    def test_passes_what_is_being_written_to_anybody_who_writes_there(
        self, scene: Scene, admin: User
    ) -> None:
        person, heir = scene.person(), scene.person(mobile_confirmed_on=None)
        draft = written(scene, author=person)
        let_go(person, successor=heir, actor=admin, now=timezone.now())
        assert Draft.objects.get(pk=draft.pk).author == heir

    def test_of_one_force_keeps_what_is_theirs_in_another(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        elsewhere = Scene()
        person, successor = scene.person(), scene.person()
        elsewhere.give(person, Role.OFFICER, lpt=elsewhere.lpt)
        there = elsewhere.person()
        here, kept = written(scene, author=person), written(elsewhere, author=person)
        approved(elsewhere, author=again(person))
        today = timezone.localdate()
        for colleague in (successor, there):
            Delegation.objects.create(
                absent=colleague, person=person, since=today, until=today,
                reason="leave", made_by=admin, made_at=timezone.now(),
            )  # fmt: skip
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{person.pk}/leave/"))
        assert "They stay signed in for the other force." in page.main
        assert str(there) not in page.main
        answer = client.post(
            f"/people/{person.pk}/leave/", {"successor": successor.pk}, follow=True
        )
        assert "keeps access for another force" in Page.of(answer).messages[0]
        here.refresh_from_db()
        kept.refresh_from_db()
        assert (here.author, kept.author) == (successor, person)
        assert Delegation.objects.get(ended_at=None).absent == there
        assert again(person).is_active

    def test_whose_tweets_stop_is_told_to_communications(self, scene: Scene, admin: User) -> None:
        duty, approver = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
        approved(scene, by=approver)
        assert len(belongings_of(approver, now=timezone.now()).going_out) == 1
        let_go(approver, successor=None, actor=admin, now=timezone.now())
        told = Notice.objects.filter(recipient_id=duty.pk).latest("pk")
        assert told.text.startswith(f"{approver} has left. One tweet on the way")

    def test_does_not_make_an_author_of_who_decided(self, scene: Scene, admin: User) -> None:
        scene.route(Step((Role.COMMS_APPROVER,), quorum=Quorum.COUNT, needed=2))
        author = scene.person()
        signer = scene.person(Role.COMMS_APPROVER)
        draft = submitted(scene, author=author)
        sign(draft, by=signer)
        let_go(author, successor=signer, actor=admin, now=timezone.now())
        draft.refresh_from_db()
        assert draft.author == author
        assert not draft.contributions.filter(person=signer).exists()

    def test_is_not_oneself(self, client: Client, scene: Scene, admin: User) -> None:
        scene.person(Role.COMMS_ADMIN)
        client.force_login(admin)
        response = client.post(f"/people/{admin.pk}/leave/")
        assert response.status_code == 422
        assert again(admin).is_active


class TestTheSheet:
    def test_says_who_may_post_and_who_decides(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        officer = scene.person(full_name="Ann Aldous")
        late = scene.person(full_name="Una Unready", mobile_confirmed_on=None)
        approver = scene.person(Role.COMMS_APPROVER, full_name="Pia Approver")
        of_force = scene.other_account(lpt=None, kind=AccountKind.FORCE)
        lines, everywhere = sheet_of(scene.force, now=timezone.now())
        found = {line.account: line for line in lines}
        assert [(w.person, w.is_ready) for w in found[scene.account].writers] == [
            (officer, True),
            (late, False),
        ]
        assert found[of_force].writers == []
        assert everywhere == [approver]
        assert found[scene.account].deciders[0].people == "Pia Approver"
        client.force_login(admin)
        page = Page.of(client.get("/who/"))
        assert "(Una Unready)" in page.main
        assert "no credentials" in page.main

    def test_names_an_account_for_which_nobody_decides(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        scene.route()
        client.force_login(admin)
        assert "Nobody: nothing can be submitted." in Page.of(client.get("/who/")).main

    def test_asks_the_same_of_the_database_however_many_there_are(
        self, scene: Scene, django_assert_num_queries: Any
    ) -> None:
        for _ in range(3):
            trained(scene.person())
            scene.other_account()
        with django_assert_num_queries(10):
            sheet_of(scene.force, now=timezone.now())


class TestTheForce:
    def test_keeps_its_settings(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        page = Page.of(client.get("/force/"))
        seen = page.root.one("input", id="id_seen").attrs["value"]
        sent = {"comms_phone": "101", "comms_email": "", "seen": seen}
        wrong = client.post("/force/", sent | {"mail_domains": "no domain"})
        assert Page.of(wrong).problems == [
            ("“no domain” is no domain, like force.police.uk.", "#id_mail_domains")
        ]
        nobody = Page.of(client.post("/force/", sent | {"comms_phone": "ring Bob"}))
        assert nobody.problems == [(NO_NUMBER, "#id_comms_phone")]
        client.post("/force/", sent | {"mail_domains": "@Force.Example.org\n\nforce.example.org"})
        scene.force.refresh_from_db()
        assert scene.force.mail_domains == ["force.example.org"]
        assert client.post("/force/", sent | {"mail_domains": "x.example"}).status_code == 409

    def test_puts_the_guidance_in_force(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        assert "There is new guidance" in Page.of(client.get("/teams/")).main
        client.post("/force/", {"do": "guidance"})
        assert "There is new guidance" not in Page.of(client.get("/teams/")).main
        scene.force.refresh_from_db()
        assert scene.force.guidance_version == 1
