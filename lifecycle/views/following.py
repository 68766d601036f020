"""Whom our accounts follow, and who looked through their followers when."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from lifecycle.forms import DecisionForm, FollowForm, ReviewForm
from lifecycle.models import AlreadyDecided, FollowerReview, Following, Who
from lifecycle.reach import within
from lifecycle.services import (
    AlreadyFollowed,
    ask_to_follow,
    decide_following,
    followed_by,
    is_celebrity,
    review_followers,
    unfollow,
    with_review,
)
from lifecycle.workflow import FollowState

SHOWN = 50
ANSWERED = "Somebody else has decided on this already."


class FollowingPage(PermittedView):
    """What was asked, the register, and the reviews of followers."""

    permission = "lifecycle.read"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def accounts(self) -> QuerySet[SocialAccount]:
        mine = SocialAccount.objects.active().filter(within(self.request.user))
        return mine.select_related("force", "lpt").in_order()

    def show(
        self,
        form: FollowForm | None = None,
        failed: tuple[int, DecisionForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        user, mine = self.request.user, self.accounts()
        asked = Following.objects.visible_to(user).with_people()
        may_decide = user.has_perm("lifecycle.decide_following")
        lines = [
            (
                one,
                failed[1] if failed and failed[0] == one.pk else DecisionForm(row=one.pk),
                may_decide and is_celebrity(one),
            )
            for one in asked.asked().order_by("asked_at", "pk")
        ]
        declined = asked.filter(state__in=[FollowState.DECLINED, FollowState.ENDED])
        context = {
            "form": form or FollowForm(accounts=list(mine)),
            "failed_form": failed[1] if failed else form,
            "asked": lines,
            "may_decide": may_decide,
            "followed": followed_by(mine),
            "declined": declined.order_by("-decided_at", "-pk")[:SHOWN],
            "reviews": with_review(mine),
            "now": timezone.now(),
        }
        return render(self.request, "lifecycle/following.html", context, status=status)


class AskToFollow(FollowingPage):
    permission = "lifecycle.ask_to_follow"

    def get(self, request: Request) -> HttpResponse:
        return redirect("lifecycle:following")

    def post(self, request: Request) -> HttpResponse:
        form = FollowForm(request.POST, accounts=list(self.accounts()))
        if not form.is_valid():
            return self.show(form, status=422)
        typed = form.cleaned_data
        try:
            ask_to_follow(
                form.chosen,
                typed["handle"],
                who=Who(typed["who"]),
                why=typed["why"],
                has_looked=typed["looked"],
                is_no_celebrity=typed["no_celebrity"],
                actor=request.user,
                now=timezone.now(),
            )
        except AlreadyFollowed:
            form.add_error("handle", f"{form.chosen} follows them, or somebody has asked for it.")
            return self.show(form, status=422)
        messages.success(request, "Asked. Communications decides.")
        return redirect("lifecycle:following")


class DecideFollowing(FollowingPage):
    permission = "lifecycle.decide_following"

    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("lifecycle:following")

    def post(self, request: Request, pk: int) -> HttpResponse:
        mine = Following.objects.visible_to(request.user).with_people()
        asked = get_object_or_404(mine, pk=pk)
        form = DecisionForm(request.POST, row=asked.pk)
        if not form.is_valid():
            return self.show(failed=(asked.pk, form), status=422)
        try:
            decide_following(
                asked,
                follow=form.is_yes,
                answer=form.cleaned_data["answer"],
                actor=request.user,
                now=timezone.now(),
            )
        except AlreadyDecided:
            messages.warning(request, ANSWERED)
        else:
            messages.success(
                request,
                f"Follow @{asked.handle} on the platform now: it stands in the register."
                if form.is_yes
                else "Declined. They are told why.",
            )
        return redirect("lifecycle:following")


class Unfollow(PermittedView):
    permission = "lifecycle.decide_following"

    def post(self, request: Request, pk: int) -> HttpResponse:
        mine = Following.objects.visible_to(request.user).with_people()
        asked = get_object_or_404(mine, pk=pk)
        try:
            unfollow(asked, actor=request.user, now=timezone.now())
        except AlreadyDecided:
            messages.warning(request, ANSWERED)
        else:
            messages.success(request, f"Unfollow @{asked.handle} on the platform now.")
        return redirect("lifecycle:following")


class ReviewFollowers(PermittedView):
    """Put a look through the followers of one account on record."""

    permission = "lifecycle.ask_to_follow"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self._show(self._account(pk), ReviewForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        account, form = self._account(pk), ReviewForm(request.POST)
        if not form.is_valid():
            return self._show(account, form, status=422)
        review_followers(account, actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "On record, with your name. The next look is in a year.")
        return redirect("lifecycle:following")

    def _account(self, pk: int) -> SocialAccount:
        mine = SocialAccount.objects.active().filter(within(self.request.user))
        return get_object_or_404(mine.select_related("force", "lpt"), pk=pk)

    def _show(self, account: SocialAccount, form: ReviewForm, status: int = 200) -> HttpResponse:
        reviews = FollowerReview.objects.filter(account=account).select_related("by")
        past = reviews.order_by("-at", "-pk")[:SHOWN]
        context = {"account": account, "form": form, "reviews": past}
        return render(self.request, "lifecycle/review_followers.html", context, status=status)
