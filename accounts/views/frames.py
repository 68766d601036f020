"""What the pages of a comms admin share."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import PermittedView
from accounts.models import LPT, Force, User
from accounts.services import kept_people


class OfAForce(PermittedView):
    """A page about the force for which this person has the permission, maybe not their first."""

    @cached_property
    def force(self) -> Force:
        user = self.request.user
        for membership in user.current_memberships:
            if user.has_perm(self.permission, membership.force):
                return membership.force
        raise PermissionDenied

    @property
    def from_begin(self) -> bool:
        """Whether this person came from the steps of setting up a force."""
        return self.request.GET.get("from") == "begin"

    def back_to_the_list(self) -> HttpResponse | None:
        """Back to the steps of setting up a force, for whoever came from there."""
        return redirect("approvals:begin") if self.from_begin else None

    def team(self, pk: int) -> LPT:
        """One of the force's teams, closed ones among them; 404 for any other."""
        team = LPT.objects.filter(force=self.force, pk=pk).select_related("merged_into").first()
        if team is None:
            raise Http404
        return team

    def person(self, pk: int) -> User:
        """Somebody whom the force's comms admins administer; 404 for anybody else."""
        kept = kept_people(self.force, on=timezone.localdate())
        person = kept.filter(pk=pk).first()
        if person is None:
            raise Http404
        return person
