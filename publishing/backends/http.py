"""The one way in which publishers speak HTTP, and what follows from each thing that goes wrong.

Nothing is retried, no redirect is followed, no proxy or password is taken from the environment,
no answer is read past a bound, and everything that belongs to one answer shares one deadline.
"""

import ipaddress
import re
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from requests import Request
from requests.structures import CaseInsensitiveDict

from policy.core.bounded_json import read_json
from publishing.backends.base import CannotAsk, Cause, NotSent, Secrets, Unknown
from publishing.backends.wire import CHUNK, Line, OneRequest, Timeouts

__all__ = [
    "Garbled", "Host", "NoReply", "Refusal", "Reply", "Talk", "Timeouts", "held", "not_sent",
]  # fmt: skip

LARGEST = 2 * 1024 * 1024
#: The share of the whole time that must be left for the request that has the effect.
SHARE = 1 / 3
#: No platform's rate limit lasts longer; a longer pause is somebody's mistake.
LONGEST_PAUSE = 24 * 3600.0
RESETS = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
SHORTEST_SECRET = 4
BODIES = {"json", "data", "files"}


class NoReply(CannotAsk):
    """The platform gave no answer; `may_have_arrived` unless the request provably never left."""

    def __init__(self, reason: str, *, may_have_arrived: bool) -> None:
        super().__init__(reason)
        self.may_have_arrived = may_have_arrived


class Garbled(CannotAsk):
    """The platform answered with something that means nothing here."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a platform answered. `is_early`: it never had the request's body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    is_whole: bool = True
    is_early: bool = False

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON. Raises Garbled."""
        try:
            return read_json(self.body.decode("utf-8-sig"))
        except ValueError:
            raise Garbled("The platform gave an answer that cannot be read.") from None

    def json_object(self) -> dict[str, Any]:
        """The body as one JSON object. Raises Garbled."""
        value = self.json()
        if not isinstance(value, dict):
            raise Garbled("The platform gave an answer of another kind than it should.")
        return value

    def json_list(self) -> list[dict[str, Any]]:
        """The body as a JSON list of objects. Raises Garbled."""
        value = self.json()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise Garbled("The platform gave an answer of another kind than it should.")
        return value

    def retry_after(self, *, now: datetime | None = None) -> float | None:
        """Seconds to wait, as far as the headers say so: at most a day."""
        now = now or datetime.now(UTC)
        wait = _seconds(self.headers.get("retry-after", ""), now)
        for name in RESETS:
            if wait is None:
                wait = _seconds(self.headers.get(name, ""), now)
        return None if wait is None else min(max(wait, 0.0), LONGEST_PAUSE)


class Refusal(CannotAsk):
    """The platform answered a question with an error; `reply` is that answer."""

    def __init__(self, reason: str, reply: Reply, cause: Cause) -> None:
        super().__init__(reason, cause)
        self.reply = reply
        self.retry_after = reply.retry_after() if cause == Cause.RATE_LIMIT else None


def _seconds(value: str, now: datetime) -> float | None:
    """A header that gives seconds, a moment in Unix time, or a date in one of two spellings."""
    value = value.strip()
    if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value):
        number = float(value)
        return number - now.timestamp() if number > 1e9 else number
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(value)
        return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    with suppress(ValueError, TypeError, IndexError):
        return (parsedate_to_datetime(value) - now).total_seconds()
    return None


def not_sent(error: CannotAsk) -> NotSent:
    """The answer when a question that comes before sending was not answered."""
    return NotSent(str(error), retry_after=getattr(error, "retry_after", None), cause=error.cause)


def held(secrets: Secrets, names: Iterable[str]) -> Mapping[str, str]:
    """The credentials, each of `names` among them. Raises CannotAsk."""
    credentials = secrets.read()
    if missing := [name for name in names if not credentials.get(name)]:
        lacking = ", ".join(missing).replace("_", " ")
        raise CannotAsk(f"No {lacking} is stored for this account.", Cause.CREDENTIALS)
    return credentials


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


class Host:
    """Where a platform answers: `https://name`; plain http on this machine alone.

    `proxy` is the address of an HTTP proxy ("" for none), `ca_bundle` a file of the certificates
    to trust ("" for the usual ones). Raises ValueError for an address that would send secrets in
    the clear.
    """

    def __init__(
        self,
        base_url: str,
        *,
        proxy: str = "",
        ca_bundle: str = "",
        timeouts: Timeouts | None = None,
    ) -> None:
        parts = urlsplit(base_url)
        is_local = parts.scheme == "http" and _is_this_machine(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or is_local):
            raise ValueError(f"{base_url!r} is not an address that starts with https://.")
        if parts.username or parts.query or parts.fragment:
            raise ValueError("The address of a platform holds no name, query or fragment.")
        self.base_url = base_url.rstrip("/")
        self.proxies = {"http": proxy, "https": proxy} if proxy else {}
        self.ca_bundle = ca_bundle
        self.timeouts = timeouts or Timeouts()

    def at(self, base_url: str) -> "Host":
        """The same way to another address. Raises ValueError."""
        proxy = self.proxies.get("https", "")
        return Host(base_url, proxy=proxy, ca_bundle=self.ca_bundle, timeouts=self.timeouts)

    def talk(self, hidden: Iterable[str] = ()) -> "Talk":
        """A conversation that starts now. None of `hidden` is ever repeated in what it says."""
        return Talk(self, hidden)


class Talk:
    """All requests that belong to one answer; together they keep one deadline."""

    def __init__(self, host: Host, hidden: Iterable[str]) -> None:
        self._host = host
        self._ends_at = time.monotonic() + host.timeouts.total
        self._hidden = sorted(
            {word for word in hidden if len(word) >= SHORTEST_SECRET}, key=len, reverse=True
        )

    def time_left(self) -> float:
        """Seconds until the deadline; below zero when it has passed."""
        return self._ends_at - time.monotonic()

    def plain(self, words: Any, *, longest: int = 200) -> str:
        """Words of the platform's, fit to be shown and kept: one bounded line, no secrets."""
        line = " ".join(str(words)[: 10 * longest].split())
        for word in self._hidden:
            line = line.replace(word, "…")
        return "".join(letter for letter in line if letter.isprintable())[:longest]

    def is_plain(self, words: str, *, longest: int) -> bool:
        """Whether `words` may be kept as they are: an id or an address, say."""
        return words.strip() != "" and self.plain(words, longest=longest) == words

    def send(self, method: str, path: str, *, asks_first: bool = False, **request: Any) -> Reply:
        """One request, as requests.Request takes it. Raises NoReply."""
        line = Line(self._host.timeouts, ends_at=self._ends_at, asks_first=asks_first)
        headers = {
            "User-Agent": "BlueLamp",
            "Accept": "application/json",
            # A few kilobytes could become gigabytes.
            "Accept-Encoding": "identity",
            **({"Expect": "100-continue"} if asks_first else {}),
            **request.pop("headers", {}),
        }
        prepared = None
        try:
            prepared = Request(
                method, self._host.base_url + path, headers=headers, **request
            ).prepare()
            return self._exchange(prepared, line)
        except Exception as error:  # noqa: BLE001  whatever it is, the line knows what has left
            has_body = bool(prepared and prepared.body)
            may_have_arrived = line.body_left if has_body else line.head_left
            reason = "did not answer" if line.head_left else "could not be reached"
            raise NoReply(
                f"The platform {reason} ({_root(error)}).", may_have_arrived=may_have_arrived
            ) from None

    def _exchange(self, prepared: Any, line: Line) -> Reply:
        adapter = OneRequest(line)
        connect = line.within(line.timeouts.connect)
        try:
            response = adapter.send(
                prepared,
                stream=True,
                timeout=(connect, line.timeouts.read),
                verify=self._host.ca_bundle or True,
                proxies=self._host.proxies,
            )
            try:
                body, is_whole = _read(response.raw)
            finally:
                response.raw.close()
        finally:
            adapter.close()
        return Reply(
            status=response.status_code,
            headers=CaseInsensitiveDict(response.headers),
            body=body,
            is_whole=is_whole and "content-encoding" not in response.headers,
            is_early=bool(prepared.body) and not line.body_left,
        )

    def ask(self, method: str, path: str, **request: Any) -> Reply:
        """A request whose loss does no harm; its whole answer. Raises NoReply, Refusal, Garbled."""
        reply = self.send(method, path, **request)
        if reply.is_success and reply.is_whole:
            return reply
        if reply.is_success:
            raise Garbled("The platform's answer was cut short or too long.")
        match reply.status:
            case HTTPStatus.UNAUTHORIZED:
                raise Refusal(
                    "The platform does not take our credentials.", reply, Cause.CREDENTIALS
                )
            case HTTPStatus.TOO_MANY_REQUESTS:
                raise Refusal("The platform's rate limit is reached.", reply, Cause.RATE_LIMIT)
        raise Refusal(
            f"The platform answered with an error ({reply.status}).", reply, Cause.UNAVAILABLE
        )

    def hand_over(self, method: str, path: str, **request: Any) -> Reply | NotSent | Unknown:
        """The request that has the effect: by its body, or where there is none by its head.

        Give it a body only if the platform cannot act without. A Reply is either a success, and
        whole, or a 4xx that speaks about this post: the backend knows what those mean there.
        """
        if self.time_left() < self._host.timeouts.total * SHARE:
            return NotSent("It took too long to prepare this post, so it was not sent.")
        try:
            has_body = not BODIES.isdisjoint(request)
            reply = self.send(method, path, asks_first=has_body, **request)
            if reply.status == HTTPStatus.EXPECTATION_FAILED and reply.is_early:
                reply = self.send(method, path, **request)
        except NoReply as error:
            return Unknown(str(error)) if error.may_have_arrived else NotSent(str(error))
        return _judged(reply)


def _judged(reply: Reply) -> Reply | NotSent | Unknown:
    status = reply.status
    if status == HTTPStatus.UNAUTHORIZED:
        return NotSent("The platform does not take our credentials.", cause=Cause.CREDENTIALS)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        reason = "The platform's rate limit is reached."
        return NotSent(reason, retry_after=reply.retry_after(), cause=Cause.RATE_LIMIT)
    if status >= 500 and reply.is_early:
        reason = f"The platform is not available ({status})."
        return NotSent(reason, retry_after=reply.retry_after())
    if reply.is_success and (reply.is_early or not reply.is_whole):
        # Whatever comes before the body has left does not speak of this post.
        return Unknown("The platform's answer came too early, was cut short or too long.")
    undecided = status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)
    if reply.is_success or (400 <= status < 500 and not undecided):
        return reply
    return Unknown(f"The platform answered with an error ({status}).")


def _read(raw: Any) -> tuple[bytes, bool]:
    """The body, and whether that was all of it and not too much."""
    parts: list[bytes] = []
    size = 0
    try:
        while part := raw.read(CHUNK, decode_content=False):
            size += len(part)
            if size > LARGEST:
                return b"", False
            parts.append(part)
    except Exception:  # noqa: BLE001  the status has come; what is left of the answer has not
        return b"".join(parts), False
    return b"".join(parts), True


def _root(error: BaseException) -> str:
    """The kind of error at the bottom, by name: its words may hold what must not be repeated."""
    seen = {id(error)}
    while True:
        inner = error.__cause__ or error.__context__
        if inner is None or id(inner) in seen:
            return type(error).__name__
        seen.add(id(inner))
        error = inner
