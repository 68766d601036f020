"""What the views that decide have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PermittedView
from approvals.showing import ended_words


class DecidingView(PermittedView):
    """A page to decide on. Whoever's cover or role ended while it was open reads just that."""

    permission = "approvals.review"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except (PermissionDenied, Http404):
            words = ended_words(self.request.user, timezone.localdate())
            if not words:
                raise
            context = {"heading": "You do not decide on this any more", "reason": words}
            return render(request, "403.html", context, status=403)
