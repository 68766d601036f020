"""The duty call list: whom to ring, on a page, on paper and as a file."""

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import Request
from accounts.calling import Group, call_list, call_list_file, people_in
from accounts.roles import TEAM_ROLES
from accounts.services import register_was_read
from accounts.views.frames import OfAForce


class CallList(OfAForce):
    """Communications sees everybody of the force, a team itself. Whoever looks is recorded."""

    permission = "accounts.read_call_list"

    def get(self, request: Request) -> HttpResponse:
        groups = self.read("call list")
        context = {
            "force": self.force,
            "groups": groups,
            "is_whole": self._teams is None,
            "has_somebody_on_duty": any(e.is_on_duty for group in groups for e in group.entries),
            "now": timezone.now(),
        }
        return render(request, "accounts/call_list.html", context)

    def read(self, how: str) -> list[Group]:
        now = timezone.now()
        groups = call_list(self.force, now=now, teams=self._teams)
        register_was_read(self.force, people_in(groups), how=how, actor=self.request.user, now=now)
        return groups

    @property
    def _teams(self) -> Collection[int | None] | None:
        """The teams that this person is in; None for whoever rings all of them."""
        user = self.request.user
        if user.has_perm("accounts.call_everybody", self.force):
            return None
        return {
            membership.lpt_id
            for membership in user.current_memberships
            if membership.force_id == self.force.pk and membership.role in TEAM_ROLES
        }


class CallListFile(CallList):
    def get(self, request: Request) -> HttpResponse:
        text = call_list_file(self.read("call list file"))
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="call-list-{self.force.slug}.csv"'
        return answer
