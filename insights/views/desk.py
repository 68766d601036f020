"""My desk: what do I have to do?"""

from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Force
from accounts.standing import Gap, gaps
from approvals.organising.beginning import Begun, begun, is_beginning
from approvals.services import on_duty, waiting_for
from drafts.models import Draft
from drafts.workflow import State
from lifecycle.services import accounts_of_own_team
from notices.models import Notice
from notices.services import mark_read
from policy.models import PackVersion
from policy.workflow import State as VersionState
from publishing.models import Delivery
from publishing.workflow import ENDS, NEEDS_SOMEBODY
from publishing.workflow import State as DeliveryState

# The author waits for these; the others below have stopped and need somebody.
COMING = set(DeliveryState) - ENDS - NEEDS_SOMEBODY
STOPPED = NEEDS_SOMEBODY
SHOWN = 10
QUEUE_CAP = 100
CAME_BACK = [State.CHANGES_REQUESTED, State.EXPIRED, State.REJECTED]
SHOW_RETURNED = timedelta(days=14)
SHOW_GONE = timedelta(days=2)


class Desk(PermittedView):
    permission = "insights.desk"

    def get(self, request: Request) -> HttpResponse:
        user, now = request.user, timezone.now()
        may_write = user.has_perm("drafts.write")
        live = Delivery.objects.live().filter(draft=OuterRef("pk"))
        mine = (
            Draft.objects.by(user)
            # Who moved to another team has left the old one's drafts behind.
            .visible_to(user)
            .with_people()
            .annotate(
                delivery_state=Subquery(live.values("state")[:1]),
                went_out_at=Subquery(live.values("published_at")[:1]),
            )
        )
        approved = mine.filter(state=State.APPROVED)
        waiting = waiting_for(user)
        may_review = user.has_perm("approvals.review")
        queue = waiting.not_written_by(user).oldest_due_first() if may_review else waiting.none()
        returned = Q(state__in=CAME_BACK) | Q(state=State.APPROVED, delivery_state__in=STOPPED)
        told = Notice.objects.for_person(user.pk).unread().order_by("-urgent", "-pk")
        context = {
            "may_write": may_write,
            "duty": on_duty(user.current_memberships[0].force, now) if may_write else None,
            "returned": mine.filter(returned, changed_at__gt=now - SHOW_RETURNED).newest_first()[
                :SHOWN
            ],
            "writing": mine.filter(state=State.DRAFT).newest_first()[:SHOWN],
            "waiting": mine.filter(state=State.SUBMITTED).oldest_due_first()[:SHOWN],
            "going_out": approved.filter(delivery_state__in=COMING).newest_first()[:SHOWN],
            "gone_out": approved.filter(went_out_at__gt=now - SHOW_GONE).newest_first()[:SHOWN],
            "notices": told[:SHOWN],
            "gaps": _gaps(request),
            "proposals": _proposals(request),
            "begun": _begun(request),
            "may_review": may_review,
            "may_be_hacked": accounts_of_own_team(user),
            "queue_count": queue[:QUEUE_CAP].count(),
            "queue_oldest": queue.first(),
        }
        return render(request, "insights/desk.html", context)


def _proposals(request: Request) -> list[PackVersion]:
    """Versions of the rulebook that this person may put in force, oldest first."""
    user = request.user
    if not user.has_perm("policy.activate"):
        return []
    waiting = PackVersion.objects.filter(state=VersionState.PROPOSED).select_related("author")
    return [
        version for version in waiting.order_by("pk") if user.has_perm("policy.activate", version)
    ]


def _begun(request: Request) -> Begun | None:
    """How far this person's force has come, until its first tweet has gone out."""
    user = request.user
    forces: list[Force] = [membership.force for membership in user.current_memberships]
    mine = next((force for force in forces if user.has_perm("accounts.keep_teams", force)), None)
    if mine is None or not is_beginning(mine):
        return None
    return begun(mine, now=timezone.now())


def _gaps(request: Request) -> list[Gap]:
    """What keeps this person from submitting, or soon will."""
    if not request.user.has_perm("drafts.write"):
        return []
    return gaps(request.user, on=timezone.localdate())


class NoticesRead(PermittedView):
    permission = "insights.desk"

    def post(self, request: Request) -> HttpResponse:
        mark_read(person_id=request.user.pk, now=timezone.now())
        return redirect("insights:desk")
