"""SEND: a few threads of the process that talk to platforms and to nothing else.

Whoever arms a delivery hands it over and gets the answer back in a queue of its own, so that a
platform that takes its time keeps nobody waiting who has something else to do.
"""

import contextlib
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import NamedTuple

from django.conf import settings
from django.db import connections

from accounts.models import SocialAccount
from publishing.backends.base import Answer, Unknown
from publishing.publishers import publishers
from publishing.services.payload import Armed
from publishing.workflow import LostLease

logger = logging.getLogger(__name__)
SEND_WITHIN = 5.0


class Reply(NamedTuple):
    """What came of handing a delivery over; LostLease: nothing was, it was too late."""

    armed: Armed
    answer: Answer | LostLease


class Replies(SimpleQueue[Reply]):
    """Where the answers come in for somebody who finishes them, until they are given up."""

    are_given_up = False


@dataclass
class Senders:
    """The threads of one process, and for which accounts and publishers they are at work.

    `at_work` holds the publisher's alias of each account that has a thread. No publisher gets all
    of the threads, so that one platform that hangs leaves some to the others.
    """

    pid: int = field(default_factory=os.getpid)
    jobs: "SimpleQueue[Callable[[], None]]" = field(default_factory=SimpleQueue)
    threads: int = 0
    at_work: dict[int, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def has_room(self) -> bool:
        return len(self.at_work) < settings.SENDING_THREADS

    def accounts_at_work(self) -> list[int]:
        with self.lock:
            return list(self.at_work)

    def publishers_in_full_use(self) -> list[str]:
        """Aliases of which no other account can be served now."""
        with self.lock:
            used = Counter(self.at_work.values())
        most = max(1, settings.SENDING_THREADS * 3 // 4)
        return [alias for alias, number in used.items() if number >= most]

    def reserve(self, account: SocialAccount) -> bool:
        """Keep a thread for `account`; False when none is free, or one is at work for it."""
        full = self.publishers_in_full_use()
        with self.lock:
            if account.pk in self.at_work or account.publisher in full or not self.has_room():
                return False
            self.at_work[account.pk] = account.publisher
            if self.threads < len(self.at_work):
                self.threads += 1
                name = f"sender-{self.threads}"
                threading.Thread(target=self._work, name=name, daemon=True).start()
        return True

    def leave(self, account: SocialAccount) -> None:
        """The reserved thread is not needed, or not any more."""
        with self.lock:
            self.at_work.pop(account.pk, None)

    def hand_over(self, armed: Armed, replies: Replies) -> None:
        """Send with the thread that was reserved; the answer comes into `replies`.

        The account stays at work until whoever takes the answer has written it down, and leaves.
        """
        account = armed.delivery.account

        def job() -> None:
            try:
                replies.put(Reply(armed, send(armed)))
            except BaseException:
                # Such as a fault test's; the lease runs out, and reconciling looks after it.
                logger.exception("A sender failed")
                self.leave(account)
            if replies.are_given_up:
                self.leave(account)

        self.jobs.put(job)

    def give_up(self, replies: Replies) -> None:
        """Nobody writes down any more what comes into `replies`."""
        replies.are_given_up = True
        for reply in next_replies(replies, within=0):
            self.leave(reply.armed.delivery.account)

    def _work(self) -> None:
        while True:
            self.jobs.get()()
            # The vault was asked over a connection of this thread's own, and nobody else needs it.
            connections.close_all()


_senders = Senders()
_making = threading.Lock()


def senders() -> Senders:
    """Those of this process: after a fork the parent's threads are not there."""
    global _senders  # noqa: PLW0603  one for each process
    with _making:
        if _senders.pid != os.getpid():
            _senders = Senders()
        return _senders


def send(armed: Armed) -> Answer | LostLease:
    """Hand the payload over once. Anything that is not one of the four answers is Unknown."""
    if time.monotonic() - armed.armed_at > SEND_WITHIN:
        # Nothing was sent, but only reconciling may say so: somebody may have taken over.
        return LostLease()
    try:
        return publishers[armed.publisher].publish(armed.payload, armed.secrets)
    except Exception as error:
        logger.exception("Publisher %s raised", armed.publisher)
        return Unknown(f"The publisher failed: {type(error).__name__}.")


def next_replies(replies: Replies, *, within: float) -> list[Reply]:
    """All the answers that are there; the first is waited for at most `within` seconds."""
    found = []
    with contextlib.suppress(Empty):
        found.append(replies.get(timeout=within) if within > 0 else replies.get_nowait())
        while True:
            found.append(replies.get_nowait())
    return found
