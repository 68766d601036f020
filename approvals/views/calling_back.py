"""Taking an approval back while the tweet has not gone out."""

from datetime import datetime
from typing import ClassVar

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.services import WindowOver, reopen, unschedule
from drafts.models import Draft, DraftQuerySet
from drafts.workflow import StaleDraft
from publishing.models import Delivery
from publishing.workflow import MayBePublic, TooLate


def why_not_stopped(reason: TooLate | StaleDraft) -> str:
    """What to tell somebody who wanted to take an approval back and could not."""
    match reason:
        case MayBePublic():
            return (
                "It may already be public, so it could not be taken back. It is not sent again;"
                " corporate communications has been asked to look, and to delete it if it is there."
            )
        case WindowOver():
            return (
                "The minute to stop it is over. Call corporate communications: they can stop it"
                " until it goes out."
            )
        case _:
            return "Too late: this tweet is going out, is public, or has been stopped already."


class _CallBack(PermittedView):
    """Taking an approval back while the tweet has not gone out."""

    done: ClassVar[str]

    def act(self, draft: Draft, now: datetime) -> None:
        raise NotImplementedError

    def drafts(self) -> DraftQuerySet:
        return Draft.objects.visible_to(self.request.user)

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = self.drafts().with_people().filter(pk=pk).first()
        if draft is None:
            raise Http404
        try:
            self.act(draft, timezone.now())
        except (TooLate, StaleDraft) as reason:
            messages.warning(request, why_not_stopped(reason))
        else:
            messages.success(request, self.done)
        if not Draft.objects.visible_to(request.user).filter(pk=pk).exists():
            # They decided on it in the place of somebody who reads it.
            return redirect("approvals:queue")
        return redirect(draft)


class Reopen(_CallBack):
    permission = "approvals.reopen"
    done = "Reopened. Its approval is void: change it and submit it again."

    def act(self, draft: Draft, now: datetime) -> None:
        reopen(draft, actor=self.request.user, now=now)


class Stop(_CallBack):
    permission = "approvals.unschedule"
    done = "Stopped. It is back in the review queue and will not go out."

    def drafts(self) -> DraftQuerySet:
        """What the person let out in somebody's place as well, though it is another team's."""
        mine = Delivery.objects.filter(approved_by=self.request.user)
        return Draft.objects.filter(
            Q(pk__in=super().drafts().values("pk")) | Q(pk__in=mine.values("draft"))
        )

    def act(self, draft: Draft, now: datetime) -> None:
        unschedule(draft, actor=self.request.user, now=now)
