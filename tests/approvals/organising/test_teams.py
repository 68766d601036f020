"""Teams and the force: kept, merged, and printed on one sheet."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import LPT, AccountKind, ApprovalRoute, Lane, Membership, User
from accounts.roles import Role
from accounts.services import (
    OrganisingRefused,
    Step,
    TeamDetails,
    add_team,
    change_team,
    close_team,
    deactivate,
)
from accounts.telephones import NO_NUMBER
from approvals.organising.services import close_account, merge_teams
from approvals.organising.sheet import sheet_of
from audit.models import Record
from audit.verbs import Verb
from incidents.models import HoldKind
from incidents.services import place
from notices.models import Notice
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.approvals.organising.stage import DAY
from tests.factories import LPTFactory, MembershipFactory, Scene, again, approved, trained, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
