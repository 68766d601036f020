"""The review queue in the browser."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.permissions import is_comms_reviewer
from approvals.cards import cards_of
from approvals.forms import QueueFilterForm, SaveViewForm
from approvals.models import SavedView
from approvals.services import waiting_for
from approvals.stopping import stop_panels
from drafts.models import CentralPost, Draft, cursor_of

PAGE = 25
# How far the drafts of a queue are counted: what lies behind it nobody has to know exactly.
COUNTED = 1000


class Queue(PermittedView):
    """Everything that waits for a decision, oldest due first, by key and not by page number."""

    permission = "approvals.review"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def show(self, *, save_form: SaveViewForm | None = None, status: int = 200) -> HttpResponse:
        request, now = self.request, timezone.now()
        form = QueueFilterForm(request.GET, user=request.user)
        found = form.narrow(waiting_for(request.user).one_by_one(), now)
        after = request.GET.get("after", "")
        rows = found.due_after(after).oldest_due_first()
        cards = cards_of(rows[: PAGE + 1], request.user, now)
        shown = [card.draft for card in cards[:PAGE]]
        is_all = not after and len(cards) <= PAGE
        count = len(cards) if is_all else found.order_by()[: COUNTED + 1].values("pk").count()
        context = {
            "cards": cards[:PAGE],
            "picks": len(cards) > 1,
            "filter_form": form,
            "views": self._views(form),
            "save_form": save_form or SaveViewForm(),
            "live_url": f"{reverse('approvals:live')}?{_live_query(form, shown, now)}",
            "count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}",
            "is_one": count == 1,
            "user_is_comms": is_comms_reviewer(request.user),
            "next_url": self._next_url(shown[-1]) if len(cards) > PAGE else "",
            "stops": stop_panels(request.user, now),
            "central_posts": CentralPost.objects.visible_to(request.user)
            .awaiting_review()
            .select_related("author"),
        }
        return render(request, "approvals/queue.html", context, status=status)

    def _views(self, form: QueueFilterForm) -> list[dict[str, Any]]:
        chosen = form.chosen
        return [
            {"pk": view.pk, "name": view.name, "query": view.query, "now": view.query == chosen}
            for view in SavedView.objects.filter(person=self.request.user)
        ]

    def _next_url(self, last: Draft) -> str:
        query = self.request.GET.dict() | {
            "after": cursor_of(last.queue_at or last.changed_at, last.pk)
        }
        return f"?{urlencode(query)}"


def queue_url(query: str) -> str:
    return f"{reverse('approvals:queue')}{'?' if query else ''}{query}"


def _live_query(form: QueueFilterForm, shown: list[Draft], now: datetime) -> str:
    on = "-".join(str(draft.pk) for draft in shown)
    return "&".join(filter(None, (form.chosen, urlencode({"on": on, "since": cursor_of(now, 0)}))))
