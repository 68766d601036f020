"""Whom to ring: everybody's number for communications, the own team's for a team."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.calling import call_list
from accounts.models import LPT, Shift, User
from accounts.roles import Role
from accounts.services import deactivate, set_hours
from audit.models import Record
from audit.verbs import Verb
from tests.factories import LPTFactory, Scene, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST, FILE = "/call-list/", "/call-list/file/"


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    LPT.objects.filter(pk=scene.lpt.pk).update(name="Oldermoor")
    return scene


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER, full_name="Abel Nair")


def on_duty(scene: Scene, person: User) -> None:
    now = timezone.now()
    Shift.objects.create(
        force=scene.force, person=person, starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1), made_at=now,
    )  # fmt: skip


def shown(scene: Scene) -> dict[str, list[str]]:
    """The names in each group of the whole list."""
    groups = call_list(scene.force, now=timezone.now())
    return {group.title: [str(entry.person) for entry in group.entries] for group in groups}


def lines(answer: object) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


class TestTheWholeList:
    def test_holds_everybody_who_may_post_or_decide_team_by_team(
        self, scene: Scene, approver: User
    ) -> None:
        barley = LPTFactory.create(force=scene.force, name="Barley")
        duty = scene.person(Role.COMMS_DUTY, full_name="Zoe Adeyemi")
        scene.give(duty, Role.COMMS_ADMIN)
        scene.person(Role.LPT_SUPERVISOR, full_name="Dilys Marsh")
        both = scene.person(full_name="Asha Tindall")
        scene.give(both, Role.OFFICER, lpt=barley)
        scene.central_officer()
        for role in (Role.POLICY_OWNER, Role.PSD, Role.FOI_OFFICER, Role.DPO):
            scene.person(role)
        deactivate(scene.person(), actor=None, now=timezone.now())
        Scene().person()
        found = shown(scene)
        assert list(found) == ["Corporate communications", "Barley", "Oldermoor", "Central teams"]
        assert found["Corporate communications"] == ["Abel Nair", "Zoe Adeyemi"]
        assert found["Barley"] == ["Asha Tindall"]
        assert found["Oldermoor"] == ["Asha Tindall", "Dilys Marsh"]
        comms = call_list(scene.force, now=timezone.now())[0]
        assert comms.entries[1].roles == ["Comms duty officer", "Comms admin"]

    def test_begins_with_whoever_is_on_duty_now(self, scene: Scene, approver: User) -> None:
        duty = scene.person(Role.COMMS_DUTY, full_name="Zoe Adeyemi")
        client = signed_in(approver)
        assert "Nobody on the rota is on duty now" in Page.of(client.get(LIST)).main
        on_duty(scene, duty)
        assert shown(scene)["Corporate communications"] == ["Zoe Adeyemi", "Abel Nair"]
        page = Page.of(client.get(LIST))
        first, *others = page.root.all("th", scope="row")
        assert first.text.startswith("Zoe Adeyemi On duty now")
        assert not any("On duty now" in other.text for other in others)

    def test_gives_name_rank_role_and_a_number_to_tap(self, scene: Scene, approver: User) -> None:
        scene.person(
            full_name="PC Asha Tindall", job_title="Constable", mobile="+447700900123",
            mobile_confirmed_on=None,
        )  # fmt: skip
        page = Page.of(signed_in(approver).get(LIST))
        (table,) = page.root.one("section", aria_labelledby="group-2").all("table")
        assert "PC Asha Tindall Constable, Officer" in table.text
        (link,) = table.all("a")
        assert (link.text, link.attrs["href"]) == ("07700 900123", "tel:+447700900123")
        assert "not confirmed in the last six months" in table.text
        assert "Comms desk: 07700 900100" in page.main

    def test_says_of_those_alone_whose_number_is_old_that_it_is(
        self, scene: Scene, approver: User
    ) -> None:
        today = timezone.localdate()
        scene.person(full_name="PC Fresh", mobile_confirmed_on=today)
        scene.person(full_name="PC Stale", mobile_confirmed_on=today - timedelta(days=200))
        main = Page.of(signed_in(approver).get(LIST)).main
        assert main.count("not confirmed in the last six months") == 1

    def test_is_a_file_in_which_no_spreadsheet_runs_anything(
        self, scene: Scene, approver: User
    ) -> None:
        scene.person(full_name="=HYPERLINK(1)", job_title="+Sergeant", mobile="+447700900124")
        LPT.objects.filter(pk=scene.lpt.pk).update(name="@SUM(A1)")
        on_duty(scene, scene.give(approver, Role.COMMS_DUTY))
        answer = signed_in(approver).get(FILE)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert f"call-list-{scene.force.slug}.csv" in answer.headers["Content-Disposition"]
        head, comms, officer = lines(answer)
        assert head[:5] == ["team", "name", "rank or role", "role", "mobile"]
        assert comms[:2] == ["Corporate communications", "Abel Nair"]
        assert comms[3] == "Comms approver, Comms duty officer"
        assert comms[5] == "yes"
        assert officer[:5] == [
            "'@SUM(A1)", "'=HYPERLINK(1)", "'+Sergeant", "Officer", "07700 900124",
        ]  # fmt: skip
        assert officer[5] == ""

    def test_costs_the_same_however_many(
        self, scene: Scene, approver: User, django_assert_max_num_queries: object
    ) -> None:
        client, counts = signed_in(approver), []
        client.get(LIST)
        for wanted in (2, 20):
            while User.objects.count() < wanted:
                scene.person()
            with django_assert_max_num_queries(14) as captured:  # type: ignore[operator]
                client.get(LIST)
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestATeamsList:
    def test_is_its_own_and_the_desk(self, scene: Scene, approver: User) -> None:
        officer = scene.person(full_name="Asha Tindall")
        scene.person(Role.LPT_COMMANDER, full_name="Tom Okafor")
        scene.person(full_name="Megan Hart", lpt=scene.other_account().lpt)
        on_duty(scene, scene.give(approver, Role.COMMS_DUTY))
        page = Page.of(signed_in(officer).get(LIST))
        names = [row.text for row in page.root.all("th", scope="row")]
        assert [name.partition(" Off")[0].partition(" LPT")[0] for name in names] == [
            "Asha Tindall", "Tom Okafor",
        ]  # fmt: skip
        assert "Comms desk: 07700 900100" in page.main
        assert not page.root.one("main").all("a", href="/accounts/duty/")
        assert [line[1] for line in lines(signed_in(officer).get(FILE))[1:]] == [
            "Asha Tindall", "Tom Okafor",
        ]  # fmt: skip

    def test_says_whom_to_ring_when_communications_is_closed(
        self, scene: Scene, approver: User
    ) -> None:
        duty = scene.give(approver, Role.COMMS_DUTY)
        on_duty(scene, duty)
        set_hours(scene.force, [None] * 7, actor=duty, now=timezone.now())
        page = Page.of(signed_in(scene.person()).get(LIST))
        assert "ring the duty officer: Abel Nair" in page.main

    def test_of_a_central_team_is_that_of_central_teams(self, scene: Scene) -> None:
        officer = scene.central_officer()
        scene.person(full_name="Asha Tindall")
        page = Page.of(signed_in(officer).get(LIST))
        assert [row.text for row in page.root.all("th", scope="row")] == [f"{officer} Officer"]


class TestALook:
    @pytest.mark.parametrize(("path", "how"), [(LIST, "call list"), (FILE, "call list file")])
    def test_is_recorded_with_whose_numbers_it_showed(
        self, scene: Scene, approver: User, path: str, how: str
    ) -> None:
        officer, colleague = scene.person(), scene.person()
        signed_in(officer).get(path)
        record = Record.objects.about(scene.force).get(verb=Verb.REGISTER_READ)
        assert record.actor_id == str(officer.pk)
        assert record.data == {"how": how, "people": [officer.pk, colleague.pk]}
        signed_in(approver).get(path)
        record = Record.objects.about(scene.force).filter(verb=Verb.REGISTER_READ)[1]
        assert record.data["people"] == sorted([approver.pk, officer.pk, colleague.pk])

    @pytest.mark.parametrize("role", [Role.POLICY_OWNER, Role.PSD, Role.FOI_OFFICER, Role.DPO])
    def test_is_not_for_everybody(self, scene: Scene, role: Role) -> None:
        client = signed_in(scene.person(role))
        assert client.get(LIST).status_code == client.get(FILE).status_code == 403
        footer = Page.of(client.get("/desk/")).root.one("footer")
        assert not footer.all("a", href=LIST)
        assert not Record.objects.filter(verb=Verb.REGISTER_READ).exists()
