"""What happens in the queue while somebody works in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import QueueFilterForm
from approvals.services import waiting_for
from approvals.views.queue import COUNTED, PAGE, queue_url
from drafts.models import Draft, read_cursor


class Live(PermittedView):
    """What happened to the drafts on screen since, and how many came; asked by the page itself."""

    permission = "approvals.review"
    # Nobody did anything: it keeps no session alive.
    is_background = True

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        form = QueueFilterForm(request.GET)
        on = request.GET.get("on", "").split("-")[:PAGE]
        keys = [int(key) for key in on if key.isascii() and key.isdecimal() and len(key) < 16]
        shown = waiting_for(request.user).in_bulk(keys)
        gone = Draft.objects.visible_to(request.user).filter(pk__in=set(keys) - set(shown))
        since, _ = read_cursor(request.GET.get("since", ""))
        new = form.narrow(waiting_for(request.user).one_by_one(), now)
        new = new.exclude(pk__in=keys).filter(submitted_at__gt=since or now)
        context = {
            "new": new.order_by()[: COUNTED + 1].count(),
            "again_url": queue_url(form.chosen),
            "waiting": [
                (draft, draft.claimed_by_other(request.user, now)) for draft in shown.values()
            ],
            "gone": gone,
        }
        return render(request, "approvals/_live.html", context)
