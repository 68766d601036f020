"""Placing and releasing: one row each, by those who may."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from incidents.models import Hold, HoldKind
from incidents.services import AlreadyReleased, Scope, context_of, place, release
from policy.services import generation
from tests.factories import ForceFactory, MembershipFactory, Scene, UserFactory, again
from tests.races import at_once

pytestmark = pytest.mark.django_db

COMMS = {Role.COMMS_APPROVER, Role.COMMS_DUTY, Role.COMMS_ADMIN}


def held(scene: Scene, scope: Scope | None = None, kind: HoldKind = HoldKind.HOLD) -> Hold:
    return place(
        kind=kind,
        scope=scope or scene.force,
        reason="Wait for the briefing.",
        actor=scene.person(Role.COMMS_DUTY),
        now=timezone.now(),
    )


class TestWhoMayPlace:
    @pytest.mark.parametrize("kind", HoldKind)
    @pytest.mark.parametrize("role", Role)
    def test_depends_on_role_and_scope(self, role: Role, kind: HoldKind) -> None:
        scene, elsewhere = Scene(), Scene()
        other = scene.other_account()
        assert other.lpt
        person, commands = scene.person(role), role == Role.LPT_COMMANDER
        matrix: list[tuple[Scope, bool]] = [
            (scene.force, role in COMMS),
            (scene.lpt, role in COMMS or commands),
            (scene.account, role in COMMS or commands),
            (other.lpt, role in COMMS),
            (other, role in COMMS),
            (elsewhere.force, False),
            (elsewhere.lpt, False),
            (elsewhere.account, False),
        ]
        for scope, may in matrix:
            assert person.has_perm("incidents.place", scope) == may, scope
            if may:
                hold = place(
                    kind=kind, scope=scope, reason="Wait.", actor=person, now=timezone.now()
                )
                assert hold.scope == scope
            else:
                with pytest.raises(PermissionDenied):
                    place(kind=kind, scope=scope, reason="x", actor=person, now=timezone.now())

    @pytest.mark.parametrize("role", Role)
    def test_depends_on_the_role_for_the_page(self, role: Role) -> None:
        person = Scene().person(role)
        places = COMMS | {Role.LPT_COMMANDER}
        assert person.has_perm("incidents.place") == (role in places)
        assert person.has_perm("incidents.read") == (role in places | {Role.LPT_SUPERVISOR})

    def test_is_no_central_officer_for_an_account_without_a_team(self) -> None:
        scene = Scene()
        account = SocialAccount.objects.create(force=scene.force, handle="Roads", kind="central")
        assert not scene.central_officer().has_perm("incidents.place", account)


class TestWhoMayRelease:
    @pytest.mark.parametrize("kind", HoldKind)
    @pytest.mark.parametrize("role", Role)
    def test_depends_on_the_role(self, role: Role, kind: HoldKind) -> None:
        scene = Scene()
        person, hold = scene.person(role), held(scene, scene.lpt, kind)
        may = role in {Role.COMMS_DUTY, Role.COMMS_ADMIN}
        assert person.has_perm("incidents.release") == may
        if may:
            release(hold, actor=person, now=timezone.now())
        else:
            with pytest.raises(PermissionDenied):
                release(hold, actor=person, now=timezone.now())
        assert Hold.objects.open().filter(pk=hold.pk).exists() != may

    def test_is_nobody_of_another_force(self) -> None:
        scene, elsewhere = Scene(), Scene()
        for scope in (scene.force, scene.lpt, scene.account):
            hold = held(scene, scope)
            with pytest.raises(PermissionDenied):
                release(hold, actor=elsewhere.person(Role.COMMS_ADMIN), now=timezone.now())


class TestPlacing:
    def test_writes_one_row_and_one_line_of_the_trail(self) -> None:
        scene = Scene()
        hold = held(scene, scene.lpt)
        assert Hold.objects.get() == hold
        row = Record.objects.about(hold).get()
        assert (row.verb, row.data) == (Verb.HOLD_PLACED, {"scope": scene.lpt.name})
        assert str(hold) == f"Hold for {scene.lpt}"

    def test_takes_the_locks_that_the_dispatcher_reads(self) -> None:
        scene = Scene()
        scopes: list[Scope] = [scene.force, scene.lpt, scene.account]
        for scope in scopes:
            held(scene, scope)
        for scope in scopes:
            scope.refresh_from_db()
            assert scope.lock == 1

    def test_of_a_critical_incident_counts_as_a_change_of_the_rules(self) -> None:
        scene = Scene()
        before = generation()
        held(scene)
        assert generation() == before
        incident = held(scene, kind=HoldKind.CRITICAL_INCIDENT)
        assert generation() == before + 1
        release(incident, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert generation() == before + 2
        assert incident.is_critical
        verbs = [row.verb for row in Record.objects.about(incident)]
        assert verbs == [Verb.INCIDENT_DECLARED, Verb.INCIDENT_STOOD_DOWN]

    @pytest.mark.parametrize(
        "fields",
        ["", "force lpt", "lpt account", "force lpt account"],
    )
    def test_needs_exactly_one_scope(self, fields: str) -> None:
        scene = Scene()
        scopes = {"force": scene.force, "lpt": scene.lpt, "account": scene.account}
        with pytest.raises(DatabaseError, match="hold_has_one_scope"), transaction.atomic():
            Hold.objects.create(
                kind=HoldKind.HOLD,
                reason="x",
                placed_by=UserFactory.create(),
                placed_at=timezone.now(),
                **{name: scopes[name] for name in fields.split()},
            )


class TestReleasing:
    def test_signs_the_row_and_goes_into_the_trail(self) -> None:
        scene, now = Scene(), timezone.now()
        hold, admin = held(scene), scene.person(Role.COMMS_ADMIN)
        release(hold, actor=admin, now=now)
        hold.refresh_from_db()
        assert (hold.released_by, hold.released_at) == (admin, now)
        assert Record.objects.about(hold).filter(verb=Verb.HOLD_RELEASED).exists()

    def test_twice_is_refused(self) -> None:
        scene = Scene()
        hold, duty = held(scene), scene.person(Role.COMMS_DUTY)
        release(hold, actor=duty, now=timezone.now())
        with pytest.raises(AlreadyReleased):
            release(hold, actor=duty, now=timezone.now())
        assert Record.objects.filter(verb=Verb.HOLD_RELEASED).count() == 1

    def test_leaves_the_others_on(self) -> None:
        scene = Scene()
        force, team, account = held(scene), held(scene, scene.lpt), held(scene, scene.account)
        release(team, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert set(Hold.objects.open().covering(scene.account)) == {force, account}

    def test_is_never_without_a_name(self) -> None:
        scene = Scene()
        held(scene)
        with pytest.raises(DatabaseError, match="hold_release_is_signed"), transaction.atomic():
            Hold.objects.update(released_at=timezone.now())

    @pytest.mark.usefixtures("postgres")
    def test_by_two_at_once_is_done_by_one(self) -> None:
        scene = Scene()
        hold = held(scene)

        def press(person: User) -> str:
            try:
                mine = Hold.objects.select_related("force").get(pk=hold.pk)
                release(mine, actor=person, now=timezone.now())
            except AlreadyReleased:
                return "too late"
            return "released"

        people = [scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_ADMIN)]
        results = at_once(*(partial(press, person) for person in people))
        assert sorted(results) == ["released", "too late"]


class TestWhatAHoldCovers:
    def test_is_its_scope_with_everything_in_it(self) -> None:
        scene, elsewhere = Scene(), Scene()
        sibling = SocialAccount.objects.create(
            force=scene.force, lpt=scene.lpt, handle="Sibling", kind="officer"
        )
        central = SocialAccount.objects.create(force=scene.force, handle="Roads", kind="central")
        other = scene.other_account()
        accounts = [scene.account, sibling, other, central, elsewhere.account]

        def covered() -> list[SocialAccount]:
            return [a for a in accounts if Hold.objects.open().covering(a).exists()]

        duty = scene.person(Role.COMMS_DUTY)
        scopes: list[tuple[Scope, list[SocialAccount]]] = [
            (scene.account, [scene.account]),
            (scene.lpt, [scene.account, sibling]),
            (scene.force, [scene.account, sibling, other, central]),
        ]
        for scope, expected in scopes:
            hold = held(scene, scope)
            assert covered() == expected
            release(hold, actor=duty, now=timezone.now())
        assert covered() == []

    def test_is_listed_newest_first_for_its_force(self) -> None:
        scene, elsewhere = Scene(), Scene()
        holds = [held(scene, scope) for scope in (scene.force, scene.lpt, scene.account)]
        held(elsewhere)
        assert list(Hold.objects.in_force(scene.force.pk)) == holds[::-1]


class TestTheContextOfTheRulebook:
    def test_names_the_incidents_that_cover_the_account(self) -> None:
        scene, now = Scene(), timezone.now()
        held(scene)
        held(Scene(), kind=HoldKind.CRITICAL_INCIDENT)
        assert context_of(scene.account, now=now).incidents == ()
        for scope in (scene.force, scene.lpt, scene.account):
            held(scene, scope, HoldKind.CRITICAL_INCIDENT)
        context = context_of(scene.account, now=now)
        names = {incident.scope for incident in context.incidents}
        assert names == {str(scene.force), str(scene.lpt), str(scene.account)}
        assert context.now == now


class TestAPersonOfTwoForces:
    def test_places_and_releases_in_each_by_the_role_there(self) -> None:
        scene, other = Scene(), ForceFactory.create()
        person = scene.person(Role.COMMS_APPROVER)
        MembershipFactory.create(person=person, force=other, role=Role.COMMS_DUTY)
        person = again(person)
        here = place(
            kind=HoldKind.HOLD, scope=scene.force, reason="x", actor=person, now=timezone.now()
        )
        there = place(kind=HoldKind.HOLD, scope=other, reason="x", actor=person, now=timezone.now())
        release(there, actor=person, now=timezone.now())
        with pytest.raises(PermissionDenied):
            release(here, actor=person, now=timezone.now())
