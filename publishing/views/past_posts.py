"""Posts on our accounts that were sent past Blue Lamp, and whose they are."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus
from drafts.panel import Item, items_of
from policy.core import Finding
from publishing.forms import ExplainForm
from publishing.models import PastPost
from publishing.models.past_posts import Explanation
from publishing.services import AlreadyExplained, explain

ANSWERED = 30


@dataclass(frozen=True, slots=True)
class PastLine:
    """One post on screen; the forms only where this person can answer for it."""

    post: PastPost
    findings: list[Item]
    form: ExplainForm | None = None
    may_freeze: bool = False


class PastPosts(PermittedView):
    """Everything on our accounts that did not go through Blue Lamp."""

    permission = "publishing.read_past_posts"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def show(
        self, failed: tuple[int, ExplainForm] | None = None, status: int = 200
    ) -> HttpResponse:
        mine = PastPost.objects.visible_to(self.request.user).select_related(
            "account__force", "account__lpt", "answered_by"
        )
        context = {
            "waiting": [self._line(post, failed) for post in mine.unexplained().newest_first()],
            "answered": [
                PastLine(post, [])
                for post in mine.exclude(answered_at=None).newest_first()[:ANSWERED]
            ],
            "failed_form": failed[1] if failed else None,
            "hacked": Explanation.HACKED,
        }
        return render(self.request, "publishing/past_posts.html", context, status=status)

    def _line(self, post: PastPost, failed: tuple[int, ExplainForm] | None) -> PastLine:
        user, form = self.request.user, None
        if user.has_perm("publishing.explain_past_post", post.account):
            is_failed = failed is not None and failed[0] == post.pk
            form = failed[1] if failed and is_failed else ExplainForm(post=post)
        findings = tuple(Finding.from_dict(found) for found in post.report.get("findings", []))
        is_active = post.account.status == AccountStatus.ACTIVE
        may_freeze = is_active and user.has_perm("publishing.freeze", post.account)
        return PastLine(post, items_of(findings, {}), form, may_freeze=may_freeze)


class _AnswerForPost(PastPosts):
    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("publishing:past-posts")

    def _post(self, pk: int) -> PastPost:
        mine = PastPost.objects.visible_to(self.request.user)
        post = mine.select_related("account").filter(pk=pk).first()
        if post is None:
            raise Http404
        return post


class ExplainPost(_AnswerForPost):
    permission = "publishing.explain_past_post"

    def post(self, request: Request, pk: int) -> HttpResponse:
        past = self._post(pk)
        form = ExplainForm(request.POST, post=past)
        if not form.is_valid():
            return self.show(failed=(past.pk, form), status=422)
        chosen = form.cleaned_data
        try:
            explain(
                past,
                actor=request.user,
                explanation=Explanation(chosen["explanation"]),
                posted_by=chosen["posted_by"],
                words=chosen["words"],
                now=timezone.now(),
            )
        except AlreadyExplained:
            messages.warning(request, "Somebody else has answered for this post already.")
        else:
            messages.success(request, "Noted, with your name.")
        return redirect("publishing:past-posts")
