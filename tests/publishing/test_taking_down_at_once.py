"""Taking down with real commits and threads, on both databases."""

import pytest

from accounts.roles import Role
from publishing.clock import database_now
from publishing.models import TakeDown
from publishing.models.taken_down import State as Stage
from publishing.services import AlreadyAsked
from publishing.services.taking_down import carry_out, hurry
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.after import shown
from tests.publishing.stage import Ledger
from tests.publishing.test_taking_down import fresh, published, wish


@pytest.mark.usefixtures("database")
class TestHurrying:
    def test_is_done_when_the_page_comes_back(self, ledger: Ledger) -> None:
        scene = Scene()
        delivery = published(scene)
        take_down = wish(delivery, scene.person(Role.COMMS_DUTY))
        hurry(take_down, seconds=20)
        assert fresh(take_down).state == Stage.GONE
        assert shown(delivery) == 0

    def test_of_many_at_once_deletes_each_once(self, ledger: Ledger) -> None:
        scene = Scene()
        delivery = published(scene)
        take_down = wish(delivery, scene.person(Role.COMMS_DUTY))
        tries = [stage.Aside(lambda: carry_out(take_down.pk, now=database_now())) for _ in range(4)]
        for one in tries:
            one.result()
        assert fresh(take_down).log.count() == 1

    def test_of_two_people_at_once_notes_one(self) -> None:
        scene = Scene()
        delivery = published(scene)
        people = [scene.person(Role.COMMS_DUTY) for _ in range(2)]
        asking = [stage.Aside(lambda who=person: wish(delivery, who)) for person in people]  # type: ignore[misc]
        refused = 0
        for one in asking:
            try:
                one.result()
            except AlreadyAsked:
                refused += 1
        assert (refused, TakeDown.objects.count()) == (1, 1)
