"""People from a file: a preview of every change and error first, then all of it or nothing."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Force, User
from accounts.roles import Role
from accounts.services import (
    Details,
    Plan,
    PlanChanged,
    apply_plan,
    change_person,
    export_people,
    plan_import,
)
from accounts.services.importing import HEADINGS, MOST_BYTES, MOST_LINES, REQUIRED
from audit.models import Record
from audit.verbs import Verb
from tests.factories import LPTFactory, Scene, again
from tests.pages import Page
from tests.test_architecture import ROOT

pytestmark = pytest.mark.django_db
HEAD = "name,email,mobile,collar number,rank or role,role,team,since\n"
NELL = "Nell Newcome,nell@force.example.org,07700 900555,12,PC,Officer,Oldermoor,1/12/2026\n"


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    LPTFactory.create(force=scene.force, name="Oldermoor")
    return scene


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def planned(scene: Scene, admin: User, content: str | bytes) -> Plan:
    data = content.encode() if isinstance(content, str) else content
    return plan_import(data, force=scene.force, actor=admin, now=timezone.now())


def errors(scene: Scene, admin: User, *lines: str) -> list[tuple[int, str]]:
    plan = planned(scene, admin, HEAD + "".join(f"{line}\n" for line in lines))
    assert not plan.may_be_applied
    return [(line.number, " ".join(line.errors)) for line in plan.errors]


class TestAFileThatCannotBeRead:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The file is empty."),
            (b"\n\n , \n", "The file is empty."),
            ("name,email,mobile\nJosé,a@b.example,0".encode("latin-1"), "not in UTF-8"),
            ("name,email,mobile\n".encode("utf-16"), "not in UTF-8"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "not in UTF-8"),
            (b"PK\x03\x04" + b"\xff" * MOST_BYTES, "This is a workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "choose “Save as” and then “CSV UTF-8”"),
            (b"name,role\nNell,Officer\n", "Missing: email, mobile."),
            (b"name,email,e-mail,mobile\nx\n", "A column is there twice: email."),
            (HEAD.encode(), "There is no line below the column names."),
            (HEAD.encode() + b"x\n" * (MOST_LINES + 1), f"Keep it to {MOST_LINES}."),
            (b"x" * (MOST_BYTES + 1), "too big"),
        ],
        ids=str,
    )
    def test_is_told_in_a_sentence(
        self, client: Client, scene: Scene, admin: User, content: bytes, said: str
    ) -> None:
        (problem,) = planned(scene, admin, content).problems
        assert said in problem
        client.force_login(admin)
        file = SimpleUploadedFile("people.csv", content)
        response = client.post("/people/import/", {"file": file})
        assert response.status_code == 422
        assert said in Page.of(response).problems[0][0]

    def test_that_is_none_is_asked_for(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        page = Page.of(client.post("/people/import/", {}))
        assert page.problems == [("Choose a file.", "#id_file")]


class TestALineWithAnError:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (",nell@force.example.org,07700 900555,,,Officer,Oldermoor,", "There is no name."),
            ("Nell,,07700 900555,,,Officer,Oldermoor,", "There is no e-mail."),
            ("Nell,nell,07700 900555,,,Officer,Oldermoor,", "“nell” is no e-mail address."),
            ("Nell,n@f.example.org,,,,Officer,Oldermoor,", "There is no mobile number."),
            ("Nell,n@f.example.org,770090055,,,Officer,,", "“770090055” is no UK mobile number"),
            ("Nell,n@f.example.org,020 7946 0000,,,Officer,,", "is no UK mobile number"),
            ("Nell,n@f.example.org,07700 900555,,,,,", "Say which role this person has."),
            ("Nell,n@f.example.org,07700 900555,,,,Oldermoor,", "There is a team but no role."),
            ("Nell,n@f.example.org,07700 900555,,,King,,", "There is no role “King”."),
            ("Nell,n@f.example.org,07700 900555,,,Officer,Atlantis,", "is no team “Atlantis”"),
            ("Nell,n@f.example.org,07700 900555,,,psd,Oldermoor,", "choose no team"),
            ("Nell,n@f.example.org,07700 900555,,,LPT commander,,", "Choose the team"),
            ("Nell,n@f.example.org,07700 900555,,,Officer,,31/2/2027", "is no date"),
            ("=1+1,n@f.example.org,07700 900555,,,Officer,,", "begins with “=”, as a formula"),
            ("@SUM(A1),n@f.example.org,07700 900555,,,Officer,,", "begins with “@”"),
            ("Nell,n@f.example.org,07700 900555,-2,,Officer,,", "collar number begins with “-”"),
            ("Nell,n@f.example.org,07700 900555,,+x,Officer,,", "rank or role begins with “+”"),
            (f"{'N' * 101},n@f.example.org,07700 900555,,,Officer,,", "Keep it to 100 characters"),
            ("Ne\u202ell,n@f.example.org,07700 900555,,,Officer,,", "cannot be seen"),
            ("Nell,n@f.example.org,07700 900555,,,Officer,,,,one more", "more cells than columns"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, scene: Scene, admin: User, line: str, said: str) -> None:
        ((number, sentence),) = errors(scene, admin, line)
        assert number == 2
        assert said in sentence

    def test_that_misspells_a_team_is_told_which_is_like_it(
        self, scene: Scene, admin: User
    ) -> None:
        line = "Nell,nell@force.example.org,07700900555,,,Officer,{},"
        assert errors(scene, admin, line.format("Oldemoor")) == [
            (2, "There is no team “Oldemoor”. Did you mean Oldermoor?")
        ]
        assert errors(scene, admin, line.format("Quay")) == [
            (2, "There is no team “Quay”. Add it under Teams first.")
        ]

    def test_has_its_own_number_after_blank_ones(self, scene: Scene, admin: User) -> None:
        two_lines = '"Nell\nNewcome",n@f.example.org,07700 900555,,,Officer,,'
        found = errors(scene, admin, "", two_lines, "Tom,tom,07700 900556,,,Officer,,")
        assert [number for number, _ in found] == [3, 5]

    def test_may_say_something_else_of_a_person_than_another(
        self, scene: Scene, admin: User
    ) -> None:
        other = "Nell Newby,NELL@force.example.org,07700 900556,12,,Comms approver,,"
        assert errors(scene, admin, NELL.strip(), other) == [
            (3, "Lines 2 and 3 have the same e-mail, nell@force.example.org, but not the same name,"
             " mobile number and rank or role (line 2: Nell Newcome, 07700 900555, PC). Are they"
             " two people? Correct the e-mail on one of the two lines. Is it one person with two"
             " roles? Write the same name, mobile number and rank or role on both."),
        ]  # fmt: skip

    def test_may_give_a_role_twice(self, scene: Scene, admin: User) -> None:
        assert errors(scene, admin, NELL.strip(), NELL.strip().replace("nell@", "NELL@")) == [
            (3, "Line 2 gives them this role already.")
        ]

    def test_may_be_about_somebody_who_left_or_is_elsewhere(
        self, scene: Scene, admin: User
    ) -> None:
        left, stranger = scene.person(), Scene().person()
        User.objects.filter(pk=left.pk).update(is_active=False)
        found = errors(
            scene,
            admin,
            f"x,{left.email},07700 900555,,,,,",
            f"x,{stranger.email},07700 900555,,,,,",
        )
        assert "has left" in found[0][1]
        assert "belongs to somebody of another force" in found[1][1]

    def test_may_be_a_domain_of_somebody_else(self, scene: Scene, admin: User) -> None:
        Force.objects.update(mail_domains=["police.example.org"])
        scene.force.refresh_from_db()
        ((_, sentence),) = errors(scene, admin, NELL.strip())
        assert "it ends with @police.example.org" in sentence

    def test_may_be_a_role_for_oneself(self, scene: Scene, admin: User) -> None:
        ((_, sentence),) = errors(
            scene, admin, f"{admin},{admin.email},{admin.mobile},,,Comms approver,,"
        )
        assert "Nobody gives themselves a role" in sentence

    def test_stops_all_the_others(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        content = HEAD + NELL + "Tom,tom,07700 900556,,,Officer,,\n"
        file = SimpleUploadedFile("people.csv", content.encode())
        response = client.post("/people/import/", {"file": file})
        assert response.status_code == 422
        page = Page.of(response)
        assert "1 new, 0 changed, 0 unchanged and 1 with an error" in page.main
        assert "Line 3: Tom “tom” is no e-mail address." in page.main
        assert not page.root.all("button", value="apply")


class TestAFileThatIsRight:
    def test_is_shown_change_by_change_and_writes_nothing(self, scene: Scene, admin: User) -> None:
        person = scene.person(full_name="Old Name", job_title="PC")
        same = scene.person()
        before = Record.objects.count()
        plan = planned(
            scene,
            admin,
            HEAD + NELL
            + f"New Name,{person.email.upper()},07700 900777,,,LPT supervisor,Oldermoor,\n"
            + f"{same.full_name},{same.email},{same.mobile},,,,,\n",
        )  # fmt: skip
        assert plan.may_be_applied
        (new,), (changed,), (unchanged,) = plan.new, plan.changed, plan.same
        assert new.changes == (
            "New. Officer, Oldermoor, from 1 December 2026.",
            "PC, mobile 07700 900555, collar number 12.",
        )
        assert changed.changes[0] == "New name: New Name instead of Old Name."
        assert "has to be confirmed again" in changed.changes[1]
        assert changed.changes[2].startswith("New role: LPT supervisor, Oldermoor, from ")
        assert unchanged.email == same.email
        assert not User.objects.filter(email="nell@force.example.org").exists()
        assert Record.objects.count() == before

    @pytest.mark.parametrize("bom", ["", "\ufeff"])
    @pytest.mark.parametrize("between", [",", ";"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_may_come_from_any_spreadsheet(
        self, scene: Scene, admin: User, bom: str, between: str, end: str
    ) -> None:
        content = bom + (HEAD + NELL).replace(",", between).replace("\n", end)
        (new,) = planned(scene, admin, content).new
        assert new.details == Details(
            "nell@force.example.org", "Nell Newcome", "+447700900555", "12", "PC"
        )

    def test_may_have_lost_the_zeros_to_a_spreadsheet(self, scene: Scene, admin: User) -> None:
        (new,) = planned(scene, admin, HEAD + NELL.replace("07700 900555", "7700900555")).new
        assert new.details
        assert new.details.mobile == "+447700900555"

    def test_may_name_its_columns_otherwise(self, scene: Scene, admin: User) -> None:
        plan = planned(
            scene, admin,
            "Full name,E-mail,Mobile_Number,Role,LPT,Shoe size\n"
            "Nell,n@f.example.org,+44 7700 900555,officer,OLDERMOOR,39\n",
        )  # fmt: skip
        assert len(plan.new) == 1
        assert plan.notes == ("The column “shoe size” is not used.",)

    def test_is_done_exactly_as_shown(self, scene: Scene, admin: User) -> None:
        content = (HEAD + NELL).encode()
        digest = planned(scene, admin, content).digest
        now = timezone.now()
        apply_plan(content, digest=digest, force=scene.force, actor=admin, now=now)
        person = User.objects.get(email="nell@force.example.org")
        role = person.memberships.get()
        assert (role.role, str(role.lpt), role.since) == ("officer", "Oldermoor", date(2026, 12, 1))
        assert Record.objects.filter(verb=Verb.PEOPLE_IMPORTED).get().data["new"] == 1
        # The same file again would do nothing.
        assert not planned(scene, admin, content).may_be_applied
        with pytest.raises(PlanChanged):
            apply_plan(content, digest=digest, force=scene.force, actor=admin, now=now)

    def test_has_a_line_for_each_role_of_a_person(self, scene: Scene, admin: User) -> None:
        person = scene.person(full_name="Ann Aldous")
        ann = f"Ann Allen,{person.email},{person.mobile},,,{{}},,\n"
        content = (
            HEAD + NELL + NELL.replace("Officer,Oldermoor", "Comms approver,")
            + ann.format("Comms approver") + ann.format("PSD").replace("PSD", "psd")
        ).encode()  # fmt: skip
        plan = planned(scene, admin, content)
        assert [len(lines) for lines in (plan.new, plan.more, plan.changed)] == [1, 1, 2]
        apply_plan(content, digest=plan.digest, force=scene.force, actor=admin, now=timezone.now())
        nell = User.objects.get(email="nell@force.example.org")
        assert set(nell.memberships.values_list("role", flat=True)) == {"officer", "comms_approver"}
        assert set(person.memberships.values_list("role", flat=True)) == {
            "officer", "comms_approver", "psd",
        }  # fmt: skip
        assert again(person).full_name == "Ann Allen"
        assert len(planned(scene, admin, content).same) == 4

    def test_is_refused_when_the_register_has_changed(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        content = f"{HEAD}New Name,{person.email},{person.mobile},,,,,\n".encode()
        digest = planned(scene, admin, content).digest
        change_person(
            person, Details("other@force.example.org", "Other", person.mobile), force=scene.force,
            seen=Details.of(person), actor=admin, now=timezone.now(),
        )  # fmt: skip
        with pytest.raises(PlanChanged):
            apply_plan(content, digest=digest, force=scene.force, actor=admin, now=timezone.now())
        assert again(person).full_name == "Other"

    def test_is_done_by_an_admin_alone(self, scene: Scene, admin: User) -> None:
        other = scene.person(Role.COMMS_APPROVER)
        content = (HEAD + NELL).encode()
        digest = planned(scene, other, content).digest
        with pytest.raises(PermissionDenied):
            apply_plan(content, digest=digest, force=scene.force, actor=other, now=timezone.now())
        assert not User.objects.filter(email="nell@force.example.org").exists()


class TestThePages:
    def test_lead_from_the_file_to_the_register(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        file = SimpleUploadedFile("people.csv", (HEAD + NELL).encode())
        page = Page.of(client.post("/people/import/", {"file": file}))
        assert "Line 2: Nell Newcome, nell@force.example.org New. Officer" in page.main
        hidden = {
            box.attrs["name"]: box.attrs["value"]
            for box in page.root.one("main").all("input", type="hidden")
            if box.attrs["name"] in {"content", "digest"}
        }
        changed = client.post("/people/import/", hidden | {"do": "apply", "digest": "x"})
        assert changed.status_code == 409
        assert "nothing was written" in Page.of(changed).messages[0]
        broken = client.post("/people/import/", hidden | {"do": "apply", "content": "%%%"})
        assert broken.status_code == 422
        done = client.post("/people/import/", hidden | {"do": "apply"}, follow=True)
        assert "1 new person, 0 changed" in Page.of(done).messages[0]
        assert User.objects.filter(email="nell@force.example.org").exists()

    def test_say_what_each_column_may_be_called(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        page = Page.of(client.get("/people/import/"))
        assert "email (or e-mail, work e-mail, work email," in page.main
        for names in HEADINGS.values():
            for name in names:
                line = [f"{name.title()}", *(other for other in REQUIRED if other not in names)]
                assert not planned(scene, admin, f"{','.join(line)}\nx\n").notes

    def test_offer_an_example_that_can_be_read(self, scene: Scene, admin: User) -> None:
        example = (ROOT / "static" / "people-example.csv").read_bytes()
        plan = planned(scene, admin, example)
        assert len(plan.new) == 3
        assert plan.may_be_applied


class TestTheExport:
    def test_can_be_opened_safely_and_read_back(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        evil = scene.person(full_name="=HYPERLINK(1)", job_title="@x", collar_number="-1")
        gone = scene.person()
        User.objects.filter(pk=gone.pk).update(is_active=False)
        client.force_login(admin)
        response = client.get("/people/export/")
        assert response.headers["Content-Disposition"].startswith("attachment;")
        text = response.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["email"] for row in rows} == {evil.email, admin.email}
        cells = [cell for row in rows for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert rows[0]["mobile"].startswith("07700 900")
        row = Record.objects.filter(verb=Verb.REGISTER_READ).get()
        assert row.data == {"people": sorted([evil.pk, admin.pk]), "how": "file"}

    def test_changes_nothing_when_read_back(self, scene: Scene, admin: User) -> None:
        ann = scene.person(full_name="Ann Aldous", job_title="PC", collar_number="77")
        scene.give(ann, Role.COMMS_APPROVER)
        scene.person(full_name="=HYPERLINK(1)", job_title="@x", collar_number="-1")
        text, people = export_people(scene.force, on=timezone.localdate())
        assert len(people) == 3
        plan = planned(scene, admin, text)
        assert plan.errors == []
        assert len(plan.same) == 4

    def test_has_no_role_that_is_over(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        person.memberships.update(until=timezone.localdate() - timedelta(days=1))
        assert export_people(scene.force, on=timezone.localdate())[1] == [admin.pk]
