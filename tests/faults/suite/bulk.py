"""Many drafts at once, their rows written as the services write them."""

import itertools
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from drafts.models import Draft, Revision
from drafts.services import adopt
from drafts.workflow import State
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services.checking import ask_rulebook
from tests.faults.suite.stand import Stand

# No two alike: the rulebook stops a tweet that says the same again.
_numbers = itertools.count(1)
TEXT = "The next coffee morning is at the community hall on the {}th. Everyone is welcome."


def submitted(stand: Stand, count: int) -> list[Draft]:
    """So many drafts that wait for a decision, and somebody who may decide."""
    now = timezone.now()
    author = stand.scene.person(Role.OFFICER)
    stand.scene.person(Role.COMMS_APPROVER)
    accounts = [account for several in stand.accounts.values() for account in several]
    drafts = Draft.objects.bulk_create(
        Draft(
            account=accounts[turn % len(accounts)],
            author=author,
            state=State.SUBMITTED,
            text=TEXT.format(next(_numbers)),
            category="meeting",
            purpose="community",
            content_hash="",
            submitted_at=now,
            queue_at=now,
            created_at=now,
            changed_at=now,
        )
        for turn in range(count)
    )
    revisions = []
    for draft in drafts:
        revision = Revision(
            draft=draft,
            number=1,
            author=author,
            created_at=now,
            account=draft.account,
            text=draft.text,
            category=draft.category,
            purpose=draft.purpose,
        )
        draft.content_hash = revision.content_hash = revision.content().digest()
        revisions.append(revision)
    Revision.objects.bulk_create(revisions)
    Draft.objects.bulk_update(drafts, ["content_hash"])
    # The steps of their route, which a submission writes.
    adopted = adopt(now=now)
    while more := adopt(now=now):
        adopted += more
    assert adopted == count
    return drafts


VERDICT = ("checked_generation", "checked_at", "compared_at", "checked_until")


def asked_ahead(deliveries: Sequence[Delivery]) -> None:
    """Give these, which differ in a number alone, the verdict that an idle worker would have kept.

    The rulebook is asked about one of each account. They were written an hour ago, and nothing
    has come since that would make a verdict void.
    """
    now = database_now()
    drafts = Draft.objects.filter(deliveries__in=deliveries)
    drafts.update(changed_at=now - timedelta(hours=1))
    of_each = {delivery.account_id: delivery for delivery in deliveries}
    for account, first in of_each.items():
        ask_rulebook(first, now=now)
        first.refresh_from_db(fields=VERDICT)
        kept = {name: getattr(first, name) for name in VERDICT}
        keys = [each.pk for each in deliveries if each.account_id == account]
        Delivery.objects.filter(pk__in=keys).update(**kept)
