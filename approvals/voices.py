"""Whose approval an approval is: of who made it, and of the person in whose place they did."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from approvals.models import Decision, Verdict
from drafts.models import Draft


def voice_of(people: Iterable[User], draft: Draft) -> Decision | None:
    """The approval of the draft as it stands, at whatever step, that is the voice of one of them.

    Their own, or one that somebody gave in their place.
    """
    given = draft.decisions.filter(revision__number=draft.revision_number, verdict=Verdict.APPROVE)
    theirs = given.filter(Q(person__in=people) | Q(on_behalf_of__in=people))
    return theirs.select_related("person", "on_behalf_of").order_by("pk").first()
