"""What waits for a person in the life of the accounts, to be counted and shown."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from accounts.models import SocialAccount, User
from accounts.roles import TEAM_ROLES
from lifecycle.models import (
    AccountRequest,
    Compromise,
    Following,
    Handover,
    Offer,
    Question,
    Silence,
)
from lifecycle.reach import within


def waiting_for(user: User) -> dict[str, tuple[str, Callable[[], QuerySet[Any]]]]:
    """By a name: the permission to be asked first, and the rows that then wait for `user`."""
    return {
        "cases": ("publishing.freeze", lambda: Compromise.objects.open().visible_to(user)),
        "handovers": ("lifecycle.hand_over", lambda: Handover.objects.open().visible_to(user)),
        "silent": ("lifecycle.keep_silent", lambda: Silence.objects.to_close().visible_to(user)),
        "following": (
            "lifecycle.decide_following",
            lambda: Following.objects.asked().visible_to(user),
        ),
        "questions": ("lifecycle.answer_question", lambda: Question.objects.waiting_for(user)),
        "offers": ("drafts.write", lambda: Offer.objects.open().to_team_of(user)),
        "requests": (
            "lifecycle.answer_request",
            lambda: AccountRequest.objects.waiting_for(user),
        ),
    }


def accounts_of_own_team(user: User) -> list[SocialAccount]:
    """The accounts in use that `user`'s own team runs, by handle; [] for communications."""
    if not any(membership.role in TEAM_ROLES for membership in user.current_memberships):
        return []
    mine = SocialAccount.objects.active().filter(within(user, everywhere=()))
    return [a for a in mine.in_order() if user.has_perm("drafts.write", a)]
