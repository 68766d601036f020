"""The practice publisher's timeline, and making it misbehave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from publishing.forms import FaultForm, PostPastForm
from publishing.services import fail_next, post_past, practice_timeline


class PracticeTimeline(PermittedView):
    """What a public timeline would show, if the practice publisher were a platform."""

    permission = "publishing.see_practice_timeline"

    def get(self, request: Request) -> HttpResponse:
        may_inject = request.user.has_perm("publishing.inject_faults")
        names = {
            account.address: account.display_name
            for account in SocialAccount.objects.select_related("force", "lpt")
        }
        context = {
            "posts": [
                {
                    "account_name": names.get(effect.account, effect.account),
                    "handle": effect.account.partition(":")[2],
                    "text": effect.text,
                    "at": effect.at,
                    "url_id": f"practice-{effect.id}",
                }
                for effect in practice_timeline()
            ],
            "fault_form": _fault_form(request) if may_inject else None,
            "may_review": request.user.has_perm("approvals.review"),
            "fault_url": reverse("publishing:inject-fault"),
            "past_form": _post_past_form(request)
            if request.user.has_perm("publishing.post_past")
            else None,
        }
        return render(request, "publishing/practice_timeline.html", context)


class InjectFault(PermittedView):
    permission = "publishing.inject_faults"

    def post(self, request: Request) -> HttpResponse:
        form = _fault_form(request)
        if form.is_valid():
            account = form.cleaned_data["account"]
            name = account.address if account else "*"
            fail_next(form.cleaned_data["kind"], account=name, actor=request.user)
            messages.success(request, "The next tweet will meet this fault.")
        else:
            messages.warning(request, "Choose a fault and an account from the lists.")
        return redirect("publishing:practice-timeline")


class PostPast(PermittedView):
    """The practice timeline's button for trying what is found past Blue Lamp."""

    permission = "publishing.post_past"

    def post(self, request: Request) -> HttpResponse:
        form = _post_past_form(request)
        if not form.is_valid():
            messages.warning(request, "Choose an account and write something.")
            return redirect("publishing:practice-timeline")
        try:
            post_past(
                form.cleaned_data["account"],
                text=form.cleaned_data["text"],
                actor=request.user,
                now=timezone.now(),
            )
        except ValueError:
            raise PermissionDenied from None
        messages.success(
            request,
            "Posted past Blue Lamp. In a few seconds it is found, and communications is told.",
        )
        return redirect(reverse("publishing:practice-timeline"))


def _fault_form(request: Request) -> FaultForm:
    forces = {membership.force_id for membership in request.user.current_memberships}
    return FaultForm(request.POST if request.method == "POST" else None, forces=forces)


def _post_past_form(request: Request) -> PostPastForm:
    forces = {membership.force_id for membership in request.user.current_memberships}
    return PostPastForm(request.POST if request.method == "POST" else None, forces=forces)
