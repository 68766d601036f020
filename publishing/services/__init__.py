"""Getting approved tweets out: CLAIM, CHECK and ARM, SEND, FINISH, RECONCILE.

Four short transactions for each delivery, and none open while the platform is asked.
"""

from publishing.services.answering import drop, reschedule, say_live, send_again
from publishing.services.dispatching import dispatch_due
from publishing.services.practice import (
    FAULTS,
    Fault,
    fail_next,
    practice_is_on,
    practice_timeline,
)
from publishing.services.queueing import cancel, enqueue
from publishing.services.reconciling import dispatcher_is_silent, reconcile

__all__ = [
    "FAULTS",
    "Fault",
    "cancel",
    "dispatch_due",
    "dispatcher_is_silent",
    "drop",
    "enqueue",
    "fail_next",
    "practice_is_on",
    "practice_timeline",
    "reconcile",
    "reschedule",
    "say_live",
    "send_again",
]
