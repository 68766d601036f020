"""The practice publisher: the instrument that all the others are measured with."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from pytest_django import Settings

from accounts.roles import Role
from publishing.backends.base import (
    Answer,
    Lookup,
    NotSent,
    Payload,
    Published,
    Refused,
    Unknown,
)
from publishing.backends.mock import Fault, MockPublisher
from publishing.clock import database_now
from publishing.publishers import publishers
from publishing.services import (
    FAULTS,
    dispatch_due,
    fail_next,
    practice_is_on,
    practice_timeline,
)
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.publishers import Real
from tests.publishing.stage import Ledger

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NO_ANSWER = Unknown("The practice publisher gave no answer in time.")


def tweet(text: str = "Hello", *, account: str = "x:Team", token: UUID | None = None) -> Payload:
    return Payload(
        token=token or uuid4(), account=account, platform="x", text=text, kind="original",
        source={}, media=(), alt_texts=(), content_hash="0" * 64,
    )  # fmt: skip


@pytest.fixture
def mock(ledger: Ledger) -> MockPublisher:
    return MockPublisher(str(ledger.path))


class TestAnEffect:
    def test_is_written_into_a_file_of_its_own(self, mock: MockPublisher, ledger: Ledger) -> None:
        assert ledger.effects() == []
        before = datetime.now(UTC)
        payload = tweet("Hello")
        answer = mock.publish(payload)
        (effect,) = ledger.effects()
        assert answer == Published(id="practice-1", url="/practice-timeline/#practice-1")
        assert (effect.token, effect.text, effect.account) == (
            str(payload.token),
            "Hello",
            "x:Team",
        )
        assert effect.pid == os.getpid()
        assert before <= datetime.fromisoformat(effect.at) <= datetime.now(UTC)

    def test_is_shown_newest_first(self, mock: MockPublisher) -> None:
        first, second = tweet("First"), tweet("Second")
        mock.publish(first)
        mock.publish(second)
        assert [(effect.token, effect.text) for effect in mock.effects()] == [
            (second.token, "Second"),
            (first.token, "First"),
        ]
        assert [effect.text for effect in mock.effects(limit=1)] == ["Second"]

    def test_is_kept_while_others_look(self, mock: MockPublisher, ledger: Ledger) -> None:
        mock.publish(tweet())
        with sqlite3.connect(ledger.path) as reader:
            reader.execute("SELECT * FROM effect").fetchone()
            assert isinstance(mock.publish(tweet()), Published)
        reader.close()


class TestAbilities:
    @pytest.mark.parametrize(
        ("ability", "takes_token", "lookup", "effects"),
        [
            ("token", True, Lookup.RELIABLE, 1),
            ("lookup", False, Lookup.RELIABLE, 2),
            ("blind", False, Lookup.NONE, 2),
        ],
    )
    def test_are_as_declared(
        self,
        ledger: Ledger,
        ability: str,
        takes_token: bool,  # noqa: FBT001  pytest names it
        lookup: Lookup,
        effects: int,
    ) -> None:
        mock = MockPublisher(str(ledger.path), ability)  # type: ignore[arg-type]
        assert (mock.takes_token, mock.lookup_kind) == (takes_token, lookup)
        assert mock.is_practice
        payload = tweet()
        first, second = mock.publish(payload), mock.publish(payload)
        assert (first == second) is takes_token
        assert len(ledger.effects()) == effects

    def test_find_what_was_published_and_nothing_else(self, mock: MockPublisher) -> None:
        payload = tweet()
        assert mock.find(payload, since=LONG_AGO) is None
        published = mock.publish(payload)
        assert mock.find(payload, since=LONG_AGO) == published
        assert mock.find(tweet(), since=LONG_AGO) is None

    def test_are_none_unless_declared(self) -> None:
        plain = Real()
        assert (plain.takes_token, plain.lookup_kind, plain.is_practice) == (
            False,
            Lookup.NONE,
            False,
        )
        with pytest.raises(NotImplementedError):
            plain.find(tweet(), since=LONG_AGO)


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "answer", "effects"),
        [
            (Fault.TIMEOUT_ACCEPTED, NO_ANSWER, 1),
            (Fault.TIMEOUT_LOST, NO_ANSWER, 0),
            (
                Fault.REFUSAL,
                Refused("duplicate", "The practice publisher refused this as a duplicate."),
                0,
            ),
            (
                Fault.UNAVAILABLE,
                NotSent("The practice publisher is not available.", retry_after=5),
                0,
            ),
        ],
    )
    def test_happen_to_one_tweet(
        self, mock: MockPublisher, ledger: Ledger, fault: Fault, answer: Answer, effects: int
    ) -> None:
        mock.fail_next(fault)
        assert mock.publish(tweet()) == answer
        assert len(ledger.effects()) == effects
        assert isinstance(mock.publish(tweet()), Published)

    def test_are_all_tried_here(self) -> None:
        assert set(FAULTS) == set(Fault)
        assert len(Fault) == 4

    def test_happen_to_the_account_they_were_meant_for(self, mock: MockPublisher) -> None:
        mock.fail_next(Fault.REFUSAL, account="x:Other")
        assert isinstance(mock.publish(tweet(account="x:Team")), Published)
        assert isinstance(mock.publish(tweet(account="x:Other")), Refused)

    def test_happen_one_after_the_other(self, mock: MockPublisher) -> None:
        mock.fail_next(Fault.REFUSAL)
        mock.fail_next(Fault.UNAVAILABLE, account="x:Team")
        answers = [type(mock.publish(tweet())) for _ in range(3)]
        assert answers == [Refused, NotSent, Published]


class TestAnOpenTransaction:
    @pytest.mark.django_db
    def test_is_no_place_to_publish_from(self, mock: MockPublisher, ledger: Ledger) -> None:
        with (
            transaction.atomic(),
            pytest.raises(RuntimeError, match="A database transaction is open"),
        ):
            mock.publish(tweet())
        assert ledger.effects() == []
        assert isinstance(mock.publish(tweet()), Published)

    def test_is_found_on_a_real_database(self, database: str, mock: MockPublisher) -> None:
        mock.publish(tweet())
        with transaction.atomic(), pytest.raises(RuntimeError):
            mock.publish(tweet())

    @pytest.mark.django_db
    def test_would_leave_a_delivery_without_an_answer(self, ledger: Ledger) -> None:
        (delivery,) = stage.due(Scene())
        with pytest.raises(RuntimeError, match="durable atomic block"), transaction.atomic():
            dispatch_due(now=database_now())
        assert ledger.effects() == []
        assert stage.state_of(delivery) == State.QUEUED


@pytest.mark.django_db
class TestPractising:
    def test_is_for_administrators(self, ledger: Ledger) -> None:
        scene = Scene()
        with pytest.raises(PermissionDenied):
            fail_next(Fault.REFUSAL, actor=scene.person(Role.COMMS_DUTY))
        fail_next(Fault.REFUSAL, actor=scene.person(Role.COMMS_ADMIN))
        assert isinstance(publishers["default"].publish(tweet()), Refused)

    def test_has_a_timeline(self) -> None:
        assert practice_timeline() == []
        publishers["blind"].publish(tweet("From whichever it is"))
        assert [effect.text for effect in practice_timeline()] == ["From whichever it is"]

    def test_goes_on_beside_a_real_platform(self, settings: Settings) -> None:
        real = {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
        settings.PUBLISHERS = {"real": real, "default": settings.PUBLISHERS["default"]}
        assert practice_is_on()
        settings.PUBLISHERS = {"real": real}
        assert not practice_is_on()

    def test_is_off_where_no_publisher_practises(self, settings: Settings) -> None:
        assert practice_is_on()
        settings.PUBLISHERS = {}
        assert not practice_is_on()
        assert practice_timeline() == []
        fail_next(Fault.REFUSAL, actor=Scene().person(Role.COMMS_ADMIN))


class TestPublishers:
    def test_are_made_once_for_each_alias_and_thread(self) -> None:
        assert publishers["default"] is publishers["default"]
        assert publishers["default"] is not publishers["blind"]
        with ThreadPoolExecutor(1) as elsewhere:
            other = elsewhere.submit(lambda: publishers["default"]).result()
        assert other is not publishers["default"]

    def test_are_made_anew_when_the_settings_change(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        before = publishers["default"]
        options = {"ledger": str(tmp_path / "other.sqlite3")}
        backend = "publishing.backends.mock.MockPublisher"
        settings.PUBLISHERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        assert publishers["default"] is not before

    def test_are_known_by_their_aliases(self, settings: Settings) -> None:
        assert set(publishers) == set(settings.PUBLISHERS)
        assert len(publishers) == len(settings.PUBLISHERS)
        with pytest.raises(KeyError):
            publishers["gone"]
