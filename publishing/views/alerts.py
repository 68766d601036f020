"""What is wrong now, what was lately, and letting an account send again."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from publishing.models import Alert, Circuit
from publishing.services import NotStopped, is_stopped, lift, link_of

RECENT = timedelta(hours=24)
LIMIT = 100


class Alerts(PermittedView):
    """Open alerts, accounts that are stopped, and what ended in the last day."""

    permission = "publishing.see_alerts"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        mine = Alert.objects.visible_to(request.user).select_related("delivery__draft")
        ended = mine.filter(cleared_at__gt=now - RECENT).order_by("-cleared_at", "-pk")
        forces = {membership.force_id for membership in request.user.current_memberships}
        stopped = Circuit.objects.filter(is_stopped(now), account__force__in=forces)
        context = {
            "open_alerts": [
                {"alert": alert, "link": self._link(alert)}
                for alert in mine.open().order_by("-since", "-pk")[:LIMIT]
            ],
            "stopped": [
                {
                    "circuit": circuit,
                    "may_lift": request.user.has_perm("publishing.lift", circuit.account),
                }
                for circuit in stopped.select_related("account").order_by("pk")[:LIMIT]
            ],
            "ended": ended[:LIMIT],
            "now": now,
        }
        return render(request, "publishing/alerts.html", context)

    def _link(self, alert: Alert) -> str:
        """Where to act on it, for those who may open that page; this page itself is no link."""
        if alert.delivery:
            return link_of(alert) if self.request.user.has_perm("publishing.read") else ""
        return link_of(alert) if alert.hold_id else ""


class Lift(PermittedView):
    """Somebody mended the connection of an account."""

    permission = "publishing.lift"

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = SocialAccount.objects.filter(pk=pk).first()
        if account is None or not request.user.has_perm("publishing.lift", account):
            raise Http404
        try:
            lift(account, actor=request.user, now=timezone.now())
        except NotStopped:
            messages.warning(request, f"Nothing stops {account} any more.")
        else:
            messages.success(request, f"{account} sends again. What waited goes out now.")
        return redirect("publishing:alerts")
