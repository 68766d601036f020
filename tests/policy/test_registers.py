"""Court restrictions and pre-election periods: who keeps them, when they hold, what is told."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from incidents.services import context_of
from notices.models import Notice
from policy.models import ElectionPeriod, Restriction
from policy.registers.services import (
    AlreadyEnded,
    Order,
    add_restriction,
    change_restriction,
    declare_election,
    elections_of,
    end_election,
    end_restriction,
    restrictions_of,
    uk_day,
)
from policy.services import generation
from tests.factories import Scene
from tests.pages import Page
from tests.publishing.fixtures import postgres
from tests.races import at_once

__all__ = ["postgres"]

pytestmark = pytest.mark.django_db

ORDER = Order(
    terms=("Wilf Ambleton", "Fern Street siege"),
    case_name="Crown v Quillfeather",
    court="Marlshire Crown Court, section 45 order",
)
SECRETS = [*ORDER.terms, ORDER.case_name, ORDER.court]
KEEPERS = {Role.COMMS_APPROVER, Role.COMMS_DUTY, Role.COMMS_ADMIN}
DECLARERS = {Role.COMMS_ADMIN, Role.POLICY_OWNER}
# 23:30 in the United Kingdom, where summer time makes it tomorrow's date in UTC only at 01:00.
SUMMER_EVENING = datetime(2027, 6, 10, 22, 30, tzinfo=UTC)
RESTRICTIONS, ELECTIONS = "/rulebook/restrictions/", "/rulebook/elections/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    duty = scene.person(Role.COMMS_DUTY)
    client.force_login(duty)
    return duty


@pytest.fixture
def admin(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    admin = scene.person(Role.COMMS_ADMIN)
    client.force_login(admin)
    return admin


def added(scene: Scene, order: Order = ORDER, *, now: datetime | None = None) -> Restriction:
    actor = scene.person(Role.COMMS_DUTY)
    return add_restriction(order, force=scene.force, actor=actor, now=now or timezone.now())


def declared(scene: Scene, starts_on: date, ends_on: date) -> ElectionPeriod:
    return declare_election(
        force=scene.force,
        area="Oldermoor ward",
        starts_on=starts_on,
        ends_on=ends_on,
        note="",
        actor=scene.person(Role.POLICY_OWNER),
        now=timezone.now(),
    )


def trail() -> str:
    return repr(list(Record.objects.values())) + repr(list(Notice.objects.values()))


class TestAnOrder:
    def test_holds_for_every_account_of_the_force_and_no_other(self, scene: Scene) -> None:
        restriction, other = added(scene), Scene()
        for account in (scene.account, scene.other_account(kind="central", lpt=None)):
            (found,) = context_of(account, now=timezone.now()).restrictions
            assert (found.id, found.terms) == (str(restriction.pk), ORDER.terms)
        assert context_of(other.account, now=timezone.now()).restrictions == ()

    def test_holds_until_midnight_of_its_last_day_in_the_united_kingdom(self, scene: Scene) -> None:
        added(scene, Order(("A name",), "A case", "A court", date(2027, 6, 10)))
        force = scene.force.pk
        assert restrictions_of(force, now=SUMMER_EVENING)
        assert restrictions_of(force, now=SUMMER_EVENING + timedelta(minutes=29))
        assert not restrictions_of(force, now=SUMMER_EVENING + timedelta(minutes=30))

    def test_counts_the_generation_up_so_that_nothing_approved_slips_out(
        self, scene: Scene
    ) -> None:
        before = generation()
        restriction = added(scene)
        assert generation() == before + 1
        end_restriction(restriction, actor=restriction.added_by, now=timezone.now())
        assert generation() == before + 2

    def test_that_was_lifted_holds_no_longer_and_stays_on_record(self, scene: Scene) -> None:
        restriction, now = added(scene), timezone.now()
        end_restriction(restriction, actor=restriction.added_by, now=now)
        assert restrictions_of(scene.force.pk, now=now) == ()
        (past,) = Restriction.objects.over(scene.force.pk, on=uk_day(now))
        assert (past.terms, past.ended_at) == (list(ORDER.terms), now)

    def test_that_was_changed_keeps_what_it_said(self, scene: Scene) -> None:
        old, now = added(scene), timezone.now()
        newer = change_restriction(
            old, Order(("Another name",), "A case", "A court"), actor=old.added_by, now=now
        )
        (found,) = restrictions_of(scene.force.pk, now=now)
        assert found.terms == ("Another name",)
        old.refresh_from_db()
        assert (old.terms, old.replaced_by, old.ended_at) == (list(ORDER.terms), newer, now)

    def test_ends_once(self, scene: Scene) -> None:
        restriction, now = added(scene), timezone.now()
        actor = restriction.added_by
        end_restriction(restriction, actor=actor, now=now)
        with pytest.raises(AlreadyEnded):
            end_restriction(restriction, actor=actor, now=now)
        with pytest.raises(AlreadyEnded):
            change_restriction(restriction, ORDER, actor=actor, now=now)
        assert Restriction.objects.count() == 1

    def test_that_ended_cannot_be_altered_or_deleted_even_in_the_database(
        self, scene: Scene
    ) -> None:
        restriction = added(scene)
        row = Restriction.objects.filter(pk=restriction.pk)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            row.delete()
        end_restriction(restriction, actor=restriction.added_by, now=timezone.now())
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            row.update(terms=[])

    @pytest.mark.parametrize("role", Role)
    def test_is_kept_by_comms_alone(self, scene: Scene, role: Role) -> None:
        restriction, actor, now = added(scene), scene.person(role), timezone.now()
        if role in KEEPERS:
            change_restriction(restriction, ORDER, actor=actor, now=now)
            return
        for act in (
            partial(add_restriction, ORDER, force=scene.force),
            partial(end_restriction, restriction),
            partial(change_restriction, restriction, ORDER),
        ):
            with pytest.raises(PermissionDenied):
                act(actor=actor, now=now)

    def test_is_not_kept_by_comms_of_another_force(self, scene: Scene) -> None:
        restriction = added(scene)
        with pytest.raises(PermissionDenied):
            end_restriction(restriction, actor=Scene().person(Role.COMMS_DUTY), now=timezone.now())

    def test_leaves_no_word_in_the_trail_or_in_notices(self, scene: Scene) -> None:
        restriction, now = added(scene), timezone.now()
        newer = change_restriction(restriction, ORDER, actor=restriction.added_by, now=now)
        end_restriction(newer, actor=restriction.added_by, now=now)
        verbs = [r.verb for r in Record.objects.order_by("pk") if r.target_type == "restriction"]
        assert verbs == [
            Verb.RESTRICTION_ADDED, Verb.RESTRICTION_CHANGED, Verb.RESTRICTION_ENDED
        ]  # fmt: skip
        assert not [secret for secret in SECRETS if secret in trail()]
        assert not [secret for secret in SECRETS if secret in str(restriction)]


class TestTheRestrictionsPage:
    typed = {"terms": "Wilf Ambleton\n\n  Fern  Street siege \nWilf Ambleton",
             "case_name": ORDER.case_name, "court": ORDER.court, "until": ""}  # fmt: skip

    @pytest.mark.parametrize("role", Role)
    def test_is_for_comms_alone(self, client: Client, scene: Scene, role: Role) -> None:
        client.force_login(scene.person(role))
        expected = 200 if role in KEEPERS else 403
        assert client.get(RESTRICTIONS).status_code == expected
        rulebook = Page.of(client.get("/rulebook/"))
        links = [link.attrs["href"] for link in rulebook.root.all("a")]
        assert (RESTRICTIONS in links) == (role in KEEPERS)

    def test_adds_each_term_once(self, client: Client, scene: Scene, duty: User) -> None:
        response = client.post(RESTRICTIONS, self.typed, follow=True)
        restriction = Restriction.objects.get()
        assert restriction.terms == list(ORDER.terms)
        assert (restriction.force, restriction.added_by) == (scene.force, duty)
        page = Page.of(response)
        assert page.messages == ["Added. Every account of the force obeys it from now on."]
        assert [li.text for li in page.root.one(class_="bl-terms").all("li")] == list(ORDER.terms)

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("terms", "  \n ", "Enter at least one name or phrase."),
            ("terms", "Wilf\nab", "Enter names and phrases of at least 3 letters or digits"),
            ("terms", "Wilf\n - b -", "Enter names and phrases of at least 3 letters or digits"),
            ("terms", "x" * 101, "Enter names and phrases of at most 100 characters"),
            ("terms", "\n".join(f"name {n}" for n in range(51)), "Enter at most 50 names"),
            ("case_name", "", "Enter the name of the case."),
            ("court", "", "Enter the court and the order."),
            ("until", "1/2/2020", "This day has passed."),
            ("until", "soon", "Enter a real date"),
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, duty: User, field: str, typed: str, said: str
    ) -> None:
        page = Page.of(client.post(RESTRICTIONS, self.typed | {field: typed}))
        ((words, link),) = page.problems
        assert (words.startswith(said), link) == (True, f"#id_{field}")
        assert not Restriction.objects.exists()

    def test_changes_and_lifts(self, client: Client, scene: Scene, duty: User) -> None:
        restriction = added(scene)
        address = f"{RESTRICTIONS}{restriction.pk}/change/"
        client.post(address, self.typed | {"court": "Marlshire Crown Court, varied order"})
        newer = Restriction.objects.get(ended_at=None)
        assert (newer.replaces, newer.court) == (restriction, "Marlshire Crown Court, varied order")
        page = Page.of(client.post(f"{RESTRICTIONS}{newer.pk}/end/", follow=True))
        assert "No restriction is in force." in page.main
        assert f"changed to number {newer.pk}" in page.main
        assert f"lifted by {duty.full_name}" in page.main

    def test_fills_the_form_for_a_change(self, client: Client, scene: Scene, duty: User) -> None:
        restriction = added(scene)
        page = Page.of(client.get(f"{RESTRICTIONS}{restriction.pk}/change/"))
        assert page.root.one("textarea").raw_text.strip() == "\n".join(ORDER.terms)
        bad = client.post(f"{RESTRICTIONS}{restriction.pk}/change/", self.typed | {"court": ""})
        assert bad.status_code == 422
        assert not Restriction.objects.exclude(pk=restriction.pk)

    @pytest.mark.parametrize("way", ["change", "end"])
    def test_knows_none_of_another_force_or_that_ended(
        self, client: Client, scene: Scene, duty: User, way: str
    ) -> None:
        theirs, ended = added(Scene()), added(scene)
        end_restriction(ended, actor=ended.added_by, now=timezone.now())
        for restriction in (theirs, ended):
            answer = client.post(f"{RESTRICTIONS}{restriction.pk}/{way}/", self.typed)
            assert answer.status_code == 404

    def test_records_who_read_what_by_number(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        restriction = added(scene)
        client.get(RESTRICTIONS)
        record = Record.objects.get(verb=Verb.RESTRICTIONS_READ)
        assert (record.actor_id, record.target_id) == (str(duty.pk), str(scene.force.pk))
        assert record.data == {"shown": [restriction.pk]}
        assert not [secret for secret in SECRETS if secret in trail()]


class TestAPreElectionPeriod:
    def test_is_on_from_its_first_to_its_last_day(self, scene: Scene) -> None:
        declared(scene, date(2027, 6, 8), date(2027, 6, 10))
        force = scene.force.pk
        # Midnight in the United Kingdom is an hour earlier in UTC.
        first, last = datetime(2027, 6, 7, 23, tzinfo=UTC), datetime(2027, 6, 10, 23, tzinfo=UTC)
        a_moment = timedelta(seconds=1)
        (election,) = elections_of(force, at=first)
        assert (election.area, election.ends_on) == ("Oldermoor ward", date(2027, 6, 10))
        assert elections_of(force, at=last - a_moment)
        assert not elections_of(force, at=first - a_moment)
        assert not elections_of(force, at=last)

    def test_covers_what_goes_out_in_it(self, scene: Scene) -> None:
        now = timezone.now()
        start = uk_day(now) + timedelta(days=10)
        declared(scene, start, start + timedelta(days=5))
        account = scene.account
        assert context_of(account, now=now).elections == ()
        assert context_of(account, now=now, goes_out=now + timedelta(days=12)).elections
        # A time that has passed goes out now at the earliest.
        later = now + timedelta(days=12)
        assert context_of(account, now=later, goes_out=now).elections

    def test_of_another_force_is_none_of_ours(self, scene: Scene) -> None:
        today = timezone.localdate()
        declared(Scene(), today, today)
        assert context_of(scene.account, now=timezone.now()).elections == ()

    def test_counts_the_generation_up(self, scene: Scene) -> None:
        before, today = generation(), timezone.localdate()
        period = declared(scene, today, today)
        end_election(period, actor=period.declared_by, now=timezone.now())
        assert generation() == before + 2

    def test_that_was_ended_is_off(self, scene: Scene) -> None:
        now = timezone.now()
        period = declared(scene, uk_day(now), uk_day(now))
        end_election(period, actor=period.declared_by, now=now)
        assert elections_of(scene.force.pk, at=now) == ()
        with pytest.raises(AlreadyEnded):
            end_election(period, actor=period.declared_by, now=now)

    def test_has_a_day(self, scene: Scene) -> None:
        with pytest.raises(DatabaseError, match="election_period_has_a_day"), transaction.atomic():
            declared(scene, date(2027, 6, 8), date(2027, 6, 7))

    @pytest.mark.parametrize("role", Role)
    def test_is_declared_by_comms_admins_and_policy_owners(self, scene: Scene, role: Role) -> None:
        actor, today = scene.person(role), timezone.localdate()
        declare = partial(
            declare_election, force=scene.force, area="Oldermoor", starts_on=today, ends_on=today,
            note="", actor=actor, now=timezone.now(),
        )  # fmt: skip
        if role in DECLARERS:
            end_election(declare(), actor=actor, now=timezone.now())
            return
        with pytest.raises(PermissionDenied):
            declare()
        with pytest.raises(PermissionDenied):
            end_election(declared(scene, today, today), actor=actor, now=timezone.now())


class TestTheElectionsPage:
    typed = {"area": "All of Marlshire", "starts_on": "2027-03-20", "ends_on": "2027-05-06",
             "note": "No visits with candidates."}  # fmt: skip

    @pytest.mark.parametrize("role", Role)
    def test_is_for_those_who_declare(self, client: Client, scene: Scene, role: Role) -> None:
        client.force_login(scene.person(role))
        assert client.get(ELECTIONS).status_code == (200 if role in DECLARERS else 403)

    def test_declares_and_ends(self, client: Client, scene: Scene, admin: User) -> None:
        page = Page.of(client.post(ELECTIONS, self.typed, follow=True))
        period = ElectionPeriod.objects.get()
        assert (period.force, period.declared_by) == (scene.force, admin)
        assert (period.starts_on, period.ends_on) == (date(2027, 3, 20), date(2027, 5, 6))
        assert "From 20 March 2027 until 6 May 2027" in page.main
        page = Page.of(client.post(f"{ELECTIONS}{period.pk}/end/", follow=True))
        assert "No period is on or ahead." in page.main
        assert f"ended by {admin.full_name}" in page.main
        assert client.post(f"{ELECTIONS}{period.pk}/end/").status_code == 404

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            ({"area": ""}, "area", "Enter the area of the election."),
            ({"starts_on": ""}, "starts_on", "Enter the first day of the period."),
            ({"ends_on": ""}, "ends_on", "Enter the last day of the period."),
            ({"ends_on": "2027-03-19"}, "ends_on", "The last day cannot be before the first."),
            (
                {"starts_on": "2020-01-01", "ends_on": "2020-02-01"},
                "ends_on",
                "This day has passed. Enter a later one.",
            ),
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, admin: User, typed: dict[str, str], field: str, said: str
    ) -> None:
        page = Page.of(client.post(ELECTIONS, self.typed | typed))
        assert page.problems == [(said, f"#id_{field}")]
        assert not ElectionPeriod.objects.exists()

    def test_knows_none_of_another_force(self, client: Client, admin: User) -> None:
        today = timezone.localdate()
        theirs = declared(Scene(), today, today)
        assert client.post(f"{ELECTIONS}{theirs.pk}/end/").status_code == 404


@pytest.mark.usefixtures("postgres")
class TestTwoWhoLiftAtOnce:
    def test_one_lifts_and_the_other_is_told(self) -> None:
        restriction = added(Scene())
        done: list[str] = []

        def lift() -> None:
            try:
                end_restriction(restriction, actor=restriction.added_by, now=timezone.now())
                done.append("lifted")
            except AlreadyEnded:
                done.append("too late")

        at_once(lift, lift, lift)
        assert sorted(done) == ["lifted", "too late", "too late"]
