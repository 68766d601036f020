"""A platform that takes its time, and everybody else who has something to send."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from accounts.models import SocialAccount
from publishing.clock import database_now
from publishing.services import dispatch_due, dispatching, finish_sending, reconcile
from publishing.services.dispatching import AT_MOST
from publishing.services.sending import senders
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.publishers import Waits


@pytest.fixture
def slow(settings: Settings, ledger: stage.Ledger) -> Iterator[type[Waits]]:
    """The publisher "slow" answers nobody until its `go_on` is set."""
    options = settings.PUBLISHERS["blind"]["OPTIONS"]
    backend = {"BACKEND": "tests.publishing.publishers.Waits", "OPTIONS": options}
    settings.PUBLISHERS = settings.PUBLISHERS | {"slow": backend}
    Waits.go_on.clear()
    Waits.at_once.clear()
    yield Waits
    Waits.go_on.set()
    finish_sending(within=10)
    assert not dispatching._left


def account(scene: Scene, *, publisher: str = "default") -> SocialAccount:
    made = scene.other_account()
    SocialAccount.objects.filter(pk=made.pk).update(publisher=publisher)
    made.publisher = publisher
    return made


class TestASlowPlatform:
    def test_keeps_no_other_account_waiting(self, database: str, slow: type[Waits]) -> None:
        scene = Scene()
        held_up = stage.due(scene, 3, accounts=[account(scene, publisher="slow")])
        others = stage.due(scene, 3, accounts=[account(scene)])
        began = time.monotonic()
        assert dispatch_due(now=database_now()) == 3
        assert time.monotonic() - began < AT_MOST + 3
        assert {stage.state_of(other) for other in others} == {State.PUBLISHED}
        # One is under way; the others are not kept by a worker that cannot send them.
        assert [stage.state_of(each) for each in held_up] == [
            State.SENDING,
            State.QUEUED,
            State.QUEUED,
        ]

    def test_is_not_waited_for_twice(self, database: str, slow: type[Waits]) -> None:
        scene = Scene()
        stage.due(scene, 2, accounts=[account(scene, publisher="slow")])
        dispatch_due(now=database_now())
        began = time.monotonic()
        assert dispatch_due(now=database_now()) == 0
        assert time.monotonic() - began < AT_MOST

    def test_is_heard_by_whoever_looks_next(
        self, database: str, slow: type[Waits], ledger: stage.Ledger
    ) -> None:
        scene = Scene()
        first, second = stage.due(scene, 2, accounts=[account(scene, publisher="slow")])
        dispatch_due(now=database_now())
        slow.go_on.set()
        stage.until(lambda: ledger.times(first))
        assert stage.state_of(first) == State.SENDING
        stage.until(lambda: dispatch_due(now=database_now()) and not stage.unfinished())
        assert [ledger.times(each) for each in (first, second)] == [1, 1]

    def test_has_one_tweet_of_an_account_at_a_time(self, database: str, slow: type[Waits]) -> None:
        scene = Scene()
        accounts = [account(scene, publisher="slow") for _ in range(3)]
        stage.due(scene, 9, accounts=accounts)
        dispatch_due(now=database_now())
        assert stage.states()[State.SENDING] == 3
        slow.go_on.set()

        def all_gone() -> bool:
            dispatch_due(now=database_now())
            return not stage.unfinished()

        stage.until(all_gone)
        assert set(slow.at_once.values()) == {1}

    def test_leaves_some_threads_to_the_others(
        self, database: str, slow: type[Waits], settings: Settings
    ) -> None:
        settings.SENDING_THREADS = 4
        scene = Scene()
        accounts = [account(scene, publisher="slow") for _ in range(6)]
        stage.due(scene, 6, accounts=accounts)
        (other,) = stage.due(scene, accounts=[account(scene)])
        stage.until(lambda: dispatch_due(now=database_now()))
        assert stage.state_of(other) == State.PUBLISHED
        assert stage.states()[State.SENDING] == 3

    def test_is_waited_for_at_the_end(self, database: str, slow: type[Waits]) -> None:
        scene = Scene()
        (delivery,) = stage.due(scene, accounts=[account(scene, publisher="slow")])
        dispatch_due(now=database_now())
        waiting = stage.Aside(lambda: finish_sending(within=20))
        slow.go_on.set()
        assert waiting.result() == 1
        assert stage.state_of(delivery) == State.PUBLISHED

    def test_is_waited_for_by_the_command(self, database: str, slow: type[Waits]) -> None:
        scene = Scene()
        (delivery,) = stage.due(scene, accounts=[account(scene, publisher="slow")])

        def go_on_later() -> None:
            time.sleep(2)
            slow.go_on.set()

        later = stage.Aside(go_on_later)
        call_command("dispatch")
        later.result()
        assert stage.state_of(delivery) == State.PUBLISHED

    def test_that_never_answers_is_forgotten_after_the_lease(
        self, database: str, slow: type[Waits], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scene = Scene()
        stage.due(scene, accounts=[account(scene, publisher="slow")])
        dispatch_due(now=database_now())
        (left,) = dispatching._left
        monkeypatch.setattr(left, "began", left.began - 70)
        finish_sending()
        assert not dispatching._left


class TestADatabaseThatGoesAway:
    def test_leaves_no_account_at_work(self, database: str, ledger: stage.Ledger) -> None:
        scene = Scene()
        deliveries = stage.due(scene, 4, accounts=[account(scene) for _ in range(4)])

        finish = {"postgresql": "SELECT publishing_publish(", "sqlite": "SET state = 'published'"}

        def away(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if finish[connection.vendor] in sql:
                raise OperationalError("The server closed the connection.")
            return execute(sql, *rest)

        with connection.execute_wrapper(away), pytest.raises(OperationalError):
            dispatch_due(now=database_now())

        def nobody_is_at_work() -> bool:
            finish_sending()
            return not senders().at_work

        stage.until(nobody_is_at_work)
        assert stage.states()[State.SENDING] == 1
        dispatch_due(now=database_now() + timedelta(seconds=61))
        reconcile(now=database_now() + timedelta(seconds=61))
        assert stage.states()[State.UNKNOWN] == 1
        assert max(ledger.times(delivery) for delivery in deliveries) == 1
