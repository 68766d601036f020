"""What frames every page: the way on, what is on, who to call."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import LPT, Force, User
from accounts.roles import Role
from approvals.reasons import Reason
from approvals.services import reject
from incidents.models import HoldKind
from incidents.services import place, release
from insights.counting import COUNT_CAP
from publishing.models import Alert, AlertKind, Delivery, WorkerHeartbeat
from publishing.workflow import State as DeliveryState
from tests.factories import LPTFactory, Scene, UserFactory, approved, submitted
from tests.pages import Element, Page

pytestmark = pytest.mark.django_db

ALL = ["My desk", "Practice timeline", "Rulebook"]
WRITING = [
    *("My desk", "Write", "Team drafts", "Deliveries", "Accounts", "Practice timeline", "Rulebook"),
]
LOOKING = [*WRITING[:4], "Incidents", *WRITING[4:]]
COMMS = [
    *WRITING[:3],
    "Review queue",
    "Look afterwards",
    *("Deliveries", "Alerts", "Sent past"),
    "Incidents",
    "Accounts",
    "Routes",
    "Figures",
    *LOOKING[6:],
]
NAVIGATION = {
    Role.OFFICER: WRITING,
    Role.LPT_SUPERVISOR: LOOKING,
    Role.LPT_COMMANDER: LOOKING,
    Role.COMMS_APPROVER: COMMS,
    Role.COMMS_DUTY: COMMS,
    Role.COMMS_ADMIN: [
        "My desk",
        "Alerts",
        "Sent past",
        "Incidents",
        "Accounts",
        "Routes",
        "Figures",
        "People",
        "Teams",
        "Connections",
        "Practice timeline",
        "Rulebook",
    ],
    Role.POLICY_OWNER: [*ALL, "Rules desk"],
    Role.PSD: ALL,
    Role.FOI_OFFICER: ALL,
    Role.DPO: ALL,
}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def desk(client: Client, person: User) -> Page:
    client.force_login(person)
    return Page.of(client.get("/desk/"))


def entries(page: Page) -> list[Element]:
    (navigation,) = page.root.all("nav", aria_label="Main")
    return navigation.all("a")


def counts(page: Page) -> dict[str, str]:
    """What each entry says besides its name."""
    return {
        entry.text.partition(" (")[0]: badge.text
        for entry in entries(page)
        for badge in entry.all(class_="bl-count-badge")
    }


def banners(page: Page) -> list[str]:
    return [banner.text for banner in page.root.all(class_="bl-banner")]


class TestTheNavigation:
    def test_of_every_role_is_known(self) -> None:
        assert set(NAVIGATION) == set(Role)

    @pytest.mark.parametrize("role", Role)
    def test_leads_to_what_the_person_may_see_and_nowhere_else(
        self, client: Client, scene: Scene, role: Role
    ) -> None:
        page = desk(client, scene.person(role))
        names = [entry.text.partition(" (")[0] for entry in entries(page)]
        assert sorted(names) == sorted(NAVIGATION[role])
        for entry in entries(page):
            assert client.get(entry.attrs["href"]).status_code == 200

    def test_is_one_calm_line_with_the_rest_under_more(self, client: Client, scene: Scene) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        (more,) = desk(client, comms).root.all("details", class_="bl-more")
        seldom = [entry.text for entry in more.all("a")]
        assert "Review queue" not in seldom
        assert {"Look afterwards", "Routes", "Rulebook"} <= set(seldom)
        # Whoever has few entries has all of them in sight.
        assert not desk(client, scene.person(Role.PSD)).root.all("details", class_="bl-more")

    def test_adds_up_what_waits_under_more(self, client: Client, scene: Scene) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        now = timezone.now()
        for number in range(2):
            Alert.objects.create(
                kind=AlertKind.SUSPENDED,
                key=f"thing:{number}",
                text="Something is wrong.",
                force=scene.force,
                since=now,
                last_seen=now,
            )
        (more,) = desk(client, comms).root.all("details", class_="bl-more")
        assert more.one("summary").one(class_="bl-count-badge").text == "(2 waiting)"

    def test_keeps_the_page_one_is_on_in_sight(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.COMMS_APPROVER))
        page = Page.of(client.get("/routes/"))
        (current,) = page.root.all("a", aria_current="page")
        assert current.text == "Routes"
        (more,) = page.root.all("details", class_="bl-more")
        assert "Routes" not in [entry.text for entry in more.all("a")]

    def test_marks_the_page_one_is_on(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        for path, name in (("/desk/", "My desk"), ("/drafts/", "Team drafts")):
            page = Page.of(client.get(path))
            current = [e.text for e in entries(page) if e.attrs.get("aria-current") == "page"]
            assert current == [name]

    def test_counts_what_waits_for_a_decision(self, client: Client, scene: Scene) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        assert counts(desk(client, comms)) == {}
        submitted(scene)
        draft = submitted(scene)
        submitted(Scene())
        assert counts(desk(client, comms)) == {"Review queue": "(2 waiting)"}
        reject(
            draft,
            actor=comms,
            revision_number=1,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="No.",
            now=timezone.now(),
        )
        assert counts(desk(client, comms)) == {"Review queue": "(1 waiting)"}

    def test_counts_what_needs_somebody(self, client: Client, scene: Scene) -> None:
        approved(scene)
        for state in (DeliveryState.UNKNOWN, DeliveryState.MISSED):
            Delivery.objects.update(state=state)
            page = desk(client, scene.person(Role.COMMS_DUTY))
            assert counts(page) == {"Deliveries": "(1 waiting)"}
        assert counts(desk(client, scene.person())) == {}

    def test_counts_what_is_wrong(self, client: Client, scene: Scene) -> None:
        now, elsewhere = timezone.now(), Scene().force
        for number, (force, ended) in enumerate(
            [(scene.force, None), (None, None), (elsewhere, None), (scene.force, now)]
        ):
            Alert.objects.create(
                kind=(AlertKind.SUSPENDED, AlertKind.NO_DISPATCHER)[number % 2],
                key=f"thing:{number}",
                text="Something is wrong.",
                force=force,
                since=now,
                last_seen=now,
                cleared_at=ended,
            )
        for role in (Role.COMMS_DUTY, Role.COMMS_ADMIN):
            assert counts(desk(client, scene.person(role))) == {"Alerts": "(2 waiting)"}
        assert counts(desk(client, scene.person())) == {}

    def test_stops_counting_at_a_hundred(
        self, client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert COUNT_CAP == 100
        monkeypatch.setattr("insights.counting.COUNT_CAP", 2)
        comms, author = scene.person(Role.COMMS_APPROVER), scene.person()
        for shown in ("(1 waiting)", "(2 waiting)", "(2+ waiting)", "(2+ waiting)"):
            submitted(scene, author=author)
            assert counts(desk(client, comms)) == {"Review queue": shown}

    def test_is_not_there_for_somebody_without_a_role(self, client: Client) -> None:
        page = desk(client, UserFactory.create())
        assert not page.root.all("nav", aria_label="Main")
        assert page.root.all("form", action="/accounts/logout/")


class TestTheBanners:
    def test_tell_everybody_of_the_force_what_is_on(self, client: Client, scene: Scene) -> None:
        summer = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
        duty = scene.person(Role.COMMS_DUTY)
        for kind, scope in (
            (HoldKind.HOLD, scene.force),
            (HoldKind.CRITICAL_INCIDENT, scene.lpt),
        ):
            place(kind=kind, scope=scope, reason="Wait <b>here</b>.", actor=duty, now=summer)
        for role in Role:
            incident, hold, *_ = banners(desk(client, scene.person(role)))
            assert incident.startswith(f"Critical incident: {scene.lpt}. Wait <b>here</b>.")
            # The guard of the dispatcher knows no exception: none is promised.
            stopped = "Nothing can be submitted or approved, and nothing goes out, until"
            assert stopped in incident
            assert "retweet" not in incident
            assert hold.startswith(f"Hold: {scene.force}.")
            # As clocks in the UK show it, and who.
            assert f"Since 14:05, {duty}." in hold
            assert ("See incidents" in hold) == (Role(role).label in {
                "LPT supervisor", "LPT commander", "Comms approver", "Comms duty officer",
                "Comms admin",
            })  # fmt: skip

    def test_end_with_the_release_and_stay_in_the_force(self, client: Client, scene: Scene) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        hold = place(
            kind=HoldKind.HOLD, scope=scene.force, reason="Wait.", actor=duty, now=timezone.now()
        )
        assert not [b for b in banners(desk(client, Scene().person())) if "Hold" in b]
        release(hold, actor=duty, now=timezone.now())
        assert not [b for b in banners(desk(client, duty)) if "Hold" in b]

    def test_say_that_the_publisher_only_practises(self, client: Client, scene: Scene) -> None:
        said = banners(desk(client, scene.person()))
        assert [b for b in said if b.startswith("Practice publisher. Nothing that goes out here")]

    def test_say_nothing_of_practice_where_there_is_none(
        self, client: Client, scene: Scene, settings: Settings
    ) -> None:
        settings.PUBLISHERS = {}
        assert banners(desk(client, scene.person())) == []

    def test_tell_those_who_can_act_that_nothing_goes_out(
        self, client: Client, scene: Scene
    ) -> None:
        approved(scene)
        past = timezone.now() - timedelta(minutes=30)
        Delivery.objects.update(due_at=past, next_at=past)
        WorkerHeartbeat.objects.create(owner="gone", seen_at=past)
        said = banners(desk(client, scene.person(Role.COMMS_DUTY)))
        assert [b for b in said if b.startswith("Nothing is going out.")]
        said = banners(desk(client, scene.person()))
        assert not [b for b in said if b.startswith("Nothing is going out.")]


class TestTheHeaderAndFooter:
    def test_name_force_person_and_role(self, client: Client, scene: Scene) -> None:
        officer = scene.person()
        header = desk(client, officer).root.one("header").text
        for words in (scene.force.name, officer.full_name, f"Officer, {scene.lpt}"):
            assert words in header
        comms = desk(client, scene.person(Role.COMMS_DUTY)).root.one("header").text
        assert "Comms duty officer" in comms
        assert f", {scene.lpt}" not in comms

    def test_say_whom_to_call(self, client: Client, scene: Scene) -> None:
        LPT.objects.update(comms_contact="Ruth Adeyemi, 07700 900115")
        footer = desk(client, scene.person()).root.one("footer")
        assert f"07700 900100 · {scene.force.comms_email} · Ask comms" in footer.text
        assert "Your team’s comms officer Ruth Adeyemi, 07700 900115" in footer.text
        hrefs = {link.text: link.attrs["href"] for link in footer.all("a")}
        assert hrefs["07700 900100"] == "tel:07700900100"
        assert hrefs[scene.force.comms_email] == f"mailto:{scene.force.comms_email}"
        assert hrefs["Ask comms"] == "/ask-comms/"

    def test_name_the_comms_officer_of_each_team(self, client: Client, scene: Scene) -> None:
        both = scene.person()
        other = LPTFactory.create(force=scene.force, comms_contact="Priya Nair, 07700 900113")
        scene.give(both, Role.OFFICER, lpt=other)
        footer = desk(client, both).root.one("footer").text
        assert "Your team’s comms officer Priya Nair, 07700 900113" in footer
        LPT.objects.update(comms_contact="Ruth Adeyemi, 07700 900115")
        footer = desk(client, both).root.one("footer").text
        for team in (scene.lpt, other):
            assert f"Comms officer of {team} Ruth Adeyemi, 07700 900115" in footer

    @pytest.mark.parametrize(
        ("phone", "email", "said"),
        [
            ("", "", "desk Ask comms"),
            ("press office", "", "desk press office · Ask comms"),
            ("", "comms@force.example.org", "desk comms@force.example.org · Ask comms"),
        ],
    )
    def test_say_what_there_is(
        self, client: Client, scene: Scene, phone: str, email: str, said: str
    ) -> None:
        Force.objects.update(comms_phone=phone, comms_email=email)
        footer = desk(client, scene.person()).root.one("footer")
        assert said in footer.text
        # What is no number cannot be rung.
        assert not [a for a in footer.all("a") if a.attrs["href"].startswith("tel:")]

    @pytest.mark.parametrize(
        ("phone", "rings"),
        [("101 ext 1234", "tel:101"), ("+44 (1632) 960200", "tel:+441632960200")],
    )
    def test_let_the_desk_be_rung(
        self, client: Client, scene: Scene, phone: str, rings: str
    ) -> None:
        Force.objects.update(comms_phone=phone)
        footer = desk(client, scene.person()).root.one("footer")
        assert footer.one("a", href=rings).text == phone

    def test_lead_communications_to_what_it_is_asked(self, client: Client, scene: Scene) -> None:
        for role in (Role.COMMS_APPROVER, Role.COMMS_DUTY, Role.COMMS_ADMIN):
            footer = desk(client, scene.person(role)).root.one("footer")
            assert footer.all("a", href="/questions/")
            assert not footer.all("a", href="/ask-comms/")

    def test_lead_to_what_everybody_may_read(self, client: Client, scene: Scene) -> None:
        footer = desk(client, scene.person()).root.one("footer")
        links = footer.one(class_="bl-footer__links")
        hrefs = [link.attrs["href"] for link in links.all("a")]
        *those, told, sign_in, call_list = hrefs
        assert those == [
            "/accessibility/",
            "/about-you/",
            "/rulebook/",
            "/guidance/",
            "/me/",
            "/policy/own-account/",
        ]
        assert told == "/accounts/told/"
        assert sign_in == reverse("mfa_index")
        assert call_list == "/call-list/"
        client.logout()
        for href in hrefs[:2]:
            assert client.get(href).status_code == 200


class TestAPartOfAPage:
    """What a page asks for by itself, again and again, has no frame."""

    @pytest.fixture
    def person(self, client: Client, scene: Scene) -> User:
        person = scene.person(Role.COMMS_APPROVER)
        client.force_login(person)
        return person

    def counts(self, ask: Callable[[], object]) -> bool:
        """Whether it asked for what the frame counts, the holds in force among it."""
        with CaptureQueriesContext(connection) as queries:
            ask()
        return any("answer_holds" in query["sql"] for query in queries)

    @pytest.mark.usefixtures("person")
    def test_counts_nothing(self, client: Client) -> None:
        assert self.counts(lambda: client.get("/review/"))
        assert not self.counts(lambda: client.get("/review/live/"))
        assert not self.counts(lambda: client.post("/write/check/", {"text": "Come and see us."}))

    @pytest.mark.usefixtures("person")
    def test_leaves_the_page_what_was_saved(self, client: Client) -> None:
        session = client.session
        session["saved_key"] = "the draft's"
        session.save()
        client.get("/review/live/")
        pages = [Page.of(client.get("/review/")).root.one("body") for _ in "12"]
        assert [body.attrs.get("data-saved") for body in pages] == ["the draft's", None]


class TestWhatIsHeldAboutPeople:
    @pytest.mark.parametrize(
        "said",
        [
            "Which training you passed",
            "versions of the guidance you accepted",
            "the browser, its internet address, since when",
            "your passkeys by name",
            "your recovery codes, both encrypted",
            "who that was and when",
        ],
    )
    def test_names_training_sessions_and_second_factors(self, client: Client, said: str) -> None:
        assert said in Page.of(client.get("/about-you/")).main


class TestTheStartPage:
    def test_leads_somebody_signed_in_to_their_desk(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        assert client.get("/").headers["Location"] == "/desk/"


class TestTheHealthPage:
    def test_says_that_the_database_answers(self, client: Client) -> None:
        assert client.get("/health/").json() == {"status": "up"}
