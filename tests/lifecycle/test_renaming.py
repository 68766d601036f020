"""An account that gets another name: what was approved for it stays what was approved."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.models import Platform, SocialAccount, User
from accounts.roles import Role
from drafts.models import Draft, Revision
from lifecycle.models import ChecklistStep, Handover, Plan, Why
from lifecycle.services import Parting, begin_handover, take_over_drafts, tick
from publishing.clock import database_now
from publishing.models import Delivery, TakeDown
from publishing.models.taken_down import Reason
from publishing.publishers import publishers
from publishing.services import ask, dispatch_due
from publishing.services.taking_down import carry_out
from publishing.workflow import State
from tests.factories import Scene, again, approve_it, approved, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db
NEW = "NewNameMP"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def leaver(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def heir(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def handover(scene: Scene, leaver: User, heir: User) -> Handover:
    parting = Parting(
        why=Why.MOVING, plan=Plan.SUCCESSOR, last_day=timezone.localdate(), person=leaver,
        successor=heir, new_handle=NEW,
    )  # fmt: skip
    return begin_handover(scene.account, parting, actor=leaver, now=database_now())


def rename(handover: Handover, scene: Scene) -> None:
    step = ChecklistStep.objects.with_process().get(handover=handover, key="profile")
    tick(step, actor=scene.person(Role.COMMS_ADMIN), now=database_now())
    scene.account.refresh_from_db()
    assert scene.account.handle == NEW


def gone_out(draft: Draft) -> Delivery:
    """Its delivery after everything that was due was sent."""
    past = database_now() - timedelta(seconds=1)
    Delivery.objects.filter(draft=draft).update(due_at=past, next_at=past)
    dispatch_due(now=database_now())
    return Delivery.objects.with_people().get(draft=draft)


def proved(delivery: Delivery) -> bool:
    """Whether the text that was approved still has the hash that was approved."""
    revision = Revision.objects.select_related("account").get(pk=delivery.revision_id)
    return revision.content().digest(revision.hash_version) == delivery.approved_hash


class TestWhatIsOnItsWay:
    def test_goes_out_on_the_same_account_when_it_was_approved_before(
        self, scene: Scene, handover: Handover, heir: User, approver: User
    ) -> None:
        draft = approved(scene, author=heir, by=approver)
        rename(handover, scene)
        delivery = gone_out(draft)
        assert (delivery.state, delivery.last_error) == (State.PUBLISHED, "")
        assert proved(delivery)
        (effect,) = publishers["default"].effects()  # type: ignore[attr-defined]
        assert (effect.account, effect.content_hash) == (f"x:{NEW}", delivery.approved_hash)

    def test_is_approved_as_it_was_read_and_shown_under_the_present_name(
        self, scene: Scene, handover: Handover, leaver: User, heir: User, approver: User
    ) -> None:
        draft = submitted(scene, author=leaver)
        take_over_drafts(handover, actor=heir, now=database_now())
        draft.refresh_from_db()
        rename(handover, scene)
        client = Client()
        client.force_login(again(approver))
        assert f"Review @{NEW}" in Page.of(client.get(f"/review/{draft.pk}/")).main
        # What they had read before is the same tweet.
        approve_it(draft, by=again(approver))
        assert gone_out(draft).state == State.PUBLISHED


class TestWhatWentOut:
    def test_can_still_be_proved_and_taken_down(
        self, scene: Scene, handover: Handover, heir: User, approver: User
    ) -> None:
        delivery = gone_out(approved(scene, author=heir, by=approver))
        rename(handover, scene)
        assert proved(delivery)
        now = database_now()
        ask(delivery, actor=again(approver), reason=Reason.WRONG, note="Late.", now=now)
        carry_out(TakeDown.objects.get().pk, now=now)
        (effect,) = publishers["default"].effects()  # type: ignore[attr-defined]
        assert effect.removed_at is not None


class TestTheHash:
    def test_has_the_name_of_the_time_of_writing(
        self, scene: Scene, handover: Handover, heir: User
    ) -> None:
        name = scene.account.handle
        before = written(scene, author=heir).current_revision
        rename(handover, scene)
        after = written(scene, author=heir).current_revision
        assert (before.handle, after.handle) == (name, NEW)
        assert before.content_hash != after.content_hash

    def test_is_another_one_on_another_platform(self, scene: Scene) -> None:
        draft = approved(scene)
        SocialAccount.objects.filter(pk=scene.account.pk).update(platform=Platform.MASTODON)
        assert not proved(Delivery.objects.get(draft=draft))

    def test_of_a_revision_from_before_names_were_kept_is_found_by_the_first_one(
        self, scene: Scene
    ) -> None:
        draft = written(scene)
        row = draft.current_revision
        row.pk, row.number, row.handle = None, 2, ""
        row.save()
        # As the migration finds it, and finds it a second time.
        migration = import_module("accounts.migrations.0012_handles_of_revisions")
        migration.remember(apps, None)
        SocialAccount.objects.filter(pk=scene.account.pk).update(handle=NEW)
        migration.remember(apps, None)
        old = Revision.objects.select_related("account").get(pk=row.pk)
        assert old.content().digest(old.hash_version) == draft.content_hash
