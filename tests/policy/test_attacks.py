"""What a clever insider tries with the rulebook's desk and registers, and what must come of it."""

import pytest
from django.test import Client

from accounts.roles import Role
from policy.models import Restriction
from tests.factories import MembershipFactory, Scene, again
from tests.policy.test_registers import ORDER, RESTRICTIONS, added

pytestmark = pytest.mark.django_db


class TestSomebodyWithRolesInTwoForces:
    def test_reads_and_keeps_the_orders_of_the_force_that_lets_them(self, client: Client) -> None:
        theirs, own = Scene(), Scene()
        order = added(theirs)
        person = theirs.person(Role.OFFICER)
        MembershipFactory.create(person=person, force=own.force, role=Role.COMMS_DUTY)
        client.force_login(again(person))
        page = client.get(RESTRICTIONS)
        assert page.status_code == 200
        assert not any(secret in page.content.decode() for secret in ORDER.terms)
        for path in ("", "end/"):
            assert client.post(f"{RESTRICTIONS}{order.pk}/{path}").status_code == 404
        typed = {"terms": ORDER.terms[0], "case_name": ORDER.case_name, "court": ORDER.court}
        assert client.post(RESTRICTIONS, typed).status_code == 302
        assert Restriction.objects.latest("pk").force == own.force
