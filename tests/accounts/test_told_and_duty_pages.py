"""How I am told, and the duty rota, in the browser."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.duty import UK, Hours, hours_of
from accounts.models import Force, Shift
from accounts.roles import Role
from accounts.services import Step, put_on_duty, readers_of_words, set_hours
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from notices.models import Kind, Way
from notices.services import CHOOSABLE, tell, wishes_of
from publishing import aside
from publishing.services import mail_out
from tests.factories import CLEAN, Scene, submitted
from tests.pages import Page
from tests.publishing.fixtures import ledger

__all__ = ["ledger"]

TOLD, DUTY = "/accounts/told/", "/accounts/duty/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.django_db
class TestHowIAmTold:
    def test_offers_each_kind_but_what_one_must_act_on(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        page = Page.of(client.get(TOLD))
        assert {select.attrs["name"] for select in page.root.all("select")} == set(CHOOSABLE)
        assert Kind.ALERT not in CHOOSABLE
        assert "nobody can switch it off" in page.main

    def test_keeps_what_was_chosen(self, client: Client, scene: Scene) -> None:
        person = scene.person()
        client.force_login(person)
        chosen = dict.fromkeys(CHOOSABLE, Way.AT_ONCE) | {
            Kind.PUBLISHED: Way.SCREEN,
            Kind.WAITING: Way.DAILY,
        }
        assert client.post(TOLD, {k.value: w.value for k, w in chosen.items()}).status_code == 302
        assert wishes_of([person.pk])[person.pk] == chosen
        assert Record.objects.about(person).get().data["ways"]["published"] == "screen"
        page = Page.of(client.get(TOLD))
        (select,) = page.root.all("select", name="published")
        (option,) = [o for o in select.all("option") if "selected" in o.attrs]
        assert option.attrs["value"] == "screen"

    def test_says_what_is_wrong_and_keeps_the_rest(self, client: Client, scene: Scene) -> None:
        person = scene.person()
        client.force_login(person)
        sent = dict.fromkeys((k.value for k in CHOOSABLE), "hourly") | {"failed": "never"}
        response = client.post(TOLD, sent)
        assert response.status_code == 422
        page = Page.of(response)
        assert "Choose one of these ways: a tweet of yours did not go out." in page.main
        assert wishes_of([person.pk])[person.pk] == {}
        (select,) = page.root.all("select", name="waiting")
        (option,) = [o for o in select.all("option") if "selected" in o.attrs]
        assert option.attrs["value"] == "hourly"

    @pytest.mark.parametrize(
        ("role", "usual"),
        [
            (Role.OFFICER, "New ones in one mail each hour, reminders by mail, at once"),
            (Role.COMMS_APPROVER, "New ones only on My desk, reminders by mail, at once"),
        ],
    )
    def test_of_what_waits_says_what_is_usual_and_goes_back_to_it(
        self, client: Client, scene: Scene, role: Role, usual: str
    ) -> None:
        person = scene.person(role)
        client.force_login(person)
        sent = dict.fromkeys((k.value for k in CHOOSABLE), "hourly")
        client.post(TOLD, sent)
        assert Kind.WAITING in wishes_of([person.pk])[person.pk]
        assert client.post(TOLD, sent | {"waiting": ""}).status_code == 302
        assert Kind.WAITING not in wishes_of([person.pk])[person.pk]
        (select,) = Page.of(client.get(TOLD)).root.all("select", name="waiting")
        first = select.all("option")[0]
        assert (first.text, first.attrs["value"]) == (usual, "")
        assert not [o for o in select.all("option")[1:] if "selected" in o.attrs]

    def test_is_in_the_footer_of_every_page(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        assert Page.of(client.get("/desk/")).root.all("a", href=TOLD)


@pytest.mark.django_db
class TestWordsInMail:
    def test_are_let_out_by_the_comms_admin_alone(self, client: Client, scene: Scene) -> None:
        admin = scene.person(Role.COMMS_ADMIN)
        client.force_login(scene.person())
        assert "/words/" not in client.get(TOLD).content.decode()
        assert client.post(f"{TOLD}words/", {"on": "1"}).status_code == 403
        client.force_login(admin)
        assert "Let mail quote drafts" in Page.of(client.get(TOLD)).main
        client.post(f"{TOLD}words/", {"on": "1"})
        client.post(f"{TOLD}words/", {"on": "1"})
        assert Force.objects.get(pk=scene.force.pk).words_in_mail
        client.post(f"{TOLD}words/")
        assert not Force.objects.get(pk=scene.force.pk).words_in_mail
        rows = Record.objects.filter(verb=Verb.WORDS_IN_MAIL).order_by("pk")
        assert [row.data["on"] for row in rows] == [True, False]

    def test_come_to_nobody_whose_other_force_forbids_them(self, scene: Scene) -> None:
        strict, today = Scene(), timezone.now()
        person, both, nobody = scene.person(), scene.person(), strict.person()
        strict.give(both, Role.OFFICER)
        everybody = [person.pk, both.pk, nobody.pk]
        assert readers_of_words(everybody, now=today) == set()
        Force.objects.filter(pk=scene.force.pk).update(words_in_mail=True)
        assert readers_of_words(everybody, now=today) == {person.pk}
        assert readers_of_words([], now=today) == set()

    @pytest.mark.usefixtures("postgres")
    def test_are_left_out_by_the_worker(self) -> None:
        strict, open_one = Scene(), Scene()
        Force.objects.filter(pk=open_one.force.pk).update(words_in_mail=True)
        for scene in (strict, open_one):
            tell([scene.person()], "Said: xylophone", in_mail="Said.", now=timezone.now())
        mail_out(now=timezone.now())
        aside.finish(within=10)
        assert sorted("xylophone" in letter.body for letter in mail.outbox) == [False, True]


def shift_of(scene: Scene, *, hours: int = 24) -> Shift:
    """Somebody who is on duty from now on."""
    now = timezone.now()
    return put_on_duty(
        scene.person(Role.COMMS_DUTY, full_name="Ruth Adeyemi"), force=scene.force, starts_at=now,
        ends_at=now + timedelta(hours=hours), actor=scene.person(Role.COMMS_ADMIN), now=now,
    )  # fmt: skip


def closed(scene: Scene) -> None:
    set_hours(scene.force, [None] * 7, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())


@pytest.mark.django_db
class TestTheRota:
    NIGHT = {
        "first_day": "2031-01-10", "begins": "21:00", "last_day": "2031-01-11", "ends": "07:00",
    }  # fmt: skip

    def test_says_who_is_on_duty_and_takes_them_off(self, client: Client, scene: Scene) -> None:
        shift = shift_of(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        page = Page.of(client.get(DUTY))
        assert "Ruth Adeyemi is the duty officer now: 07700 900" in page.main
        assert client.post(f"{DUTY}{shift.pk}/end/").status_code == 302
        assert "Nobody is on the rota." in Page.of(client.get(DUTY)).main
        assert client.post(f"{DUTY}{shift.pk}/end/").status_code == 404

    def test_takes_a_shift(self, client: Client, scene: Scene) -> None:
        person = scene.person(Role.COMMS_DUTY)
        client.force_login(scene.person(Role.COMMS_ADMIN))
        assert client.post(DUTY, self.NIGHT | {"person": person.pk}).status_code == 302
        shift = Shift.objects.get()
        assert (shift.person, shift.starts_at, shift.ends_at) == (
            person,
            datetime(2031, 1, 10, 21, tzinfo=UK),
            datetime(2031, 1, 11, 7, tzinfo=UK),
        )

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"person": ""}, "Choose who is on duty."),
            ({"person": "999999"}, "Choose somebody from the list."),
            ({"begins": "soon"}, "Enter a time on the 24-hour clock, like 14:30."),
            ({"ends": ""}, "Enter when the shift ends, like 07:00."),
            ({"first_day": "31/2/2031"}, "Enter a real date, like 27/3/2027."),
            ({"last_day": "2031-01-10"}, "The shift has to end after it begins."),
            (
                {"first_day": "2020-01-10", "last_day": "2020-01-11"},
                "This shift is over already. Enter a later end.",
            ),
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, scene: Scene, typed: dict[str, str], sentence: str
    ) -> None:
        person = scene.person(Role.COMMS_DUTY)
        client.force_login(scene.person(Role.COMMS_ADMIN))
        response = client.post(DUTY, self.NIGHT | {"person": person.pk} | typed)
        assert response.status_code == 422
        page = Page.of(response)
        assert sentence in page.main
        kept = {
            field.attrs["name"]: field.attrs.get("value", "") for field in page.root.all("input")
        }
        sent = self.NIGHT | typed
        assert all(kept[name] == sent[name] for name in self.NIGHT)
        assert not Shift.objects.exists()

    def test_says_who_has_the_shift_already(self, client: Client, scene: Scene) -> None:
        shift = shift_of(scene)
        client.force_login(scene.person(Role.COMMS_ADMIN))
        day = timezone.localdate().isoformat()
        later = (timezone.localdate() + timedelta(days=2)).isoformat()
        typed = {"first_day": day, "begins": "00:00", "last_day": later, "ends": "00:00"}
        response = client.post(DUTY, typed | {"person": shift.person_id})
        assert response.status_code == 422
        assert "Ruth Adeyemi has a shift then." in Page.of(response).main

    def test_of_another_force_is_not_there(self, client: Client, scene: Scene) -> None:
        shift = shift_of(scene)
        client.force_login(Scene().person(Role.COMMS_ADMIN))
        assert "Ruth" not in Page.of(client.get(DUTY)).main
        assert client.post(f"{DUTY}{shift.pk}/end/").status_code == 404
        assert Shift.objects.standing().exists()


@pytest.mark.django_db
class TestTheHours:
    def typed(self, **changes: str) -> dict[str, str]:
        week = {
            f"hours-{name}_{day}": clock
            for day in range(7)
            for name, clock in (("opens", "08:00"), ("closes", "18:00"))
        }
        return {"do": "hours"} | week | {f"hours-{name}": v for name, v in changes.items()}

    def test_are_kept(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.COMMS_APPROVER))
        typed = self.typed(opens_6="", closes_6="", closes_4="00:00")
        assert client.post(DUTY, typed).status_code == 302
        hours = hours_of(scene.force)
        assert [span and f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in hours] == [
            *["08:00-18:00"] * 4, "08:00-00:00", "08:00-18:00", None,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"opens_6": ""}, "Enter both times for Sunday, or neither."),
            ({"closes_0": ""}, "Enter both times for Monday, or neither."),
            ({"closes_1": "07:59"}, "On Tuesday it has to close after it opens."),
            ({"closes_2": "late"}, "Enter a time on the 24-hour clock, like 14:30."),
        ],
    )
    def test_say_what_is_wrong(
        self, client: Client, scene: Scene, changes: dict[str, str], sentence: str
    ) -> None:
        client.force_login(scene.person(Role.COMMS_ADMIN))
        response = client.post(DUTY, self.typed(**changes))
        assert response.status_code == 422
        page = Page.of(response)
        assert sentence in page.main
        (kept,) = page.root.all("input", name="hours-opens_3")
        assert kept.attrs["value"] == "08:00"
        assert response.content.decode().count("Error: ") >= 1


@pytest.mark.django_db
class TestWhenNobodyApproves:
    NOBODY = "Nobody approves at present."
    RING = "If it cannot wait, ring the duty officer: Ruth Adeyemi, 07700 900"

    def pages(self, client: Client, draft: Draft) -> dict[str, str]:
        client.force_login(draft.author)
        addresses = {"write": "/write/", "draft": draft.get_absolute_url(), "desk": "/desk/"}
        return {name: Page.of(client.get(path)).main for name, path in addresses.items()}

    def test_everybody_who_writes_reads_whom_to_ring(self, client: Client, scene: Scene) -> None:
        shift_of(scene)
        closed(scene)
        for name, words in self.pages(client, submitted(scene)).items():
            assert self.NOBODY in words, name
            assert self.RING in words, name

    def test_the_desk_is_rung_where_nobody_is_on_duty(self, client: Client, scene: Scene) -> None:
        closed(scene)
        words = f"If it cannot wait, ring corporate communications: {scene.force.comms_phone}."
        assert all(words in said for said in self.pages(client, submitted(scene)).values())

    def test_nothing_is_said_while_somebody_does(self, client: Client, scene: Scene) -> None:
        shift_of(scene)
        always: list[Hours | None] = [Hours(time(), time())] * 7
        set_hours(scene.force, always, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())
        for words in self.pages(client, submitted(scene)).values():
            assert "Nobody approves" not in words
            assert "If it cannot wait" not in words

    def test_a_draft_that_waits_for_its_team_alone_says_nothing(
        self, client: Client, scene: Scene
    ) -> None:
        closed(scene)
        scene.route(Step((Role.LPT_SUPERVISOR,)))
        pages = self.pages(client, submitted(scene))
        assert "approve at present" not in pages["draft"]
        assert "Corporate communications does not approve at present." in pages["write"]

    def test_a_draft_that_is_decided_says_nothing(self, client: Client, scene: Scene) -> None:
        closed(scene)
        draft = submitted(scene)
        Draft.objects.filter(pk=draft.pk).update(state="rejected")
        assert self.NOBODY not in self.pages(client, draft)["draft"]

    def test_a_time_before_anybody_decides_is_warned_of_and_never_stopped(
        self, client: Client, scene: Scene
    ) -> None:
        closed(scene)
        scene.person(Role.COMMS_APPROVER)
        client.force_login(scene.person())
        day = timezone.localdate() + timedelta(days=2)
        typed = {
            "text": CLEAN, "category": "meeting", "account": scene.account.pk,
            "when": "pick", "date": day.isoformat(), "time": "12:00",
        }  # fmt: skip
        warning = "Nobody approves before then, so it would expire."
        assert warning in Page.of(client.post("/write/check/", typed)).root.text
        asap = Page.of(client.post("/write/check/", typed | {"when": "asap"}))
        assert warning not in asap.root.text
        page = Page.of(client.post("/write/", typed | {"action": "submit"}, follow=True))
        assert Draft.objects.get().state == "submitted"
        assert "As things stand it expires before then" in page.main
