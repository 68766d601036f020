"""Giving somebody's drafts another author in charge."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.standing import stopping
from audit.services import record
from audit.verbs import Verb
from drafts.models import Contribution, Draft
from drafts.permissions import may_write_for
from drafts.services.submitting import NotReady, Problem
from drafts.workflow import State
from notices.models import Kind
from notices.services import tell

NOT_DECIDED = (State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.EXPIRED)


def hand_over(drafts: Iterable[Draft], *, to: User, actor: User, now: datetime) -> list[Draft]:
    """Make `to` the author of those drafts that are not decided and that they may write for.

    They count as having written it from then on: nobody approves what they answer for. Whoever
    wrote it stays a contributor. Returns those that were handed over. Raises NotReady where one
    is in review, and `to` could not have submitted it: nobody answers for a tweet who may not post.
    """
    drafts = [draft for draft in drafts if may_write_for(to, draft.account)]
    is_reviewed = any(draft.state == State.SUBMITTED for draft in drafts)
    if is_reviewed and (lacking := stopping(to, on=timezone.localdate(now))):
        raise NotReady([Problem(gap.sentence) for gap in lacking])
    given = []
    with transaction.atomic():
        for draft in drafts:
            open_still = Draft.objects.filter(pk=draft.pk, state__in=NOT_DECIDED)
            if not open_still.exclude(author=to).update(author=to):
                continue
            Contribution.objects.bulk_create(
                [Contribution(draft=draft, person=to)], ignore_conflicts=True
            )
            record(
                Verb.DRAFT_HANDED_OVER, draft, actor=actor, at=now,
                to=to.pk, author=draft.author_id,
            )  # fmt: skip
            given.append(draft)
        if given and to != actor:
            one = len(given) == 1
            tell(
                [to],
                f"{'A draft' if one else f'{len(given)} drafts'} of {given[0].author} "
                f"{'is' if one else 'are'} yours from now on.",
                kind=Kind.RETURNED,
                link=given[0].get_absolute_url() if one else "/drafts/",
                now=now,
            )
    return given
