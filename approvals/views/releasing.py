"""Giving up a claim when somebody moves on."""

from django.http import HttpResponse

from accounts.access import PermittedView, Request
from approvals.services import release
from approvals.views.review import reviewed_draft


class Release(PermittedView):
    """Sent by the page itself when it is left, without anybody pressing anything."""

    permission = "approvals.review"

    def post(self, request: Request, pk: int) -> HttpResponse:
        release(reviewed_draft(request.user, pk), actor=request.user)
        return HttpResponse(status=204)
