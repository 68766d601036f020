"""What a new force still lacks, as its comms admin is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.duty import DEFAULT_HOURS
from accounts.models import AccountStatus, ApprovalRoute, Force, OpeningHours, Quorum, User
from accounts.roles import Role
from accounts.seen import fingerprint
from accounts.services import Step, TeamDetails, set_hours
from approvals.organising.beginning import Begun, Task, begun
from approvals.services import confirm_route
from publishing.clock import database_now
from publishing.services import dispatch_due
from publishing.workflow import State
from tests.factories import (
    ForceFactory,
    LPTFactory,
    MembershipFactory,
    Scene,
    SocialAccountFactory,
    trained,
)
from tests.pages import Page
from tests.publishing import stage
from tests.publishing.fixtures import ledger

__all__ = ["ledger"]

pytestmark = pytest.mark.django_db

TEAMS, ACCOUNTS, PEOPLE, ROUTES, CONNECTIONS, HOURS = range(6)


def of(force: Force) -> Begun:
    return begun(force, now=timezone.now())


def task(force: Force, number: int) -> Task:
    return of(force).tasks[number]


@pytest.fixture
def new() -> Force:
    """A force as the link makes it: a comms admin and the route."""
    force: Force = ForceFactory.create()
    ApprovalRoute.objects.create(force=force).steps.create(number=1, roles=[Role.COMMS_APPROVER])
    MembershipFactory.create(force=force, lpt=None, role=Role.COMMS_ADMIN)
    return force


@pytest.fixture
def scene() -> Scene:
    """A force that lacks nothing."""
    scene = Scene()
    scene.person()
    scene.person(Role.COMMS_APPROVER)
    scene.person(Role.COMMS_APPROVER)
    confirm(scene)
    return scene


def confirm(scene: Scene) -> User:
    """The route that came with the force is right: so says a comms admin, who is returned."""
    admin = scene.person(Role.COMMS_ADMIN)
    there = ApprovalRoute.objects.get(force=scene.force, until=None)
    confirm_route(scene.force, seen=there.pk, actor=admin, now=timezone.now())
    return admin


class TestANewForce:
    def test_begins_with_teams(self, new: Force) -> None:
        how_far = of(new)
        assert how_far.done == 0
        assert not how_far.is_complete
        first, *rest = how_far.tasks
        assert (first.link, first.words, first.is_done) == (
            "/teams/add/?from=begin",
            "None yet.",
            False,
        )
        assert [task.is_due for task in rest] == [False, False, True, False, True]

    def test_lacks_somebody_who_approves(self, new: Force) -> None:
        told = task(new, ROUTES)
        assert not told.is_done
        assert "Nobody can decide here now" in told.words

    def test_without_a_route_is_told_so(self, new: Force) -> None:
        ApprovalRoute.objects.update(until=timezone.now())
        LPTFactory.create(force=new)
        told = task(new, ROUTES)
        assert (told.words, told.is_done) == (
            "There is no route: nobody could submit anything.",
            False,
        )

    def test_leads_from_one_team_without_an_account_to_the_next(self, new: Force) -> None:
        one, two = (LPTFactory.create(force=new, name=name) for name in ("Ashby", "Marl"))
        told = task(new, ACCOUNTS)
        assert (told.words, told.link) == (
            "None yet for Ashby and Marl.",
            f"/social-accounts/add/?from=begin&team={one.pk}",
        )
        SocialAccountFactory.create(force=new, lpt=one)
        told = task(new, ACCOUNTS)
        assert (told.words, told.link) == (
            "None yet for Marl.",
            f"/social-accounts/add/?from=begin&team={two.pk}",
        )
        SocialAccountFactory.create(force=new, lpt=two)
        assert task(new, ACCOUNTS).is_done

    def test_counts_its_people_and_names_the_teams_without(self, new: Force) -> None:
        one, two = (LPTFactory.create(force=new, name=name) for name in ("Ashby", "Marl"))
        assert task(new, PEOPLE).words.startswith("Only you so far.")
        MembershipFactory.create(force=new, lpt=one, role=Role.OFFICER)
        told = task(new, PEOPLE)
        assert told.words.startswith("2 so far. Nobody writes yet for Marl.")
        assert not told.is_done
        MembershipFactory.create(force=new, lpt=two, role=Role.OFFICER)
        assert task(new, PEOPLE).is_done


class TestAForceThatLacksNothing:
    def test_is_told_so(self, scene: Scene) -> None:
        how_far = of(scene.force)
        assert how_far.is_complete
        assert (how_far.done, len(how_far.needed)) == (5, 5)

    def test_needs_two_who_approve(self, scene: Scene) -> None:
        scene.force.memberships.filter(role=Role.COMMS_APPROVER).order_by("pk")[0].delete()
        told = task(scene.force, ROUTES)
        assert not told.is_done
        assert "so nobody can on what" in told.words

    def test_looks_at_the_routes_of_single_teams_too(self, scene: Scene) -> None:
        scene.route(Step((Role.COMMS_APPROVER,), quorum=Quorum.COUNT, needed=3), lpt=scene.lpt)
        told = task(scene.force, ROUTES)
        assert not told.is_done
        assert told.words.startswith(f"{scene.lpt}: Too few people can decide here now")

    def test_lacks_credentials_where_the_publisher_needs_them(
        self, scene: Scene, settings: Settings
    ) -> None:
        needy = {"BACKEND": "tests.publishing.publishers.Connects", "OPTIONS": {"ledger": "x"}}
        settings.PUBLISHERS = {**settings.PUBLISHERS, "needy": needy}
        scene.account.publisher = "needy"
        scene.account.save()
        told = task(scene.force, CONNECTIONS)
        assert (told.words, told.is_done) == (f"Not connected yet: @{scene.account.handle}.", False)

    def test_has_no_need_of_closed_accounts_and_teams(self, scene: Scene) -> None:
        closed = LPTFactory.create(force=scene.force, closed_on=timezone.localdate())
        SocialAccountFactory.create(force=scene.force, lpt=closed, status=AccountStatus.CLOSED)
        assert of(scene.force).is_complete

    def test_may_say_when_communications_is_there(self, scene: Scene) -> None:
        told = task(scene.force, HOURS)
        assert (told.is_optional, told.is_done) == (True, False)
        assert told.words == "07:00 to 21:00 each day, unless you say otherwise."
        admin = scene.person(Role.COMMS_ADMIN)
        set_hours(scene.force, [DEFAULT_HOURS] * 7, actor=admin, now=timezone.now())
        assert OpeningHours.objects.count() == 7
        assert task(scene.force, HOURS).is_done

    def test_says_how_many_are_ready(self, scene: Scene) -> None:
        long_ago = timezone.localdate() - timedelta(days=60)
        Force.objects.update(guidance_version=1, guidance_since=long_ago)
        how_far = of(scene.force)
        assert (how_far.writers, how_far.ready) == (1, 0)
        trained(scene.person())
        how_far = of(scene.force)
        assert (how_far.writers, how_far.ready) == (2, 1)

    def test_costs_no_more_with_more_teams(
        self, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(8):
            team = LPTFactory.create(force=scene.force)
            SocialAccountFactory.create(force=scene.force, lpt=team)
            scene.person(lpt=team)
        with django_assert_max_num_queries(14):
            of(scene.force)


class TestWhoApproves:
    """A force comes with a route: it counts once somebody has said that it is right."""

    @pytest.fixture
    def unsaid(self) -> Scene:
        scene = Scene()
        scene.person()
        for _ in range(2):
            scene.person(Role.COMMS_APPROVER)
        return scene

    def test_is_to_check_at_first(self, unsaid: Scene) -> None:
        told = task(unsaid.force, ROUTES)
        assert (told.is_done, told.is_to_check) == (False, True)
        assert told.words == ("All teams: corporate communications. Say whether that is right.")
        assert of(unsaid.force).waits_for_a_check

    def test_is_done_with_the_first_route_that_somebody_makes(self, unsaid: Scene) -> None:
        supervisor = unsaid.person(Role.LPT_SUPERVISOR)
        routes = ApprovalRoute.objects.filter(force=unsaid.force)
        routes.create(force=unsaid.force, lpt=unsaid.lpt, made_by=supervisor).steps.create(
            number=1, roles=[Role.COMMS_APPROVER]
        )
        assert task(unsaid.force, ROUTES).is_done

    def test_is_to_do_where_nobody_could_decide(self, unsaid: Scene) -> None:
        unsaid.force.memberships.filter(role=Role.COMMS_APPROVER).delete()
        told = task(unsaid.force, ROUTES)
        assert (told.is_done, told.is_to_check) == (False, False)
        assert not of(unsaid.force).waits_for_a_check

    def test_is_confirmed_with_one_press(self, client: Client, unsaid: Scene) -> None:
        client.force_login(unsaid.person(Role.COMMS_ADMIN))
        assert "One thing to check: who approves" in Page.of(client.get("/desk/")).main
        assert "To check" in Page.of(client.get("/begin/")).main
        routes = Page.of(client.get("/routes/"))
        assert routes.root.one("a", class_="govuk-back-link").attrs["href"] == "/begin/"
        form = routes.root.one("form", action="/routes/ordinary/")
        seen = form.one("input", name="seen").attrs["value"]
        done = client.post("/routes/ordinary/", {"do": "confirm", "seen": seen}, follow=True)
        assert done.redirect_chain == [("/begin/", 302)]
        assert "Your force can tweet" in Page.of(done).main
        assert not Page.of(client.get("/routes/")).root.all("form", action="/routes/ordinary/")


class TestThePages:
    def test_show_every_step(self, client: Client, new: Force) -> None:
        admin = new.memberships.get().person
        client.force_login(admin)
        page = Page.of(client.get("/begin/"))
        assert "0 of 5 steps done" in page.root.text
        links = [link.attrs["href"] for link in page.root.all("a", class_="govuk-task-list__link")]
        assert links == [
            "/teams/add/?from=begin",
            "/routes/",
            "/accounts/duty/?from=begin#hours",
        ]
        assert page.root.text.count("Cannot start yet") == 3

    def test_lead_there_from_the_desk(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.COMMS_ADMIN))
        page = Page.of(client.get("/desk/"))
        assert "Who approves: All teams: corporate communications." in page.main
        assert page.root.one("a", href="/begin/").text == "Look at the list"
        LPTFactory.create(force=scene.force)
        page = Page.of(client.get("/desk/"))
        assert "Your force is not set up yet" in page.main
        assert page.root.one("a", href="/begin/").text == "Go on"

    def test_lead_back_there_from_a_step(self, client: Client, new: Force) -> None:
        client.force_login(new.memberships.get().person)
        typed = {"name": "Ashby", "seen": fingerprint(TeamDetails(""))}
        team = client.post("/teams/add/?from=begin", typed)
        assert team.headers["Location"] == "/begin/"
        lpt = new.lpts.get().pk
        typed = {"handle": "AshbyLPT", "platform": "x", "kind": "lpt", "publisher": "default"}
        account = client.post(
            f"/social-accounts/add/?from=begin&team={lpt}", typed | {"lpt": lpt, "seen": "new"}
        )
        assert account.headers["Location"] == "/begin/"

    def test_lead_back_there_before_anything_is_done(self, client: Client, new: Force) -> None:
        client.force_login(new.memberships.get().person)
        for address in (
            *("/teams/add/", "/social-accounts/add/", "/people/import/", "/people/add/"),
            *("/accounts/duty/", "/connections/"),
        ):
            there = Page.of(client.get(f"{address}?from=begin")).root
            assert there.one("a", class_="govuk-back-link").attrs["href"] == "/begin/"
            elsewhere = Page.of(client.get(address)).root.all("a", class_="govuk-back-link")
            assert "/begin/" not in [link.attrs["href"] for link in elsewhere]

    def test_lead_from_one_person_to_the_next(self, client: Client, new: Force) -> None:
        client.force_login(new.memberships.get().person)
        page = Page.of(client.get("/people/import/?from=begin"))
        assert page.root.one("a", href="/people/add/?from=begin").text == "Add one person"
        typed = {
            "full_name": "Nell Newcome", "email": "nell@force.example.org",
            "mobile": "07700 900555", "role": "comms_approver", "since": "2026-11-01",
        }  # fmt: skip
        there = client.post("/people/add/?from=begin", typed, follow=True)
        page = Page.of(there)
        assert page.h1 == "Nell Newcome"
        assert page.root.one("a", class_="govuk-back-link").attrs["href"] == "/begin/"
        assert page.root.one("a", href="/people/add/?from=begin").text == "Add another person"

    def test_tell_which_way_each_team_goes(self, scene: Scene) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)), lpt=scene.lpt)
        assert task(scene.force, ROUTES).words == (
            f"{scene.lpt}: a supervisor of the team, then corporate communications."
            " All other teams: corporate communications."
        )

    @pytest.mark.usefixtures("ledger")
    def test_leave_a_force_alone_whose_first_tweet_is_out(
        self, client: Client, scene: Scene
    ) -> None:
        delivery = stage.approved(scene)
        dispatch_due(now=database_now())
        assert stage.state_of(delivery) == State.PUBLISHED
        LPTFactory.create(force=scene.force)
        client.force_login(scene.person(Role.COMMS_ADMIN))
        assert not Page.of(client.get("/desk/")).root.all("a", href="/begin/")
        assert not Page.of(client.get("/routes/")).root.all("a", href="/begin/")

    def test_do_not_say_that_it_can_tweet_while_nobody_is_ready(
        self, client: Client, scene: Scene
    ) -> None:
        long_ago = timezone.localdate() - timedelta(days=60)
        Force.objects.update(guidance_version=1, guidance_since=long_ago)
        client.force_login(scene.person(Role.COMMS_ADMIN))
        for address in ("/desk/", "/begin/"):
            page = Page.of(client.get(address)).main
            assert "Your force can tweet once its people are ready" in page
            assert "0 of 1 who write are ready." in page
        trained(scene.force.memberships.get(role=Role.OFFICER).person)
        page = Page.of(client.get("/desk/")).main
        assert "Your force can tweet Y" in page
        assert "who write" not in page
