"""For every member of the force: what waits, how late it is, and what to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PermittedView, Request
from publishing.services import status_of


class StatusPage(PermittedView):
    permission = "publishing.see_status"

    def get(self, request: Request) -> HttpResponse:
        status = status_of(request.user, now=timezone.now())
        return render(request, "publishing/status.html", {"status": status})
