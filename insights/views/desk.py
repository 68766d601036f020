"""My desk: what do I have to do?"""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from drafts.models import Draft
from drafts.workflow import State
from notices.models import Notice
from notices.services import mark_read

SHOWN = 10
RECENT = timedelta(days=2)


class Desk(PermittedView):
    permission = "insights.desk"

    def get(self, request: Request) -> HttpResponse:
        user, now = request.user, timezone.now()
        mine = Draft.objects.by(user).with_people()
        came_back = [State.CHANGES_REQUESTED, State.EXPIRED, State.REJECTED]
        live = mine.filter(state=State.APPROVED)
        waiting = Draft.objects.awaiting_review().visible_to(user).with_people()
        may_review = user.has_perm("approvals.review")
        queue = list(waiting.not_written_by(user).oldest_due_first()[:100]) if may_review else []
        context = {
            "may_write": user.has_perm("drafts.write"),
            "returned": mine.filter(
                state__in=came_back, changed_at__gt=now - timedelta(days=14)
            ).newest_first()[:SHOWN],
            "writing": mine.filter(state=State.DRAFT).newest_first()[:SHOWN],
            "waiting": mine.filter(state=State.SUBMITTED).oldest_due_first()[:SHOWN],
            "going_out": live.exclude(
                deliveries__state__in=["published", "cancelled"]
            ).newest_first()[:SHOWN],
            "gone_out": live.filter(
                deliveries__state="published", deliveries__published_at__gt=now - RECENT
            ).newest_first()[:SHOWN],
            "notices": Notice.objects.for_person(user.pk).unread()[:SHOWN],
            "missing": _missing(request),
            "may_review": may_review,
            "queue_count": len(queue),
            "queue_oldest": queue[0] if queue else None,
        }
        return render(request, "insights/desk.html", context)


def _missing(request: Request) -> list[str]:
    """What keeps this person from submitting, each in a sentence."""
    if request.user.mobile_is_confirmed or not request.user.has_perm("drafts.write"):
        return []
    return [
        f"Your mobile number {request.user.mobile} was not confirmed in the last six months."
        " Until you confirm it you can write, but not submit."
    ]


class NoticesRead(PermittedView):
    permission = "insights.desk"

    def post(self, request: Request) -> HttpResponse:
        mark_read(person_id=request.user.pk, now=timezone.now())
        return redirect("insights:desk")
