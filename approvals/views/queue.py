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
from approvals.asking import KeysOf, NumberOf, RowsOf, ask
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
        chosen = form.chosen
        around = self._around(found, central, now, looks_for_some=bool(chosen))
        form.offer_teams((team["pk"], team["name"]) for team in around["teams"] or ())
        keys = around["keys"] or [] if chosen else None
        count = around["number"] if keys is None else len(keys)
        # Whoever looks for few drafts does not look twice; of many the order is asked anew.
        known = keys if count <= COUNTED else None
        page = page_of(found, known, request.GET.get("after", ""))
        cards = cards_of(page, request.user, now) if count else []
        shown = [card.draft for card in cards[:PAGE]]
        context = {
            "cards": cards[:PAGE],
            "picks": len(cards) > 1,
            "filter_form": form,
            "chosen": chosen,
            "views": [view | {"now": view["query"] == chosen} for view in around["views"] or ()],
            "save_form": save_form or SaveViewForm(),
            "live_url": f"{reverse('approvals:live')}?{_live_query(chosen, shown, now)}",
            "count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}",
            "is_one": count == 1,
            "user_is_comms": is_comms_reviewer(request.user),
            "next_url": self._next_url(shown[-1]) if len(cards) > PAGE else "",
            "stops": stop_panels(request.user, now) if around["stops"] else [],
            "central_posts": central.select_related("author") if around["central"] else [],
        }
        return render(request, "approvals/queue.html", context, status=status)

    def _around(
        self,
        found: DraftQuerySet,
        central: QuerySet[CentralPost],
        now: datetime,
        *,
        looks_for_some: bool,
    ) -> dict[str, Any]:
        """What stands around the drafts, in one query; of what there is none, nothing is read.

        And how many drafts there are, or the keys of those that are looked for.
        """
        user = self.request.user
        forces = {membership.force_id for membership in user.current_memberships}
        teams = LPT.objects.filter(force__in=forces).order_by("name", "pk")
        views = SavedView.objects.filter(person=user)
        return ask(
            user,
            {
                **(
                    {"keys": KeysOf(found, up_to=COUNTED + 1)}
                    if looks_for_some
                    else {"number": NumberOf(found, up_to=COUNTED + 1)}
                ),
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


def page_of(found: DraftQuerySet, keys: list[int] | None, after: str) -> DraftQuerySet:
    """The drafts of one page and one more; `keys` in order where all that were found are known."""
    rows: Any = keys
    if keys is None or after:
        known = found if keys is None else Draft.objects.filter(pk__in=keys)
        rows = known.due_after(after).oldest_due_first().values("pk")
    # A draft may have been decided since its key was read.
    page = Draft.objects.awaiting_review().filter(pk__in=rows[: PAGE + 1])
    return page.with_people().oldest_due_first()


def back_to_queue(post: QueryDict) -> str:
    """The queue's address with what was chosen there."""
    return queue_url(chosen_in(post))


def chosen_in(post: QueryDict) -> str:
    """What was chosen in the queue, as the form that was sent from it says; nothing else."""
    return QueueFilterForm(QueryDict(post.get("chosen", ""))).chosen


def queue_url(query: str) -> str:
    return f"{reverse('approvals:queue')}{'?' if query else ''}{query}"


def _live_query(chosen: str, shown: list[Draft], now: datetime) -> str:
    on = "-".join(str(draft.pk) for draft in shown)
    return "&".join(filter(None, (chosen, urlencode({"on": on, "since": cursor_of(now, 0)}))))
