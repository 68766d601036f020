"""The practice publisher: the instrument that all the others are measured with."""

import contextlib
import json
import multiprocessing
import os
import sqlite3
from collections.abc import Mapping
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
    NO_SECRETS,
    Answer,
    CannotAsk,
    Cause,
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
from tests.publishing import kit, stage
from tests.publishing.kit import Contract, Held, Keeps, Platform
from tests.publishing.publishers import Real
from tests.publishing.stage import Ledger

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NO_ANSWER = Unknown("The practice publisher gave no answer in time.")


def tweet(text: str = "Hello", *, account: str = "x:Team", token: UUID | None = None) -> Payload:
    return Payload(
        token=token or uuid4(), account=account, platform="x", text=text, kind="original",
        source={}, media=(), content_hash="0" * 64,
    )  # fmt: skip


@pytest.fixture
def mock(ledger: Ledger) -> MockPublisher:
    return MockPublisher(str(ledger.path))


class TestAnEffect:
    def test_is_written_into_a_file_of_its_own(self, mock: MockPublisher, ledger: Ledger) -> None:
        assert ledger.effects() == []
        before = datetime.now(UTC)
        payload = tweet("Hello")
        answer = mock.publish(payload, NO_SECRETS)
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
        mock.publish(first, NO_SECRETS)
        mock.publish(second, NO_SECRETS)
        assert [(effect.token, effect.text) for effect in mock.effects()] == [
            (second.token, "Second"),
            (first.token, "First"),
        ]
        assert [effect.text for effect in mock.effects(limit=1)] == ["Second"]

    def test_is_kept_while_others_look(self, mock: MockPublisher, ledger: Ledger) -> None:
        mock.publish(tweet(), NO_SECRETS)
        with sqlite3.connect(ledger.path) as reader:
            reader.execute("SELECT * FROM effect").fetchone()
            assert isinstance(mock.publish(tweet(), NO_SECRETS), Published)
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
        first, second = mock.publish(payload, NO_SECRETS), mock.publish(payload, NO_SECRETS)
        assert (first == second) is takes_token
        assert len(ledger.effects()) == effects

    def test_find_what_was_published_and_nothing_else(self, mock: MockPublisher) -> None:
        payload = tweet()
        assert mock.find(payload, NO_SECRETS, since=LONG_AGO) is None
        published = mock.publish(payload, NO_SECRETS)
        assert mock.find(payload, NO_SECRETS, since=LONG_AGO) == published
        assert mock.find(tweet(), NO_SECRETS, since=LONG_AGO) is None

    def test_are_none_unless_declared(self) -> None:
        plain = Real()
        assert (plain.takes_token, plain.lookup_kind, plain.is_practice) == (
            False,
            Lookup.NONE,
            False,
        )
        with pytest.raises(NotImplementedError):
            plain.find(tweet(), NO_SECRETS, since=LONG_AGO)


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
            (
                Fault.RATE_LIMIT,
                NotSent("The practice publisher's rate limit is reached.", 120, Cause.RATE_LIMIT),
                0,
            ),
            (
                Fault.CREDENTIALS,
                NotSent(
                    "The practice publisher does not take our credentials.",
                    cause=Cause.CREDENTIALS,
                ),
                0,
            ),
        ],
    )
    def test_happen_to_one_tweet(
        self, mock: MockPublisher, ledger: Ledger, fault: Fault, answer: Answer, effects: int
    ) -> None:
        mock.fail_next(fault)
        assert mock.publish(tweet(), NO_SECRETS) == answer
        assert len(ledger.effects()) == effects
        assert isinstance(mock.publish(tweet(), NO_SECRETS), Published)

    def test_are_all_tried_here(self) -> None:
        assert set(FAULTS) == set(Fault)
        assert len(Fault) == 6

    def test_happen_to_the_account_they_were_meant_for(self, mock: MockPublisher) -> None:
        mock.fail_next(Fault.REFUSAL, account="x:Other")
        assert isinstance(mock.publish(tweet(account="x:Team"), NO_SECRETS), Published)
        assert isinstance(mock.publish(tweet(account="x:Other"), NO_SECRETS), Refused)

    def test_happen_one_after_the_other(self, mock: MockPublisher) -> None:
        mock.fail_next(Fault.REFUSAL)
        mock.fail_next(Fault.UNAVAILABLE, account="x:Team")
        answers = [type(mock.publish(tweet(), NO_SECRETS)) for _ in range(3)]
        assert answers == [Refused, NotSent, Published]


class TestAnOpenTransaction:
    @pytest.mark.django_db
    def test_is_no_place_to_publish_from(self, mock: MockPublisher, ledger: Ledger) -> None:
        with (
            transaction.atomic(),
            pytest.raises(RuntimeError, match="A database transaction is open"),
        ):
            mock.publish(tweet(), NO_SECRETS)
        assert ledger.effects() == []
        assert isinstance(mock.publish(tweet(), NO_SECRETS), Published)

    def test_is_found_on_a_real_database(self, database: str, mock: MockPublisher) -> None:
        mock.publish(tweet(), NO_SECRETS)
        with transaction.atomic(), pytest.raises(RuntimeError):
            mock.publish(tweet(), NO_SECRETS)

    @pytest.mark.django_db
    def test_would_leave_a_delivery_without_an_answer(self, ledger: Ledger) -> None:
        (delivery,) = stage.due(Scene())
        with (
            pytest.raises(RuntimeError, match="cannot be nested within another atomic"),
            transaction.atomic(),
        ):
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
        assert isinstance(publishers["default"].publish(tweet(), NO_SECRETS), Refused)

    def test_has_a_timeline(self) -> None:
        assert practice_timeline() == []
        publishers["blind"].publish(tweet("From whichever it is"), NO_SECRETS)
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


class Ours(Platform):
    """The practice publisher as the contract kit wants it."""

    account = "x:team"
    name = "x"
    some_id = "practice-12345"

    def __init__(self, ledger: Ledger, ability: str) -> None:
        self.ledger = ledger
        self.publisher = self.mock = MockPublisher(str(ledger.path), ability)  # type: ignore[arg-type]
        self.secrets = Keeps({})

    def held(self) -> list[Held]:
        with contextlib.closing(sqlite3.connect(self.ledger.path)) as ledger:
            if not self.ledger.effects():
                return []
            rows = ledger.execute(
                "SELECT e.id, text, kind, source, alt_texts FROM effect e"
                " LEFT JOIN particulars p ON p.effect_id = e.id"
                " LEFT JOIN removal r ON r.effect_id = e.id"
                " WHERE r.at IS NULL AND account = ? ORDER BY e.id",
                [self.account],
            ).fetchall()
        return [
            Held(
                id=f"practice-{key}",
                text=text,
                alt_texts=tuple(json.loads(alt_texts or "[]")),
                answers=json.loads(source)["id"] if kind == "reply" else "",
                passes_on=json.loads(source)["id"] if kind == "retweet" else "",
            )
            for key, text, kind, source, alt_texts in rows
        ]

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        if text.startswith("@team "):
            self.mock.mention(self.account, author="neighbour", text=text)
        answer = self.mock.publish(tweet(text, account="x:neighbour"), NO_SECRETS)
        assert isinstance(answer, Published)
        return {"id": answer.id, "account": "neighbour"}

    def fail_next(self, fault: kit.Fault) -> None:
        self.mock.fail_next(
            {
                kit.Fault.CREDENTIALS: Fault.CREDENTIALS,
                kit.Fault.RATE_LIMIT: Fault.RATE_LIMIT,
                kit.Fault.REFUSAL: Fault.REFUSAL,
                kit.Fault.ACCEPTED: Fault.TIMEOUT_ACCEPTED,
            }[fault]
        )


class TestTheContract(Contract):
    @pytest.fixture(params=["token", "lookup", "blind"])
    def platform(self, request: pytest.FixtureRequest, ledger: Ledger) -> Ours:
        return Ours(ledger, request.param)


class TestTakingDown:
    def test_leaves_the_effect_marked(self, mock: MockPublisher, ledger: Ledger) -> None:
        answer = mock.publish(tweet(), NO_SECRETS)
        assert isinstance(answer, Published)
        before = datetime.now(UTC)
        mock.delete("x:Team", answer.id, NO_SECRETS)
        (effect,) = mock.effects()
        assert effect.removed_at
        assert before <= effect.removed_at <= datetime.now(UTC)
        assert len(ledger.effects()) == 1

    def test_finds_it_under_the_name_that_the_account_has_by_now(self, mock: MockPublisher) -> None:
        kept, gone = (mock.publish(tweet(text), NO_SECRETS) for text in ("Stays", "Gone"))
        assert isinstance(kept, Published)
        assert isinstance(gone, Published)
        mock.delete("x:RenamedTeam", gone.id, NO_SECRETS)
        assert [effect.text for effect in mock.effects() if effect.removed_at] == ["Gone"]

    def test_takes_it_off_the_practice_timeline(self) -> None:
        practice = publishers["default"]
        answer = practice.publish(tweet("Gone"), NO_SECRETS)
        practice.publish(tweet("Stays"), NO_SECRETS)
        assert isinstance(answer, Published)
        practice.delete("x:Team", answer.id, NO_SECRETS)
        assert [effect.text for effect in practice_timeline()] == ["Stays"]

    def test_is_no_reason_to_take_the_token_again(self, mock: MockPublisher) -> None:
        payload = tweet()
        answer = mock.publish(payload, NO_SECRETS)
        assert isinstance(answer, Published)
        mock.delete("x:Team", answer.id, NO_SECRETS)
        assert mock.publish(payload, NO_SECRETS) == answer
        assert len(mock.effects()) == 1


class TestMentions:
    def test_are_asked_for_from_a_place_that_exists(self, mock: MockPublisher) -> None:
        with pytest.raises(CannotAsk):
            mock.mentions("x:Team", NO_SECRETS, cursor="elsewhere")


class TestTheLedger:
    def test_is_written_after_a_fork_too(self, mock: MockPublisher, ledger: Ledger) -> None:
        mock.publish(tweet("Before"), NO_SECRETS)
        child = multiprocessing.get_context("fork").Process(
            target=mock.publish, args=(tweet("In the child"), NO_SECRETS)
        )
        child.start()
        child.join(20)
        mock.publish(tweet("After"), NO_SECRETS)
        assert [(effect.text, effect.pid) for effect in ledger.effects()] == [
            ("Before", os.getpid()),
            ("In the child", child.pid),
            ("After", os.getpid()),
        ]

    def test_is_written_by_many_threads(self, mock: MockPublisher, ledger: Ledger) -> None:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: mock.publish(tweet(), NO_SECRETS), range(80)))
        assert len(ledger.effects()) == 80

    def test_is_made_anew_where_it_was_taken_away(
        self, mock: MockPublisher, ledger: Ledger
    ) -> None:
        mock.publish(tweet("Lost"), NO_SECRETS)
        ledger.path.unlink()
        mock.publish(tweet("Kept"), NO_SECRETS)
        assert [effect.text for effect in ledger.effects()] == ["Kept"]

    def test_keeps_nothing_of_what_failed(self, mock: MockPublisher, ledger: Ledger) -> None:
        with pytest.raises(sqlite3.Error):
            mock.publish(tweet(account=None), NO_SECRETS)  # type: ignore[arg-type]
        assert isinstance(mock.publish(tweet(), NO_SECRETS), Published)
        assert len(ledger.effects()) == 1
