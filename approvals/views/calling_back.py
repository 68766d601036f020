"""Taking an approval back while the tweet has not gone out."""

from datetime import datetime
from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.services import (
    reopen,
    unschedule,
)
from drafts.models import Draft
from drafts.workflow import StaleDraft
from publishing.workflow import MayBePublic, TooLate


class _CallBack(PermittedView):
    """Taking an approval back while the tweet has not gone out."""

    done: ClassVar[str]

    def act(self, draft: Draft, now: datetime) -> None:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = Draft.objects.visible_to(request.user).with_people().filter(pk=pk).first()
        if draft is None:
            raise Http404
        try:
            self.act(draft, timezone.now())
        except MayBePublic:
            messages.warning(
                request,
                "It may already be public, so it could not be taken back. It is not sent again;"
                " corporate communications has been asked to look, and to delete it if it is"
                " there.",
            )
        except (TooLate, StaleDraft):
            messages.warning(
                request,
                "Too late: this tweet is going out, is public, or has been stopped already.",
            )
        else:
            messages.success(request, self.done)
        return redirect(draft)


class Reopen(_CallBack):
    permission = "approvals.reopen"
    done = "Reopened. Its approval is void: change it and submit it again."

    def act(self, draft: Draft, now: datetime) -> None:
        reopen(draft, actor=self.request.user, now=now)


class Stop(_CallBack):
    permission = "approvals.unschedule"
    done = "Stopped. It is back in the review queue and will not go out."

    def act(self, draft: Draft, now: datetime) -> None:
        unschedule(draft, actor=self.request.user, now=now)
