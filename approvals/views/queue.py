"""The review queue in the browser."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import LPT
from accounts.permissions import is_comms_reviewer
from approvals.asking import NumberOf, RowsOf, ask
from approvals.cards import cards_of
from approvals.forms import QueueFilterForm, SaveViewForm
from approvals.models import SavedView
from approvals.services import waiting_for
from approvals.stopping import stop_panels, stoppable
from drafts.models import CentralPost, Draft, DraftQuerySet, cursor_of

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
        form = QueueFilterForm(request.GET)
        found = form.narrow(waiting_for(request.user).one_by_one(), now)
        central = CentralPost.objects.visible_to(request.user).awaiting_review()
        around = self._around(found, central, now)
        form.offer_teams((team["pk"], team["name"]) for team in around["teams"] or ())
        count = around["found"]
        if form.has_chosen and count <= COUNTED:
            # All that were found are read and put in order: the queue would be read to its end.
            # Twice as many, since some may have come since they were counted.
            few = found.order_by().values("pk")[: 2 * COUNTED]
            found = Draft.objects.filter(pk__in=few)
        rows = found.due_after(request.GET.get("after", "")).oldest_due_first()
        page = Draft.objects.filter(pk__in=rows.values("pk")[: PAGE + 1]).with_people()
        cards = cards_of(page.oldest_due_first(), request.user, now) if count else []
        shown = [card.draft for card in cards[:PAGE]]
        context = {
            "cards": cards[:PAGE],
            "picks": len(cards) > 1,
            "filter_form": form,
            "views": [
                view | {"now": view["query"] == form.chosen} for view in around["views"] or ()
            ],
            "save_form": save_form or SaveViewForm(),
            "live_url": f"{reverse('approvals:live')}?{_live_query(form, shown, now)}",
            "count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}",
            "is_one": count == 1,
            "user_is_comms": is_comms_reviewer(request.user),
            "next_url": self._next_url(shown[-1]) if len(cards) > PAGE else "",
            "stops": stop_panels(request.user, now) if around["stops"] else [],
            "central_posts": central.select_related("author") if around["central"] else [],
        }
        return render(request, "approvals/queue.html", context, status=status)

    def _around(
        self, found: DraftQuerySet, central: QuerySet[CentralPost], now: datetime
    ) -> dict[str, Any]:
        """What stands around the drafts, in one query; of what there is none, nothing is read."""
        user = self.request.user
        forces = {membership.force_id for membership in user.current_memberships}
        teams = LPT.objects.filter(force__in=forces).order_by("name", "pk")
        views = SavedView.objects.filter(person=user)
        return ask(
            user,
            {
                "found": NumberOf(found, up_to=COUNTED + 1),
                "central": NumberOf(central, up_to=1),
                "stops": NumberOf(stoppable(user, now), up_to=1),
                "teams": RowsOf(teams, "pk", "name"),
                "views": RowsOf(views, "pk", "name", "query"),
            },
        )

    def _next_url(self, last: Draft) -> str:
        query = self.request.GET.dict() | {
            "after": cursor_of(last.queue_at or last.changed_at, last.pk)
        }
        return f"?{urlencode(query)}"


def back_to_queue(post: QueryDict) -> str:
    """The queue's address with what was chosen there."""
    return queue_url(chosen_in(post))


def chosen_in(post: QueryDict) -> str:
    """What was chosen in the queue, as the form that was sent from it says; nothing else."""
    return QueueFilterForm(QueryDict(post.get("chosen", ""))).chosen


def queue_url(query: str) -> str:
    return f"{reverse('approvals:queue')}{'?' if query else ''}{query}"


def _live_query(form: QueueFilterForm, shown: list[Draft], now: datetime) -> str:
    on = "-".join(str(draft.pk) for draft in shown)
    return "&".join(filter(None, (form.chosen, urlencode({"on": on, "since": cursor_of(now, 0)}))))
