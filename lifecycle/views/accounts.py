"""The accounts that a person has to do with, and how each of them is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus, SocialAccount
from lifecycle.models import Compromise, Handover
from lifecycle.reach import within
from lifecycle.services import review_is_due, with_review


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account on the page; `case` while it is frozen, `handover` while it is handed over.

    `review_is_due`: nobody has looked through its followers for a year.
    """

    account: SocialAccount
    case: Compromise | None
    handover: Handover | None
    may_freeze: bool
    review_is_due: bool
    may_hand_over: bool


class Accounts(PermittedView):
    """Every account of the own team, for communications every one of the force."""

    permission = "lifecycle.read"

    def get(self, request: Request) -> HttpResponse:
        user, now = request.user, timezone.now()
        accounts = SocialAccount.objects.filter(within(user)).select_related("force", "lpt")
        mine = with_review(accounts.in_order())
        cases = {case.account_id: case for case in Compromise.objects.open().visible_to(user)}
        handovers = {one.account_id: one for one in Handover.objects.open().visible_to(user)}
        lines = [
            AccountLine(
                account,
                cases.get(account.pk),
                handovers.get(account.pk),
                may_freeze=account.status == AccountStatus.ACTIVE
                and user.has_perm("publishing.freeze", account),
                review_is_due=review_is_due(account, now=now),
                may_hand_over=account.status != AccountStatus.CLOSED
                and account.pk not in handovers
                and user.has_perm("lifecycle.hand_over", account),
            )
            for account in mine
        ]
        context = {
            "lines": [line for line in lines if line.account.status != AccountStatus.CLOSED],
            "closed": [line for line in lines if line.account.status == AccountStatus.CLOSED],
        }
        return render(request, "lifecycle/accounts.html", context)
