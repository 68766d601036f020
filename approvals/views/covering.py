"""Who decides in whose place while somebody is away."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Membership, User
from accounts.roles import Role
from approvals.forms import DelegateForm
from approvals.models import Delegation
from approvals.services import CannotDelegate, WrongPeople, delegate, end_delegation


class Cover(PermittedView):
    """One's own absences, and those of others that one stands in for.

    And for the comms admin those of everybody in the force: who falls ill sets no cover.
    """

    permission = "approvals.delegate"

    def get(self, request: Request) -> HttpResponse:
        return self._show(DelegateForm(user=request.user))

    def post(self, request: Request) -> HttpResponse:
        form = DelegateForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._show(form, status=422)
        chosen = form.cleaned_data
        absent = chosen.get("absent") or request.user
        try:
            delegation = delegate(
                absent,
                to=chosen["person"],
                since=chosen["since"],
                until=chosen["until"],
                reason=chosen["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except CannotDelegate as refusal:
            is_about = "person" if isinstance(refusal, WrongPeople) else "until"
            form.add_error(is_about, str(refusal))
            return self._show(form, status=422)
        messages.success(
            request, f"{delegation.person} decides in {self._whose(absent)} place on these days."
        )
        return redirect("approvals:cover")

    def _show(self, form: DelegateForm, status: int = 200) -> HttpResponse:
        user, today = self.request.user, timezone.localdate()
        lasting = Delegation.objects.filter(until__gte=today, ended_at=None).order_by("since", "pk")
        context = {
            "form": form,
            "given": lasting.filter(absent=user).select_related("person"),
            "taken": lasting.filter(person=user).select_related("absent"),
            "of_others": self._of_others(lasting),
        }
        return render(self.request, "approvals/cover.html", context, status=status)

    def _whose(self, absent: User) -> str:
        return "your" if absent == self.request.user else f"{absent}’s"

    def _of_others(self, lasting: QuerySet[Delegation]) -> QuerySet[Delegation]:
        """What a comms admin may end for others."""
        administered = {
            one.force_id
            for one in self.request.user.current_memberships
            if one.role == Role.COMMS_ADMIN
        }
        if not administered:
            return lasting.none()
        members = Membership.objects.current(timezone.localdate()).filter(force__in=administered)
        theirs = lasting.filter(absent__in=members.order_by().values("person"))
        return theirs.exclude(absent=self.request.user).select_related("absent", "person")


class EndCover(PermittedView):
    permission = "approvals.delegate"

    def post(self, request: Request, pk: int) -> HttpResponse:
        delegation = (
            Delegation.objects.filter(pk=pk, ended_at=None)
            .select_related("absent", "person")
            .first()
        )
        if delegation is None or not request.user.has_perm("approvals.delegate", delegation.absent):
            raise Http404
        end_delegation(delegation, actor=request.user, now=timezone.now())
        mine = delegation.absent == request.user
        whose = "your" if mine else f"{delegation.absent}’s"
        messages.success(request, f"{delegation.person} no longer decides in {whose} place.")
        return redirect("approvals:cover")
