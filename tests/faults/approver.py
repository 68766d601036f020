"""A person who approves everything that waits: `python -m tests.faults.approver`.

Prints one line of JSON: how many seconds each approval took, the handing over of its wake-up
included, and whether the thread that talks to the broker was still at it a second later.
"""

import json
import sys
import threading
import time

import django


def main() -> None:
    django.setup()
    from django.utils import timezone

    from accounts.models import User
    from accounts.roles import Role
    from drafts.models import Draft
    from publishing import wakeup
    from tests.factories import approve_it

    approver = User.objects.filter(memberships__role=Role.COMMS_APPROVER).get()
    taken = []
    for draft in Draft.objects.awaiting_review().with_people().order_by("pk"):
        began = time.monotonic()
        approve_it(draft, by=approver, now=timezone.now())
        taken.append(time.monotonic() - began)

    senders = [thread for thread in threading.enumerate() if thread.name == "wakeup-sender"]
    is_stuck = not taken_up()
    if senders and not is_stuck:
        # The next one is taken up when the last one has been sent: nothing is lost by leaving.
        wakeup.wake()
        taken_up()
    said = {"seconds": taken, "senders": len(senders), "stuck": is_stuck}
    sys.stdout.write(json.dumps(said) + "\n")


def taken_up() -> bool:
    """Whether the thread takes the wake-up that waits, within a second."""
    from publishing import wakeup

    end = time.monotonic() + 1
    while wakeup._waiting.full() and time.monotonic() < end:
        time.sleep(0.01)
    return not wakeup._waiting.full()


if __name__ == "__main__":
    main()
