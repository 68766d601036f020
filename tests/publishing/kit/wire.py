"""What holds as well for every publisher that speaks HTTP, whatever happens on the way."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    NotSent,
    Payload,
    Published,
    Publisher,
    Unknown,
)
from publishing.backends.wire import Timeouts
from tests.publishing.hostile import EARLY, Deed, Hostile, closed_port, hostile
from tests.publishing.kit.contract import ANSWERS, Contract
from tests.publishing.kit.platform import Platform, WiredPlatform, picture, questions, tweet

#: As the production values relate to each other, but short.
SHORT = Timeouts(connect=0.5, read=0.6, total=1.1)
GRACE = 0.7


class OverTheWire(Contract):
    """What holds as well for those that speak HTTP."""

    @pytest.fixture
    def platform(self) -> WiredPlatform:
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _keeps_its_secrets(
        self, platform: WiredPlatform, caplog: pytest.LogCaptureFixture
    ) -> Iterator[None]:
        """Whatever a test does, nothing that is logged holds a secret."""
        caplog.set_level(logging.DEBUG)
        yield
        told = caplog.text + repr(platform.publisher) + repr(vars(platform.publisher))
        assert not [secret for secret in platform.confidential if secret in told]

    def lose_the_answer(self, platform: Platform, payload: Payload) -> Answer:
        assert isinstance(platform, WiredPlatform)
        with self.meeting(platform, Deed.LOST_ANSWER) as (publisher, _):
            return self.answer_to(platform, publisher, payload)

    @contextmanager
    def meeting(
        self, platform: WiredPlatform, deed: Deed, *, always: bool = False
    ) -> Iterator[tuple[Publisher, Hostile]]:
        matters = (lambda method, path: True) if always else platform.matters
        with hostile(deed, platform.url, matters) as server:
            yield platform.publisher_at(server.url, SHORT), server

    def answer_to(
        self, platform: WiredPlatform, publisher: Publisher, payload: Payload | None = None
    ) -> Answer:
        """What `publish` answers: in time, one of the four, and without a secret in it."""
        started = time.monotonic()
        answer = publisher.publish(payload or tweet(platform), platform.secrets)
        assert time.monotonic() - started < SHORT.total + GRACE
        assert isinstance(answer, ANSWERS)
        assert not [secret for secret in platform.confidential if secret in repr(answer)]
        return answer

    @pytest.mark.parametrize("deed", sorted(EARLY))
    def test_was_not_sent_when_the_body_never_left(
        self, platform: WiredPlatform, deed: Deed
    ) -> None:
        with self.meeting(platform, deed) as (publisher, server):
            answer = self.answer_to(platform, publisher)
        assert isinstance(answer, NotSent), answer
        assert answer.cause == Cause.UNAVAILABLE
        assert answer.retry_after == (7 if deed == Deed.UNAVAILABLE_EARLY else None)
        assert server.seen[-1].body == b""
        assert platform.held() == []

    @pytest.mark.parametrize("deed", sorted(set(Deed) - EARLY))
    def test_is_unknown_when_the_body_has_left(self, platform: WiredPlatform, deed: Deed) -> None:
        with self.meeting(platform, deed) as (publisher, server):
            answer = self.answer_to(platform, publisher)
        assert isinstance(answer, Unknown), answer
        assert answer.reason
        mattering = [seen for seen in server.seen if platform.matters(seen.method, seen.path)]
        # Handed over once, to the address that was given, and never again by itself.
        assert len(mattering) == 1
        assert not [seen for seen in server.seen if seen.path == "/elsewhere"]

    def test_reads_no_more_than_it_needs(self, platform: WiredPlatform) -> None:
        with self.meeting(platform, Deed.HUGE) as (publisher, server):
            assert isinstance(self.answer_to(platform, publisher), Unknown)
        # What the sockets on both sides hold by themselves comes on top of what was read.
        assert server.poured < 30_000_000

    def test_was_not_sent_when_nobody_listens(self, platform: WiredPlatform) -> None:
        answer = self.answer_to(platform, platform.publisher_at(closed_port(), SHORT))
        assert isinstance(answer, NotSent)

    def test_was_not_sent_when_the_encryption_fails(self, platform: WiredPlatform) -> None:
        with hostile(Deed.NOISE, platform.url) as server:
            address = server.url.replace("http://", "https://")
            answer = self.answer_to(platform, platform.publisher_at(address, SHORT))
        assert isinstance(answer, NotSent)
        assert server.seen == []

    @pytest.mark.parametrize("kind", ["unknown", "hanging"])
    def test_was_not_sent_when_the_name_is_not_found(
        self, platform: WiredPlatform, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        def look_up(*_: Any, **__: Any) -> Any:
            if kind == "hanging":
                time.sleep(SHORT.total + 2 * GRACE)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        publisher = platform.publisher_at("https://platform.example", SHORT)
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        answer = self.answer_to(platform, publisher)
        assert isinstance(answer, NotSent)

    def test_goes_by_no_proxy_of_the_environment(
        self, platform: WiredPlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, closed_port())
            monkeypatch.setenv(name.upper(), closed_port())
        answer = self.answer_to(platform, platform.publisher)
        assert isinstance(answer, Published)

    @pytest.mark.parametrize("deed", sorted(Deed))
    def test_answers_whatever_happens_from_the_start(
        self, platform: WiredPlatform, deed: Deed
    ) -> None:
        """Also where it has to sign in or to upload first."""
        payload = tweet(platform, media=(picture("A lamp"),))
        with self.meeting(platform, deed, always=True) as (publisher, _):
            answer = self.answer_to(platform, publisher, payload)
        assert isinstance(answer, NotSent | Unknown), answer
        assert platform.held() == []

    @pytest.mark.parametrize(
        ("name", "deed"),
        [
            (name, deed)
            for name in ("find", "delete", "timeline", "mentions", "profile")
            for deed in sorted(Deed)
            # Any object may mean that it is deleted.
            if (name, deed) != ("delete", Deed.NUMBERS)
        ],
    )
    def test_asks_in_time_and_draws_no_conclusion(
        self, platform: WiredPlatform, name: str, deed: Deed
    ) -> None:
        with self.meeting(platform, deed, always=True) as (publisher, _):
            question = questions(platform, publisher, platform.secrets).get(name)
            if question is None:
                return
            started = time.monotonic()
            with pytest.raises(CannotAsk) as raised:
                question()
            assert time.monotonic() - started < SHORT.total + GRACE
        assert str(raised.value)
        told = repr(raised.value) + str(raised.value)
        assert not [secret for secret in platform.confidential if secret in told]
