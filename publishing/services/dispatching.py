"""CLAIM what is due, then take each delivery through CHECK and ARM, SEND and FINISH."""

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error as DatabaseError

from publishing import failpoints
from publishing.backends.base import Payload, Published
from publishing.models import Delivery
from publishing.services import circuit
from publishing.services.arming import arm_checked, checked, claimed, put_where_it_belongs
from publishing.services.clockwatch import clock_is_steady
from publishing.services.finishing import finish, finish_published, put_back
from publishing.services.heartbeat import keep_beating, owner_name
from publishing.services.remembering import is_another_database
from publishing.services.sending import Replies, Reply, next_replies, senders
from publishing.workflow import LostLease

logger = logging.getLogger(__name__)

# In seconds: what one call may take from the worker's other sweeps; how long it then waits for
# platforms; and how long those that wait for an account at work keep others from being claimed.
# All of it is far below the lease.
AT_MOST, WAIT, SHORT_WAIT = 2.0, 1.0, 0.05
# Nothing could be claimed although something is due: another worker is at it this very moment.
TRIES, MOMENT = 3, 0.005
# So many are armed in one transaction. More would save little, and leave more to be cleared up
# where a worker dies at that very moment.
TOGETHER = 8

# Rounds that ended before every platform had answered; whoever dispatches next looks after them.
_left: "list[Round]" = []
_leaving = threading.Lock()


def dispatch_due(*, now: datetime) -> int:
    """Send what is due; return how many deliveries were handed to a platform that has answered.

    Safe to run anywhere, any number of times at once: the claim decides who sends. A platform
    that takes its time is not waited for: the next call writes down what it said.
    """
    sent = finish_sending()
    if not clock_is_steady() or is_another_database():
        return sent
    this = Round(now)
    try:
        return sent + this.run()
    finally:
        _leave([this])


def finish_sending(*, within: float = 0) -> int:
    """Write down what platforms have said since, waiting for it at most so many seconds.

    Returns how many of them had something to say.
    """
    ends = time.monotonic() + within
    with _leaving:
        rounds = _left.copy()
        _left.clear()
    try:
        return sum(each.collect(until=ends) for each in rounds)
    finally:
        _leave(rounds)


def _leave(rounds: "list[Round]") -> None:
    for each in rounds:
        if each.is_awaited():
            with _leaving:
                _left.append(each)
        else:
            senders().give_up(each.replies)


class Round:
    """One look at the database by one thread, and the deliveries that it claims."""

    def __init__(self, now: datetime) -> None:
        self.now, self.began = now, time.monotonic()
        self.waiting: list[Delivery] = []
        self.replies = Replies()
        self.under_way = 0

    def run(self) -> int:
        """Claim and send until nothing more can be done, or the time is over; return how many."""
        sent, ends = 0, self.began + AT_MOST
        while time.monotonic() < ends:
            sent += self.collect()
            if self._start_some() or self._claim():
                continue
            if not self.under_way:
                break
            wait = SHORT_WAIT if self.waiting else WAIT
            answered = next_replies(self.replies, within=wait)
            if answered:
                sent += self._finish(answered)
            elif self.waiting:
                self._put_back()
            else:
                break
        self._put_back()
        return sent

    def is_awaited(self) -> bool:
        """Whether an answer is still to come that could be written down."""
        lease = settings.DELIVERY_LEASE.total_seconds() + AT_MOST
        return self.under_way > 0 and time.monotonic() - self.began < lease

    def collect(self, *, until: float = 0) -> int:
        """Finish what has been answered, or is until that moment; return how many."""
        sent = 0
        while self.under_way:
            answered = next_replies(self.replies, within=until - time.monotonic())
            if not answered:
                break
            sent += self._finish(answered)
        return sent

    def _claim(self) -> bool:
        """Claim some more once all are under way; whether there were any."""
        pool = senders()
        if self.waiting or not pool.has_room():
            return False
        for _ in range(TRIES):
            now = self._database_now()
            claims = Delivery.objects.claim(
                now=now,
                owner=owner_name(),
                lease_until=now + settings.DELIVERY_LEASE,
                limit=settings.DELIVERY_BATCH,
                busy=pool.accounts_at_work(),
                full=pool.publishers_in_full_use(),
            )
            if claims:
                failpoints.reached("claimed")
                self.waiting = claimed(claims)
                return True
            if self.under_way or not Delivery.objects.due(now).exists():
                break
            time.sleep(MOMENT)
        return False

    def _database_now(self) -> datetime:
        """The database's clock, by what has passed here since it was asked."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)

    def _start_some(self) -> bool:
        """Arm the first whose accounts are not at work, and hand them over; whether any were."""
        pool = senders()
        chosen: list[Delivery] = []
        for delivery in self.waiting:
            if len(chosen) < TOGETHER and pool.reserve(delivery.account):
                chosen.append(delivery)
        self.waiting = [each for each in self.waiting if each not in chosen]
        idle = {each.pk: each for each in chosen}
        try:
            wanted = self._checked(chosen)
            for armed in arm_checked(wanted) if wanted else []:
                failpoints.reached("armed")
                del idle[armed.delivery_id]
                self.under_way += 1
                pool.hand_over(armed, self.replies)
            for delivery, _ in wanted:
                if delivery.pk in idle:
                    with _unless_lost(delivery):
                        put_where_it_belongs(delivery)
        finally:
            for delivery in idle.values():
                pool.leave(delivery.account)
        return bool(chosen)

    def _checked(self, chosen: list[Delivery]) -> list[tuple[Delivery, Payload]]:
        keep_beating()
        wanted = []
        for delivery in chosen:
            with _unless_lost(delivery):
                if payload := checked(delivery, now=self._database_now()):
                    wanted.append((delivery, payload))
        return wanted

    def _finish(self, answered: list[Reply]) -> int:
        """Write down what platforms said; return how many deliveries were still ours."""
        left, sent = deque(answered), 0
        try:
            written = self._write_together(answered)
            while left:
                sent += self._finish_one(left.popleft(), written)
        finally:
            # Where one could not be written down, a later look comes to the others.
            for reply in left:
                self.replies.put(reply)
        return sent

    def _write_together(self, answered: list[Reply]) -> dict[int, bool]:
        """Whether those that were published are written down, and were ours, by their keys.

        Without those that have to be tried one by one.
        """
        published = [
            (reply.armed, reply.answer, reply.armed.database_now())
            for reply in answered
            if isinstance(reply.answer, Published)
        ]
        if len(published) < 2:
            return {}
        for _ in published:
            failpoints.reached("reply-received")
        try:
            done = finish_published(published)
        except DatabaseError:
            # Nothing of it was written: one must not keep the others from being.
            logger.exception("Answers could not be written down together")
            return {}
        return {armed.delivery_id: ours for (armed, *_), ours in zip(published, done, strict=True)}

    def _finish_one(self, reply: Reply, written: dict[int, bool]) -> bool:
        self.under_way -= 1
        armed, answer = reply
        account = armed.delivery.account
        is_ours = written.get(armed.delivery_id, False)
        try:
            if armed.delivery_id not in written:
                is_ours = _write_alone(reply)
        finally:
            senders().leave(account)
        if not is_ours or isinstance(answer, LostLease):
            _lost(armed.delivery)
            return False
        failpoints.reached("finished")
        if circuit.may_have_turned(account, answer):
            # What waits here was claimed before: CLAIM asks anew.
            self._put_back(account.pk)
        return True

    def _put_back(self, account: int | None = None) -> None:
        """Somebody else may have what this round does not come to: all, or that of one account."""
        going = [each for each in self.waiting if account in {None, each.account_id}]
        self.waiting = [each for each in self.waiting if each not in going]
        for delivery in going:
            with _unless_lost(delivery):
                put_back(delivery)


def _write_alone(reply: Reply) -> bool:
    """Write one answer down; whether the delivery was still ours."""
    if isinstance(reply.answer, LostLease):
        return False
    failpoints.reached("reply-received")
    try:
        finish(reply.armed, reply.answer, now=reply.armed.database_now())
    except LostLease:
        return False
    return True


@contextmanager
def _unless_lost(delivery: Delivery) -> Iterator[None]:
    """Pass over what somebody else has taken over meanwhile."""
    try:
        yield
    except LostLease:
        _lost(delivery)


def _lost(delivery: Delivery) -> None:
    logger.warning("Delivery %s was taken over by somebody else.", delivery.pk)
