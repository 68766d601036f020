"""What a session may do is asked anew with each request."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.services import deactivate
from publishing.models import Delivery
from tests.factories import Scene, UserFactory, submitted, written
from tests.pages import Page


@pytest.mark.django_db
class TestALossOfAccess:
    """What a session may do is asked anew with each request."""

    @pytest.fixture
    def scene(self) -> Scene:
        return Scene()

    def test_follows_a_deactivation_at_once(self, client: Client, scene: Scene) -> None:
        officer = scene.person()
        client.force_login(officer)
        assert client.get("/desk/").status_code == 200
        deactivate(officer, actor=None, now=timezone.now())
        assert client.get("/desk/").status_code == 302
        User.objects.filter(pk=officer.pk).update(is_active=True)
        # Back again, the old session is as good as any: nobody took it over.
        assert client.get("/desk/").status_code == 200

    def test_follows_a_move_to_another_team_at_once(self, client: Client, scene: Scene) -> None:
        officer, other = scene.person(), scene.other_account()
        draft = written(scene, author=officer)
        theirs = written(scene, author=scene.person(lpt=other.lpt), account=other)
        client.force_login(officer)
        assert client.get(draft.get_absolute_url()).status_code == 200
        assert client.get(theirs.get_absolute_url()).status_code == 404
        Membership.objects.filter(person=officer).update(lpt=other.lpt)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(theirs.get_absolute_url()).status_code == 200
        assert client.post(f"/drafts/{draft.pk}/discard/").status_code == 404

    def test_follows_the_end_of_a_role_at_once(self, client: Client, scene: Scene) -> None:
        approver, draft = scene.person(Role.COMMS_APPROVER), submitted(scene)
        client.force_login(approver)
        path = f"/review/{draft.pk}/"
        form = Page.of(client.get(path)).root.all("form", action=path)
        assert form
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(person=approver).update(until=yesterday)
        seen = {"revision_hash": draft.content_hash, "revision_number": draft.revision_number}
        assert client.post(path, seen | {"decision": "approve"}).status_code == 403
        assert not Delivery.objects.exists()

    def test_is_the_end_of_a_session_after_half_an_hour(self, client: Client) -> None:
        client.force_login(UserFactory.create())
        assert client.session.get_expiry_age() == 30 * 60
        assert client.session.get_expire_at_browser_close()
