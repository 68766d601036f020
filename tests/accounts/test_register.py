"""The register of people: adding, changing, roles, leaving, and who may look."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Force, Membership, Shift, User
from accounts.roles import Role
from accounts.services import (
    Details,
    PersonChanged,
    PersonRefused,
    Place,
    add_person,
    change_person,
    end_access,
    end_role,
    give_role,
    let_back,
)
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from tests.factories import Scene, again
from tests.pages import Page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NELL = Details(
    "nell.newcome@force.example.org", "Nell Newcome", "+447700900555", "1234", "Sergeant"
)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def today() -> date:
    return timezone.localdate()


def added(scene: Scene, admin: User, details: Details = NELL, **place: Any) -> User:
    values: dict[str, Any] = {"role": Role.OFFICER, "lpt": scene.lpt, "since": today()}
    where = Place(**values | place)
    return add_person(details, where, force=scene.force, actor=admin, now=timezone.now())


class TestSomebodyNew:
    def test_has_a_role_and_no_password_and_is_told(self, scene: Scene, admin: User) -> None:
        person = again(added(scene, admin))
        assert not person.has_usable_password()
        assert person.mobile_confirmed_on is None
        assert person.current_memberships[0].lpt == scene.lpt
        assert "Set your first password" in Notice.objects.get(recipient_id=person.pk).text
        assert [row.verb for row in Record.objects.about(person)] == [
            Verb.PERSON_ADDED,
            Verb.ROLE_GIVEN,
        ]

    @pytest.mark.parametrize(
        ("role", "team"),
        [(Role.PSD, "its own"), (Role.LPT_SUPERVISOR, "none")],
    )
    def test_gets_no_role_that_cannot_be(
        self, scene: Scene, admin: User, role: Role, team: str
    ) -> None:
        with pytest.raises(PersonRefused) as refused:
            added(scene, admin, role=role, lpt=scene.lpt if team == "its own" else None)
        assert refused.value.field == "lpt"
        assert not User.objects.filter(email=NELL.email).exists()

    def test_is_in_no_team_of_another_force(self, scene: Scene, admin: User) -> None:
        with pytest.raises(PersonRefused, match="a team that is open"):
            added(scene, admin, lpt=Scene().lpt)

    def test_is_nobody_who_is_there_already(self, scene: Scene, admin: User) -> None:
        added(scene, admin)
        other = Details(NELL.email.upper(), "Other", NELL.mobile)
        with pytest.raises(PersonRefused, match="give them another role there") as refused:
            added(scene, admin, other)
        assert refused.value.field == "email"
        User.objects.filter(email=NELL.email).update(is_active=False)
        with pytest.raises(PersonRefused, match="let them in again"):
            added(scene, admin, other)
        far = Scene()
        with pytest.raises(PersonRefused, match=f"the work e-mail that they have at {far.force}"):
            added(far, far.person(Role.COMMS_ADMIN), other)

    def test_has_a_work_e_mail_of_the_force(self, scene: Scene, admin: User) -> None:
        Force.objects.update(mail_domains=["police.example.org", "force.example.org"])
        scene.force.refresh_from_db()
        added(scene, admin)
        for email in ("nell@example.com", "nell@xforce.example.org", "n@sub.force.example.org"):
            with pytest.raises(PersonRefused, match=r"@police\.example\.org or @force"):
                added(scene, admin, Details(email, "Nell", NELL.mobile))

    def test_is_added_by_an_admin_of_the_force_alone(self, scene: Scene) -> None:
        for actor in (scene.person(Role.COMMS_DUTY), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                added(scene, actor)

    def test_comes_from_the_form_with_what_is_wrong_beside_it(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        long = "x" * 300
        sent = {
            "full_name": long,
            "email": "no",
            "mobile": "020 7946 0000",
            "role": "x",
            "since": "x",
        }
        page = Page.of(response := client.post("/people/add/", sent))
        assert response.status_code == 422
        assert [problem for problem, _ in page.problems] == [
            "Keep it to 100 characters.",
            "Enter an e-mail address, like name@force.police.uk.",
            "Enter a UK mobile number, like 07700 900982.",
            "Choose a role.",
            "Enter a real date, like 27/3/2027.",
        ]
        taken = {
            "full_name": "=1+1", "email": admin.email.upper(), "mobile": "07700 900555",
            "job_title": "@x", "role": "lpt_supervisor", "since": "x",
        }  # fmt: skip
        asked = Page.of(client.post("/people/add/", taken))
        assert [problem for problem, _ in asked.problems] == [
            "This begins with “=”, as a formula does. Write it without.",
            f"{admin} is on the register already with this e-mail. Find them under People, and give"
            " them another role there.",
            "This begins with “@”, as a formula does. Write it without.",
            "Choose the team: LPT supervisor is a role in a team.",
            "Enter a real date, like 27/3/2027.",
        ]
        # Nothing typed is lost.
        assert page.root.one("input", id="id_full_name").attrs["value"] == long
        good = {
            "full_name": "Nell Newcome", "email": "Nell@Force.example.org",
            "mobile": "07700 900555",
            "role": "officer", "lpt": scene.lpt.pk, "since": today().isoformat(),
        }  # fmt: skip
        response = client.post("/people/add/", good)
        person = User.objects.get(email="nell@force.example.org")
        assert response.headers["Location"] == f"/people/{person.pk}/"
        assert person.mobile == "+447700900555"


class TestAChange:
    def change(self, person: User, admin: User, scene: Scene, **changes: Any) -> list[str]:
        seen = Details.of(person)
        values = {name: getattr(seen, name) for name in Details.__dataclass_fields__}
        details = Details(**values | changes)
        return change_person(
            person, details, force=scene.force, seen=seen, actor=admin, now=timezone.now()
        )

    def test_of_the_number_asks_the_person_to_confirm_it(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        assert self.change(person, admin, scene, mobile="+447700900556") == ["mobile"]
        assert again(person).mobile_confirmed_on is None
        row = Record.objects.about(person).get()
        # The trail holds which fields, and nobody's number.
        assert row.data == {"fields": ["mobile"]}

    def test_of_the_e_mail_takes_the_old_one_away(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        old = person.email
        self.change(person, admin, scene, email="Other@force.example.org")
        assert again(person).email == "other@force.example.org"
        assert not EmailAddress.objects.filter(email=old).exists()

    def test_of_the_e_mail_invites_anew_whoever_was_never_here(
        self, scene: Scene, admin: User
    ) -> None:
        now = timezone.now()
        wrong = Details("nel@force.example.org", "Nell Newcome", "+447700900555")
        place = Place(Role.OFFICER, scene.lpt, timezone.localdate())
        nell = add_person(wrong, place, force=scene.force, actor=admin, now=now)
        right = replace(wrong, email="nell@force.example.org")
        change_person(nell, right, force=scene.force, seen=wrong, actor=admin, now=now)
        told = Notice.objects.filter(recipient_id=nell.pk).exclude(link="").order_by("pk")
        assert [(notice.email, notice.link) for notice in told] == [
            ("nel@force.example.org", "/accounts/password/reset/"),
            ("nell@force.example.org", "/accounts/password/reset/"),
        ]
        # Whoever has been here knows the way in.
        User.objects.filter(pk=nell.pk).update(last_login=now)
        nell.refresh_from_db()
        third = replace(right, email="n.newcome@force.example.org")
        change_person(nell, third, force=scene.force, seen=right, actor=admin, now=now)
        assert told.count() == 2

    def test_of_nothing_is_none(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        assert self.change(person, admin, scene) == []
        assert not Record.objects.about(person).exists()

    def test_of_what_was_not_seen_is_refused(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        seen = Details.of(person)
        User.objects.filter(pk=person.pk).update(full_name="Changed meanwhile")
        with pytest.raises(PersonChanged):
            change_person(
                person, NELL, force=scene.force, seen=seen, actor=admin, now=timezone.now()
            )
        assert again(person).full_name == "Changed meanwhile"

    def test_to_somebody_else_s_e_mail_is_refused(self, scene: Scene, admin: User) -> None:
        person, other = scene.person(), scene.person()
        with pytest.raises(PersonRefused) as refused:
            self.change(person, admin, scene, email=other.email)
        assert refused.value.field == "email"
        assert again(person).email != other.email

    def test_on_the_page_that_is_stale_shows_what_is_there(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person()
        client.force_login(admin)
        path = f"/people/{person.pk}/change/"
        sent = self._form(client, path)
        User.objects.filter(pk=person.pk).update(job_title="Inspector")
        response = client.post(path, sent | {"full_name": "Another"})
        assert response.status_code == 409
        assert "Somebody else changed this" in Page.of(response).messages[0]
        assert self._form(client, path)["job_title"] == "Inspector"
        response = client.post(path, self._form(client, path) | {"full_name": "Another"})
        assert again(person).full_name == "Another"

    def _form(self, client: Client, path: str) -> dict[str, str]:
        boxes = Page.of(client.get(path)).root.one("main").all("input")
        return {box.attrs["name"]: box.attrs.get("value", "") for box in boxes}

    def test_is_not_for_somebody_of_another_force(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        stranger = Scene().person()
        for path in ("", "change/", "leave/"):
            assert client.get(f"/people/{stranger.pk}/{path}").status_code == 404


class TestARole:
    def test_is_given_from_a_day_on(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        place = Place(Role.LPT_SUPERVISOR, scene.lpt, today() + 3 * DAY)
        give_role(person, place, force=scene.force, actor=admin, now=timezone.now())
        assert not again(person).has_perm("incidents.place", scene.lpt)
        assert person.memberships.current(today() + 3 * DAY).count() == 2

    def test_is_not_held_twice(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        with pytest.raises(PersonRefused, match=r"is Officer in Team \d+ then already"):
            give_role(
                person, Place(Role.OFFICER, scene.lpt, today()), force=scene.force, actor=admin,
                now=timezone.now(),
            )  # fmt: skip

    def test_is_never_one_s_own_to_give_or_end(self, scene: Scene, admin: User) -> None:
        now = timezone.now()
        with pytest.raises(PersonRefused, match="Nobody changes their own roles"):
            give_role(
                admin, Place(Role.COMMS_APPROVER, None, today()), force=scene.force, actor=admin,
                now=now,
            )  # fmt: skip
        with pytest.raises(PersonRefused, match="Nobody changes their own roles"):
            end_role(admin.memberships.get(), last_day=None, actor=admin, now=now)

    def test_ended_at_once_is_gone_at_the_next_request(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person(Role.COMMS_APPROVER)
        client.force_login(person)
        assert client.get("/review/").status_code == 200
        end_role(person.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        assert client.get("/review/").status_code == 403
        assert person.memberships.get().until == today() - DAY

    def test_that_began_today_leaves_no_row(self, scene: Scene, admin: User) -> None:
        person = added(scene, admin)
        end_role(person.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        assert not person.memberships.exists()
        assert Record.objects.about(person).last().verb == Verb.ROLE_ENDED  # type: ignore[union-attr]

    def test_can_have_a_last_day(self, client: Client, scene: Scene, admin: User) -> None:
        person = scene.person()
        role = person.memberships.get()
        client.force_login(admin)
        path = f"/people/{person.pk}/roles/{role.pk}/end/"
        page = Page.of(client.post(path, {"last_day": (today() - DAY).isoformat()}, follow=True))
        assert page.messages == ["Enter today or a later day."]
        page = Page.of(client.post(path, {"last_day": "soon"}, follow=True))
        assert page.messages == ["Enter a real date, like 27/3/2027."]
        client.post(path, {"last_day": (today() + DAY).isoformat()})
        role.refresh_from_db()
        assert role.until == today() + DAY

    def test_of_another_person_is_not_found_here(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        one, other = scene.person(), scene.person()
        client.force_login(admin)
        path = f"/people/{one.pk}/roles/{other.memberships.get().pk}/end/"
        assert client.post(path).status_code == 404

    def test_that_cannot_be_is_said_on_the_person_s_page(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person()
        client.force_login(admin)
        sent = {"role": "psd", "lpt": scene.lpt.pk, "since": today().isoformat()}
        response = client.post(f"/people/{person.pk}/roles/add/", sent)
        assert response.status_code == 422
        assert Page.of(response).problems == [
            (
                "Professional Standards is a role for the whole force: choose no team.",
                "#id_role_lpt",
            )
        ]

    def test_of_the_last_admin_stays(self, scene: Scene, admin: User) -> None:
        other = scene.person(Role.COMMS_ADMIN)
        end_role(other.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        # Nobody else is left, and the one who is may not end their own.
        Membership.objects.filter(person=admin).update(until=today())
        third = scene.person(Role.COMMS_ADMIN)
        User.objects.filter(pk=admin.pk).update(is_active=False)
        with pytest.raises(PermissionDenied):
            end_role(third.memberships.get(), last_day=None, actor=again(admin), now=timezone.now())


class TestSomebodyWhoLeaves:
    def test_has_no_access_no_session_no_role_and_no_shift(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person(Role.COMMS_DUTY, password="correct horse battery")
        client.force_login(person)
        client.get("/desk/")
        place, _ = UserSession.objects.get_or_create(
            user=person, session_key=client.session.session_key, defaults={"ip": "127.0.0.1"}
        )
        now = timezone.now()
        Shift.objects.create(
            force=scene.force, person=person, starts_at=now, ends_at=now + DAY, made_at=now
        )
        end_access(person, actor=admin, now=now)
        assert client.get("/desk/").status_code == 302
        assert not UserSession.objects.filter(pk=place.pk).exists()
        assert Record.objects.filter(verb=Verb.SESSION_ENDED, actor_id=admin.pk).exists()
        left = again(person)
        assert not left.is_active
        assert not left.has_usable_password()
        assert left.memberships.get().until == today() - DAY
        assert not Shift.objects.standing().exists()
        let_back(left, force=scene.force, actor=admin, now=now)
        # The old session is over for good.
        assert client.get("/desk/").status_code == 302
        assert again(person).is_active

    def test_loses_roles_that_were_to_come(self, scene: Scene, admin: User) -> None:
        person = scene.person()
        place = Place(Role.PSD, None, today() + 9 * DAY)
        give_role(person, place, force=scene.force, actor=admin, now=timezone.now())
        end_access(person, actor=admin, now=timezone.now())
        assert [row.role for row in person.memberships.all()] == [Role.OFFICER]

    def test_is_not_oneself_nor_of_another_force(self, scene: Scene, admin: User) -> None:
        with pytest.raises(PersonRefused):
            end_access(admin, actor=admin, now=timezone.now())
        with pytest.raises(PermissionDenied):
            end_access(Scene().person(), actor=admin, now=timezone.now())

    def test_gets_no_role_before_they_are_let_in_again(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person()
        end_access(person, actor=admin, now=timezone.now())
        with pytest.raises(PersonRefused, match="has left"):
            give_role(
                person, Place(Role.PSD, None, today()), force=scene.force, actor=admin,
                now=timezone.now(),
            )  # fmt: skip
        client.force_login(admin)
        assert "Has left" in Page.of(client.get(f"/people/{person.pk}/")).main
        client.post(f"/people/{person.pk}/let-back/")
        assert Record.objects.filter(verb=Verb.PERSON_LET_BACK).count() == 1

    def test_holds_none_of_the_old_roles_when_let_back_the_same_day(
        self, scene: Scene, admin: User
    ) -> None:
        long_here = scene.person(Role.COMMS_APPROVER)
        new = added(scene, admin)
        for person in (long_here, new):
            end_access(person, actor=admin, now=timezone.now())
            let_back(again(person), force=scene.force, actor=admin, now=timezone.now())
            assert again(person).is_active
            assert again(person).current_memberships == []
            ended = Record.objects.about(person).filter(verb=Verb.ROLE_ENDED)
            assert ended.get().data["last_day"] == "at once"
            # They are still somebody whom this force can give a role.
            place = Place(Role.PSD, None, today())
            give_role(again(person), place, force=scene.force, actor=admin, now=timezone.now())


class TestSomebodyOfTwoForces:
    @pytest.fixture
    def elsewhere(self) -> Scene:
        return Scene()

    def test_who_left_one_long_ago_is_the_other_s_alone(
        self, client: Client, scene: Scene, admin: User, elsewhere: Scene
    ) -> None:
        person = scene.person(full_name="Ola Otherwhere")
        person.memberships.update(until=today() - 800 * DAY)
        elsewhere.give(person, Role.COMMS_ADMIN)
        elsewhere.person(Role.COMMS_ADMIN)
        before, now = Details.of(person), timezone.now()
        evil = replace(before, email="evil@force.example.org")
        place = Place(Role.OFFICER, scene.lpt, today())
        asked: list[Callable[[], object]] = [
            partial(
                change_person, person, evil, force=scene.force, seen=before, actor=admin, now=now
            ),
            partial(give_role, person, place, force=scene.force, actor=admin, now=now),
            partial(let_back, person, force=scene.force, actor=admin, now=now),
            partial(end_access, person, actor=admin, now=now),
        ]
        for attempt in asked:
            with pytest.raises(PermissionDenied):
                attempt()
        client.force_login(admin)
        for path in ("", "change/", "leave/", "second-factor/"):
            assert client.get(f"/people/{person.pk}/{path}").status_code == 404
        assert "Ola" not in Page.of(client.get("/people/?show=left")).main
        assert Details.of(again(person)) == before
        # When they have left there too, whoever they come back to lets them in.
        boss = elsewhere.person(Role.COMMS_ADMIN)
        end_access(again(person), actor=boss, now=now)
        let_back(again(person), force=scene.force, actor=admin, now=now)
        assert again(person).is_active

    def test_who_leaves_one_stays_in_the_other(
        self, client: Client, scene: Scene, admin: User, elsewhere: Scene
    ) -> None:
        person = scene.person(Role.COMMS_DUTY, password="correct horse battery")
        elsewhere.give(person, Role.COMMS_APPROVER)
        now = timezone.now()
        for force in (scene.force, elsewhere.force):
            Shift.objects.create(
                force=force, person=person, starts_at=now, ends_at=now + DAY, made_at=now
            )
        client.force_login(person)
        leaving = end_access(person, actor=admin, now=now)
        assert (leaving.forces, leaving.altogether) == ([scene.force], False)
        stays = again(person)
        assert stays.is_active
        assert stays.has_usable_password()
        assert [role.force for role in stays.current_memberships] == [elsewhere.force]
        assert Shift.objects.standing().get().force == elsewhere.force
        assert client.get("/review/").status_code == 200
        assert not Record.objects.filter(verb=Verb.PERSON_DEACTIVATED).exists()


class TestTheLastAdmin:
    def test_is_kept_on_every_day_to_come(self, scene: Scene, admin: User) -> None:
        other = scene.person(Role.COMMS_ADMIN)
        now = timezone.now()
        mine, theirs = admin.memberships.get(), other.memberships.get()
        end_role(theirs, last_day=today() + 5 * DAY, actor=admin, now=now)
        for last_day in (today() + 5 * DAY, today() + 9 * DAY, today()):
            with pytest.raises(PersonRefused, match=r"is the only comms admin of .* from .* on"):
                end_role(mine, last_day=last_day, actor=other, now=now)
        with pytest.raises(PersonRefused, match="is the only comms admin"):
            end_access(admin, actor=other, now=now)
        # Whoever is to follow has the role from the day after, and not a day later.
        heir = scene.person()
        gap = Place(Role.COMMS_ADMIN, None, today() + 7 * DAY)
        give_role(heir, gap, force=scene.force, actor=admin, now=now)
        with pytest.raises(PersonRefused, match="is the only comms admin"):
            end_role(mine, last_day=today() + 5 * DAY, actor=other, now=now)
        end_role(mine, last_day=today() + 6 * DAY, actor=other, now=now)
        # A role that is still to begin is needed as well.
        coming = heir.memberships.get(role=Role.COMMS_ADMIN)
        with pytest.raises(PersonRefused, match="is the only comms admin"):
            end_role(coming, last_day=None, actor=admin, now=now)
        with pytest.raises(PersonRefused, match="is the only comms admin"):
            end_access(again(heir), actor=admin, now=now)

    def test_may_go_where_a_day_has_none_anyway(self, scene: Scene, admin: User) -> None:
        other = scene.person(Role.COMMS_ADMIN)
        Membership.objects.filter(person__in=[admin, other]).update(until=today() + 5 * DAY)
        end_role(other.memberships.get(), last_day=today(), actor=admin, now=timezone.now())
        assert other.memberships.get().until == today()


class TestTheList:
    def names(self, client: Client, query: str = "") -> list[str]:
        rows = Page.of(client.get(f"/people/{query}")).root.all(class_="bl-row__text")
        return [row.text.partition(",")[0] for row in rows]

    def test_is_searched_and_by_team(self, client: Client, scene: Scene, admin: User) -> None:
        here = scene.person(full_name="Ann Aldous", collar_number="7788")
        other = scene.person(full_name="Bea Aldous", lpt=scene.other_account().lpt)
        client.force_login(admin)
        assert self.names(client, "?q=aldous") == ["Ann Aldous", "Bea Aldous"]
        assert self.names(client, "?q=aldous+7788") == ["Ann Aldous"]
        assert self.names(client, f"?team={scene.lpt.pk}") == [here.full_name]
        assert self.names(client, "?q=nobody-like-it&team=x") == []
        assert other.full_name in self.names(client, "?team=99999999999999999999")

    def test_shows_who_lacks_something_and_who_has_left(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        scene.person(full_name="Una Unconfirmed", mobile_confirmed_on=None)
        left = scene.person(full_name="Lea Left")
        end_access(left, actor=admin, now=timezone.now())
        client.force_login(admin)
        assert self.names(client, "?show=missing") == ["Una Unconfirmed"]
        assert self.names(client, "?show=left") == ["Lea Left"]
        assert "Lea Left" not in self.names(client, "?show=nonsense")

    def test_shows_who_is_still_to_begin_with_the_day(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person(full_name="Fay Future")
        person.memberships.update(since=today() + 5 * DAY)
        client.force_login(admin)
        day = today() + 5 * DAY
        page = Page.of(client.get("/people/?q=future"))
        assert f"starting on {day.day} {day:%B %Y}" in page.main
        assert self.names(client, f"?team={scene.lpt.pk}") == ["Fay Future"]
        assert self.names(client, "?show=left") == []

    def test_goes_on_after_fifty(self, client: Client, scene: Scene, admin: User) -> None:
        for number in range(52):
            scene.person(full_name=f"Walker {number:02}")
        client.force_login(admin)
        page = Page.of(client.get("/people/?q=walker"))
        (following,) = page.root.all("a", rel="next")
        first = self.names(client, "?q=walker")
        rest = self.names(client, following.attrs["href"])
        assert len(first) == 50
        assert len({*first, *rest}) == 52

    def test_is_recorded_with_whose_records_it_showed(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person = scene.person()
        client.force_login(admin)
        client.get("/people/?q=nobody-like-it")
        client.get("/people/")
        client.get(f"/people/{person.pk}/")
        empty, listed, read = Record.objects.filter(actor_id=str(admin.pk)).order_by("pk")
        assert (empty.verb, empty.data["people"]) == (Verb.REGISTER_READ, [])
        assert listed.data == {"people": sorted([admin.pk, person.pk]), "how": "list"}
        assert (read.verb, read.target_id) == (Verb.PERSON_READ, str(person.pk))

    def test_costs_no_more_for_more_people(
        self, client: Client, scene: Scene, admin: User, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(12):
            scene.person()
        client.force_login(admin)
        with django_assert_max_num_queries(30):
            client.get("/people/")
