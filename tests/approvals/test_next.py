"""The next item after a decision: the most urgent one that this very person can decide."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Quorum, User
from accounts.roles import DECIDERS, Role
from accounts.services import Step
from approvals.services import next_for
from approvals.showing import why_not
from drafts.models import Draft
from tests.factories import LPTFactory, Scene, again, covered, sign, submitted

pytestmark = pytest.mark.django_db

DUTY, COMMS, COMMANDER = (
    Step((Role.COMMS_DUTY,)),
    Step((Role.COMMS_APPROVER,)),
    Step((Role.LPT_COMMANDER,)),
)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def by_route(scene: Scene, *steps: Step, author: User | None = None) -> Draft:
    """A draft that waits at the first of `steps`."""
    scene.route(*steps)
    return submitted(scene, author=author)


def can_decide(draft: Draft, person: User) -> bool:
    fresh = Draft.objects.with_people().get(pk=draft.pk)
    return why_not(fresh, again(person)) == ""


class TestTheNextItem:
    def test_is_never_a_step_of_others(self, client: Client, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        for_duty = by_route(scene, DUTY, COMMS)
        first, second = by_route(scene, COMMS), by_route(scene, COMMS)
        client.force_login(approver)
        sent = {
            "decision": "approve",
            "revision_number": first.revision_number,
            "revision_hash": first.content_hash,
            "step": first.step,
        }
        response = client.post(reverse("approvals:review", args=[first.pk]), sent)
        assert response["Location"] == reverse("approvals:review", args=[second.pk])
        assert next_for(scene.person(Role.COMMS_DUTY)) == for_duty

    def test_is_never_what_a_covered_person_wrote(self, scene: Scene) -> None:
        absent, cover = scene.person(Role.COMMS_APPROVER), scene.person()
        by_route(scene, COMMS, author=absent)
        covered(absent, by=cover)
        assert next_for(again(cover)) is None
        other = submitted(scene)
        assert next_for(again(cover)) == other

    def test_is_never_one_whose_voice_is_given(self, scene: Scene) -> None:
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.COUNT, needed=2))
        absent, cover = scene.person(Role.COMMS_APPROVER), scene.person()
        covered(absent, by=cover)
        by_absent, by_cover = submitted(scene), submitted(scene)
        sign(by_absent, by=absent)
        sign(by_cover, by=again(cover))
        for person in (absent, cover):
            assert next_for(again(person)) is None

    def test_is_there_for_whoever_has_a_role_beside_their_cover(self, scene: Scene) -> None:
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.COUNT, needed=2))
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
        covered(absent, by=person)
        draft = submitted(scene)
        sign(draft, by=absent)
        # In their own name they can still approve it.
        assert next_for(again(person)) == draft

    def test_is_the_first_that_the_person_may_decide(self, scene: Scene) -> None:
        """Whatever their role and whomever they stand in for."""
        absent = scene.person(Role.COMMS_DUTY)
        elsewhere = scene.other_account()
        people = [scene.person(role) for role in (*DECIDERS, Role.COMMS_ADMIN)]
        people += [
            scene.person(lpt=LPTFactory.create(force=scene.force)),
            scene.person(Role.LPT_COMMANDER, lpt=elsewhere.lpt),
            scene.central_officer(),
            Scene().person(Role.COMMS_DUTY),
        ]
        cover = scene.person(Role.OFFICER)
        covered(absent, by=cover)
        people += [absent, cover]
        steps = [DUTY, COMMANDER, COMMS, Step((Role.OFFICER,)), Step((Role.LPT_SUPERVISOR,))]
        drafts = [by_route(scene, step, COMMS) for step in steps]
        drafts += [by_route(scene, DUTY, COMMS, author=absent), submitted(scene, author=cover)]
        scene.route(COMMANDER, COMMS)
        drafts.append(submitted(scene, account=elsewhere, author=scene.person(lpt=elsewhere.lpt)))
        queue = list(Draft.objects.oldest_due_first())
        assert set(queue) == set(drafts)
        found = 0
        for person in people:
            left = [draft for draft in queue if can_decide(draft, person)]
            Draft.objects.exclude(pk__in=[draft.pk for draft in drafts]).update(state="draft")
            for draft in left:
                assert next_for(again(person)) == draft, person
                Draft.objects.filter(pk=draft.pk).update(state="withdrawn")
                found += 1
            assert next_for(again(person)) is None, person
            Draft.objects.update(state="submitted")
        assert found > 20
