"""Versions of the rulebook: prepared by one policy owner, put in force by another."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Force, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from drafts.services import check_text
from notices.models import Notice
from policy.checks import versions_fit
from policy.core import PackError, Platform, Severity
from policy.models import PackVersion, Trial
from policy.services import (
    VersionRefused,
    activate,
    active_version,
    add_entry,
    carry_over,
    compared,
    decline,
    drop_changes,
    generation,
    list_history,
    pack_for,
    preparing,
    propose,
    put_back,
    remove_entry,
    set_numbers,
    set_rule,
    version_pack,
    working_pack,
)
from policy.workflow import MOVES, Move, StaleVersion, State
from tests.factories import Scene
from tests.policy.owners import owner, prepared, proposed, put_in_force, tried
from tests.publishing.fixtures import postgres
from tests.races import at_once

__all__ = ["postgres"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def helen(scene: Scene) -> User:
    return owner(scene, full_name="Helen Voss")


@pytest.fixture
def sam(scene: Scene) -> User:
    return owner(scene, full_name="Sam Pettifer")


def weight(scene: Scene) -> Severity:
    return pack_for(scene.force).rules["hashtags-max"].severity


class TestThePackInForce:
    def test_is_the_file_s_until_a_version_is_activated(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        version = prepared(scene.force, helen)
        assert (weight(scene), pack_for(scene.force).version) == (Severity.BLOCK, 1)
        propose(version, actor=helen, reason="Try.", seen=version.edits, now=timezone.now())
        assert (weight(scene), pack_for(scene.force).version) == (Severity.BLOCK, 1)
        put_in_force(version, sam)
        assert (weight(scene), pack_for(scene.force).version) == (Severity.ADVISE, 2)

    def test_is_named_in_every_check(self, scene: Scene, helen: User, sam: User) -> None:
        put_in_force(proposed(scene.force, helen), sam)
        text = "Come along #One #Two #Three #Four"
        checked = check_text(text, account=scene.account, category="meeting", now=timezone.now())
        report = checked.report
        assert (report.pack, report.pack_version) == ("neutral", 2)
        (finding,) = (f for f in report.findings if f.rule == "hashtags-max")
        assert (finding.severity, finding.pack_version) == (Severity.ADVISE, 2)

    def test_of_one_force_is_not_that_of_another(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        other = Scene()
        put_in_force(proposed(scene.force, helen), sam)
        assert (weight(scene), weight(other)) == (Severity.ADVISE, Severity.BLOCK)

    def test_allows_the_force_s_own_site_still(self, scene: Scene, helen: User, sam: User) -> None:
        before = pack_for(scene.force).allowed_domains
        put_in_force(proposed(scene.force, helen), sam)
        assert pack_for(scene.force).allowed_domains == before

    def test_costs_one_query_once_it_is_known(
        self, scene: Scene, helen: User, sam: User, django_assert_num_queries: object
    ) -> None:
        put_in_force(proposed(scene.force, helen), sam)
        pack_for(scene.force)
        with django_assert_num_queries(1):  # type: ignore[operator]
            pack_for(scene.force)

    def test_outlives_a_rule_that_a_release_renamed(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        version = put_in_force(proposed(scene.force, helen), sam)
        version.changes = {**version.changes, "rules": {
            **version.changes["rules"], "old-name": {"severity": "off"}}}  # fmt: skip
        assert version_pack(scene.force, version).rules["hashtags-max"].severity is Severity.ADVISE


class TestActivating:
    def test_counts_the_generation_up_and_tells_the_owners(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        version = proposed(scene.force, helen, reason="Fewer stops.")
        told = Notice.objects.for_person(sam.pk).get()
        assert "Helen Voss proposes version 2 of the rulebook: Fewer stops." in told.text
        assert (told.link, told.urgent) == (f"/policy/versions/{version.pk}/", True)
        before = generation()
        put_in_force(version, sam)
        assert generation() == before + 1
        version.refresh_from_db()
        assert (version.state, version.activated_by) == (State.ACTIVE, sam)
        assert "has put version 2 of the rulebook in force" in str(
            Notice.objects.for_person(helen.pk).get()
        )
        assert not Notice.objects.for_person(sam.pk).unread().exists()

    def test_stands_in_the_trail(self, scene: Scene, helen: User, sam: User) -> None:
        version = put_in_force(proposed(scene.force, helen), sam)
        verbs = list(Record.objects.about(version).values_list("verb", "actor_name"))
        assert verbs == [
            (Verb.VERSION_PROPOSED, "Helen Voss"),
            (Verb.VERSION_TRIED, "Sam Pettifer"),
            (Verb.VERSION_ACTIVATED, "Sam Pettifer"),
        ]
        assert Record.objects.about(version).last().data["hash"] == version.content_hash  # type: ignore[union-attr]

    def test_of_one_s_own_is_refused(self, scene: Scene, helen: User) -> None:
        version = tried(proposed(scene.force, helen), helen)
        with pytest.raises(PermissionDenied):
            activate(version, actor=helen, seen=version.content_hash, now=timezone.now())
        assert active_version(scene.force) is None

    @pytest.mark.parametrize("role", [r for r in Role if r != Role.POLICY_OWNER])
    def test_is_for_policy_owners(self, scene: Scene, helen: User, role: Role) -> None:
        version = tried(proposed(scene.force, helen), helen)
        with pytest.raises(PermissionDenied):
            activate(
                version, actor=scene.person(role), seen=version.content_hash, now=timezone.now()
            )

    def test_is_for_those_of_the_same_force(self, scene: Scene, helen: User) -> None:
        version = tried(proposed(scene.force, helen), helen)
        stranger = owner(Scene())
        for act in (
            partial(activate, version, actor=stranger, seen=version.content_hash),
            partial(decline, version, actor=stranger),
            partial(carry_over, version, actor=stranger),
            partial(put_back, scene.force, 1, actor=stranger),
        ):
            with pytest.raises(PermissionDenied):
                act(now=timezone.now())

    def test_without_a_trial_is_refused(self, scene: Scene, helen: User, sam: User) -> None:
        version = proposed(scene.force, helen)
        with pytest.raises(VersionRefused, match="Try this version on recent drafts first"):
            activate(version, actor=sam, seen=version.content_hash, now=timezone.now())

    def test_with_a_trial_of_other_changes_is_refused(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        tried(prepared(scene.force, helen), helen)
        version = proposed(scene.force, helen, max=7)
        with pytest.raises(VersionRefused, match="Try this version"):
            activate(version, actor=sam, seen=version.content_hash, now=timezone.now())

    def test_of_what_the_page_did_not_show_is_refused(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        version = tried(proposed(scene.force, helen), sam)
        before = generation()
        with pytest.raises(StaleVersion):
            activate(version, actor=sam, seen="0" * 64, now=timezone.now())
        assert (generation(), active_version(scene.force)) == (before, None)

    def test_twice_is_refused(self, scene: Scene, helen: User, sam: User) -> None:
        version = put_in_force(proposed(scene.force, helen), sam)
        with pytest.raises(StaleVersion):
            activate(version, actor=sam, seen=version.content_hash, now=timezone.now())

    def test_after_a_release_asks_for_another_trial(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        version = tried(proposed(scene.force, helen), sam)
        Force.objects.update(policy_pack="staffordshire")
        version.force.refresh_from_db()
        with pytest.raises(VersionRefused, match="The rulebook itself was updated"):
            activate(version, actor=sam, seen=version.content_hash, now=timezone.now())

    def test_of_what_no_longer_fits_is_refused(self, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        changes = {**version.changes, "limits": {"myspace": 5}}
        PackVersion.objects.filter(pk=version.pk).update(changes=changes)
        version.refresh_from_db()
        with pytest.raises(VersionRefused, match="This version no longer fits: There is no"):
            propose(version, actor=helen, reason="Try.", seen=1, now=timezone.now())

    def test_after_another_came_into_force_is_refused(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        mine = tried(proposed(scene.force, helen, max=5), sam)
        theirs = proposed(scene.force, sam, max=6)
        put_in_force(theirs, helen)
        with pytest.raises(VersionRefused, match="Version 3 came into force after this one"):
            activate(mine, actor=sam, seen=mine.content_hash, now=timezone.now())

    def test_retires_the_one_before(self, scene: Scene, helen: User, sam: User) -> None:
        first = put_in_force(proposed(scene.force, helen, max=5), sam)
        second = put_in_force(proposed(scene.force, sam, max=6), helen)
        first.refresh_from_db()
        assert (first.state, first.ended_by) == (State.RETIRED, helen)
        assert active_version(scene.force) == second
        assert (second.number, second.based_on) == (3, first)


@pytest.mark.usefixtures("postgres")
class TestTwoAtOnce:
    def test_put_one_version_in_force(self) -> None:
        scene = Scene()
        one, two = owner(scene), owner(scene)
        third = owner(scene)
        versions = [
            tried(proposed(scene.force, one), third),
            tried(proposed(scene.force, two), third),
        ]

        def press(version: PackVersion) -> bool:
            try:
                activate(version, actor=third, seen=version.content_hash, now=timezone.now())
            except (VersionRefused, StaleVersion):
                return False
            return True

        results = at_once(*[partial(press, version) for version in versions])
        assert PackVersion.objects.in_force().count() == 1
        assert sorted(results) == [False, True]


@pytest.mark.usefixtures("postgres")
class TestTwoProposalsAtOnce:
    def test_have_two_numbers_or_one_is_told_to_look_again(self) -> None:
        scene = Scene()
        versions = [prepared(scene.force, owner(scene), max=most) for most in (5, 6)]

        def press(version: PackVersion) -> bool:
            try:
                propose(version, actor=version.author, reason="Try.", seen=1, now=timezone.now())
            except StaleVersion:
                return False
            return True

        results = at_once(*[partial(press, version) for version in versions])
        numbers = list(PackVersion.objects.numbered().values_list("number", flat=True))
        assert numbers in ([3, 2], [2])
        assert sum(results) == len(numbers)


class TestAVersionThatARelease:
    """What `manage.py check --database default` says after a release."""

    def test_left_as_it_was_is_fine(self, scene: Scene, helen: User, sam: User) -> None:
        put_in_force(proposed(scene.force, helen), sam)
        assert versions_fit(databases=["default"]) == []
        assert versions_fit() == []

    @pytest.mark.parametrize(
        "rules",
        [
            {"old-name": {"severity": "off"}},
            {"hashtags-max": {"params": {"max": "three"}}},
            {"hashtags-max": {"severity": "heavy"}},
        ],
    )
    def test_left_behind_is_found_and_does_what_it_still_can(
        self, scene: Scene, helen: User, sam: User, rules: dict[str, Any]
    ) -> None:
        PackVersion.objects.create(
            force=scene.force,
            author=helen,
            number=2,
            state=State.ACTIVE,
            changes={"rules": rules, "limits": {"x": 140}},
            reason="Long ago.",
            created_at=timezone.now(),
            proposed_at=timezone.now(),
            activated_at=timezone.now(),
            activated_by=sam,
        )
        (found,) = versions_fit(databases=["default"])
        assert found.id == "policy.W001"
        assert pack_for(scene.force).limits[Platform.X] == 140
        assert weight(scene) is Severity.BLOCK
        assert f"Version 2 of the rulebook of {scene.force}" in found.msg


class TestProposing:
    def test_numbers_on_from_the_file_and_the_last(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        assert proposed(scene.force, helen).number == 2
        assert proposed(scene.force, sam, max=9).number == 3

    def test_of_nothing_is_refused(self, scene: Scene, helen: User) -> None:
        prepared(scene.force, helen)
        version = prepared(scene.force, helen, severity=Severity.BLOCK)
        assert version.changes == {}
        with pytest.raises(VersionRefused, match="Nothing is changed yet"):
            propose(version, actor=helen, reason="Why?", seen=2, now=timezone.now())

    def test_of_another_s_is_refused(self, scene: Scene, helen: User, sam: User) -> None:
        version = prepared(scene.force, helen)
        with pytest.raises(PermissionDenied):
            propose(version, actor=sam, reason="Mine.", seen=1, now=timezone.now())

    def test_of_what_another_tab_changed_is_refused(self, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        prepared(scene.force, helen, max=8)
        with pytest.raises(StaleVersion):
            propose(version, actor=helen, reason="Old.", seen=1, now=timezone.now())

    def test_leaves_room_for_the_next(self, scene: Scene, helen: User) -> None:
        proposed(scene.force, helen)
        assert preparing(scene.force, helen) is None
        assert prepared(scene.force, helen, max=9).state == State.DRAFT

    def test_after_another_came_into_force_asks_to_carry_over(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        mine = prepared(scene.force, helen, max=5)
        put_in_force(proposed(scene.force, sam, rule="duty-times", phrases=("(?i)tea",)), helen)
        with pytest.raises(VersionRefused, match="Carry the changes over"):
            propose(mine, actor=helen, reason="Mine.", seen=mine.edits, now=timezone.now())
        carried = carry_over(mine, actor=helen, now=timezone.now())
        assert carried.pk == mine.pk
        propose(carried, actor=helen, reason="Mine.", seen=carried.edits, now=timezone.now())
        pack = version_pack(scene.force, carried)
        assert pack.rules["hashtags-max"].params["max"] == 5
        assert pack.rules["duty-times"].params["phrases"] == ("(?i)tea",)
        assert [d.rule for d in compared(carried)] == ["hashtags-max"] * 2


class TestDeclining:
    def test_ends_it_and_tells_its_author(self, scene: Scene, helen: User, sam: User) -> None:
        version = proposed(scene.force, helen)
        decline(version, actor=sam, now=timezone.now())
        assert (version.state, version.activated_at) == (State.RETIRED, None)
        assert "Sam Pettifer has declined version 2" in str(
            Notice.objects.for_person(helen.pk).get()
        )
        with pytest.raises(StaleVersion):
            activate(tried(version, sam), actor=sam, seen=version.content_hash, now=timezone.now())

    def test_of_one_s_own_takes_it_back(self, scene: Scene, helen: User) -> None:
        version = proposed(scene.force, helen)
        decline(version, actor=helen, now=timezone.now())
        assert not Notice.objects.for_person(helen.pk).exists()
        again = carry_over(version, actor=helen, now=timezone.now())
        assert (again.state, again.changes) == (State.DRAFT, version.changes)

    def test_does_not_push_other_preparations_aside(self, scene: Scene, helen: User) -> None:
        version = proposed(scene.force, helen)
        decline(version, actor=helen, now=timezone.now())
        prepared(scene.force, helen, max=9)
        with pytest.raises(VersionRefused, match="You are preparing other changes"):
            carry_over(version, actor=helen, now=timezone.now())


class TestPuttingBack:
    def test_proposes_the_older_one_as_a_new_one(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        first = put_in_force(proposed(scene.force, helen, max=5), sam)
        put_in_force(proposed(scene.force, helen, max=6), sam)
        back = put_back(scene.force, 2, actor=helen, now=timezone.now())
        assert (back.number, back.state, back.changes) == (4, State.PROPOSED, first.changes)
        with pytest.raises(PermissionDenied):
            activate(tried(back, helen), actor=helen, seen=back.content_hash, now=timezone.now())
        put_in_force(back, sam)
        assert pack_for(scene.force).rules["hashtags-max"].params["max"] == 5
        assert pack_for(scene.force).version == 4

    def test_leads_back_to_the_file(self, scene: Scene, helen: User, sam: User) -> None:
        put_in_force(proposed(scene.force, helen), sam)
        put_in_force(put_back(scene.force, 1, actor=helen, now=timezone.now()), sam)
        assert (weight(scene), pack_for(scene.force).version) == (Severity.BLOCK, 3)

    def test_of_what_is_in_force_or_never_was_is_refused(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        with pytest.raises(VersionRefused, match="Version 1 says the same already"):
            put_back(scene.force, 1, actor=helen, now=timezone.now())
        with pytest.raises(VersionRefused, match="There is no such version"):
            put_back(scene.force, 99, actor=helen, now=timezone.now())


class TestPreparing:
    def test_is_each_owner_s_own(self, scene: Scene, helen: User, sam: User) -> None:
        prepared(scene.force, helen, max=5)
        prepared(scene.force, sam, max=6)
        for person, most in ((helen, 5), (sam, 6)):
            assert working_pack(scene.force, person).rules["hashtags-max"].params["max"] == most

    def test_from_a_stale_page_is_refused_and_loses_nothing(
        self, scene: Scene, helen: User
    ) -> None:
        first = prepared(scene.force, helen, max=5)
        for seen in (0, 2, -1):
            with pytest.raises(StaleVersion):
                add_entry(
                    scene.force, "places", "Saltmere", actor=helen, seen=seen, now=timezone.now()
                )
        first.refresh_from_db()
        assert first.edits == 1

    def test_is_for_policy_owners(self, scene: Scene) -> None:
        with pytest.raises(PermissionDenied):
            prepared(scene.force, scene.person(Role.COMMS_ADMIN))
        with pytest.raises(PermissionDenied):
            prepared(scene.force, owner(Scene()))

    def test_refuses_what_no_file_could_hold_and_begins_nothing(
        self, scene: Scene, helen: User
    ) -> None:
        with pytest.raises(PackError, match="does not work"):
            prepared(scene.force, helen, rule="duty-times", phrases=("(",))
        assert preparing(scene.force, helen) is None

    def test_of_entries_is_read_back(self, scene: Scene, helen: User) -> None:
        force, now = scene.force, timezone.now()
        assert add_entry(force, "places", " Saltmere Quay ", actor=helen, seen=0, now=now) == (
            "Saltmere Quay"
        )
        remove_entry(force, "allowed_domains", "metoffice.gov.uk", actor=helen, seen=1, now=now)
        pack = working_pack(force, helen)
        assert "Saltmere Quay" in pack.lists["places"]
        assert "metoffice.gov.uk" not in pack.allowed_domains
        # Taking each back leaves nothing changed.
        remove_entry(force, "places", "Saltmere Quay", actor=helen, seen=2, now=now)
        add_entry(force, "allowed_domains", "metoffice.gov.uk", actor=helen, seen=3, now=now)
        own = preparing(force, helen)
        assert own is not None
        assert own.changes == {}
        with pytest.raises(PackError, match="not in the list any more"):
            remove_entry(force, "places", "Saltmere Quay", actor=helen, seen=4, now=now)

    def test_of_numbers_is_read_back(self, scene: Scene, helen: User) -> None:
        reporting = {"non_emergency": "101", "emergency": "999", "page": "https://x.example.org/"}
        set_numbers(
            scene.force,
            limits={"x": 140, "mastodon": 500, "bluesky": 300},
            reporting=reporting,
            silence={"team": 14, "comms": 28, "closing": 42},
            actor=helen,
            seen=0,
            now=timezone.now(),
        )
        own = preparing(scene.force, helen)
        assert own is not None
        assert own.changes == {
            "limits": {"x": 140},
            "reporting": {"page": "https://x.example.org/"},
            "silence": {"closing": 42},
        }
        assert [(each.title, each.was, each.now) for each in compared(own)][-1] == (
            "Days without a tweet until closing is proposed",
            "56",
            "42",
        )

    def test_can_be_dropped(self, scene: Scene, helen: User, sam: User) -> None:
        version = prepared(scene.force, helen)
        with pytest.raises(PermissionDenied):
            drop_changes(version, actor=sam, seen=1)
        with pytest.raises(StaleVersion):
            drop_changes(version, actor=helen, seen=7)
        drop_changes(version, actor=helen, seen=1)
        assert compared(version) == ()

    def test_at_once_in_two_tabs_begins_one(self, scene: Scene, helen: User) -> None:
        set_rule(
            scene.force, "hashtags-max", severity=Severity.OFF, params={"max": 3},
            actor=helen, seen=0, now=timezone.now(),
        )  # fmt: skip
        with pytest.raises(StaleVersion):
            set_rule(
                scene.force, "hashtags-max", severity=Severity.OFF, params={"max": 4},
                actor=helen, seen=0, now=timezone.now(),
            )  # fmt: skip


class TestTheHistoryOfAList:
    def test_tells_who_added_what_in_which_version(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        now = timezone.now()
        for seen, place in enumerate(("Saltmere", "Kingsmarl")):
            add_entry(scene.force, "places", place, actor=helen, seen=seen, now=now)
        own = preparing(scene.force, helen)
        assert own is not None
        first = put_in_force(propose(own, actor=helen, reason="Places.", seen=2, now=now), sam)
        remove_entry(scene.force, "places", "Saltmere", actor=sam, seen=0, now=now)
        own = preparing(scene.force, sam)
        assert own is not None
        second = put_in_force(propose(own, actor=sam, reason="Fewer.", seen=1, now=now), helen)
        told = [
            (event.entry, event.is_added, event.version, event.author)
            for event in list_history(scene.force, "places")
        ]
        assert told == [
            ("Saltmere", False, second, sam),
            ("Saltmere", True, first, helen),
            ("Kingsmarl", True, first, helen),
        ]
        assert list_history(scene.force, "jargon") == []


class TestTheDatabase:
    def test_keeps_a_proposed_version_as_it_is(self, scene: Scene, helen: User) -> None:
        version = proposed(scene.force, helen)
        row = PackVersion.objects.filter(pk=version.pk)
        tampering: list[dict[str, Any]] = [
            {"changes": {}},
            {"number": 9},
            {"reason": "Another."},
            {"content_hash": "0" * 64},
            {"author": owner(scene)},
        ]
        for changes in tampering:
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                row.update(**changes)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            connection.cursor().execute("DELETE FROM policy_packversion")

    def test_refuses_one_s_own_activation(self, scene: Scene, helen: User) -> None:
        version = proposed(scene.force, helen)
        with (
            pytest.raises(DatabaseError, match="nobody_activates_their_own_version"),
            transaction.atomic(),
        ):
            PackVersion.objects.filter(pk=version.pk).update(
                state=State.ACTIVE, activated_by=helen, activated_at=timezone.now()
            )

    def test_refuses_two_versions_in_force(self, scene: Scene, helen: User, sam: User) -> None:
        put_in_force(proposed(scene.force, helen), sam)
        other = proposed(scene.force, helen, max=9)
        with pytest.raises(DatabaseError, match="one_version_in_force"), transaction.atomic():
            PackVersion.objects.filter(pk=other.pk).update(
                state=State.ACTIVE, activated_by=sam, activated_at=timezone.now()
            )

    def test_keeps_trials(self, scene: Scene, helen: User) -> None:
        tried(proposed(scene.force, helen), helen)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Trial.objects.update(looked_at=1)

    def test_refuses_every_move_outside_the_table(
        self, scene: Scene, helen: User, sam: User
    ) -> None:
        assert set(MOVES) == set(Move)
        retired = proposed(scene.force, helen)
        decline(retired, actor=helen, now=timezone.now())
        in_force = put_in_force(proposed(scene.force, helen), sam)
        waiting = proposed(scene.force, helen, max=9)
        preparation = prepared(scene.force, helen, max=8)
        for version in (retired, in_force, waiting, preparation):
            version.refresh_from_db()
            for move, transition_ in MOVES.items():
                if version.state not in transition_.sources:
                    with pytest.raises(StaleVersion):
                        PackVersion.objects.filter(pk=version.pk).move(move)
