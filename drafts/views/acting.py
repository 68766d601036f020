"""The buttons on a draft's page."""

from datetime import datetime
from typing import ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import PermittedView, Request
from drafts.models import Draft
from drafts.services import copy, discard, withdraw
from drafts.views.finding import visible_draft
from drafts.workflow import StaleDraft


class _Act(PermittedView):
    """A button on a draft's page."""

    permission = "drafts.write"
    done: ClassVar[str]

    def act(self, draft: Draft, now: datetime) -> Draft:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = visible_draft(request, pk)
        try:
            draft = self.act(draft, timezone.now())
        except StaleDraft:
            messages.warning(request, "This draft has changed meanwhile. Look at it again.")
        else:
            messages.success(request, self.done)
        return redirect(draft)


class Withdraw(_Act):
    permission = "drafts.withdraw"
    done = "Taken back. You can go on writing."

    def act(self, draft: Draft, now: datetime) -> Draft:
        withdraw(draft, actor=self.request.user, now=now)
        return draft


class Discard(_Act):
    permission = "drafts.discard"
    done = "Discarded. Its words stay on record; copy it to start again."

    def act(self, draft: Draft, now: datetime) -> Draft:
        discard(draft, actor=self.request.user, now=now)
        return draft


class Copy(_Act):
    permission = "drafts.copy"
    done = "This is your copy. Change what you need and submit it."

    def act(self, draft: Draft, now: datetime) -> Draft:
        return copy(draft, actor=self.request.user, now=now)
