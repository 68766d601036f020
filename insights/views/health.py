"""Answers for supervisors and for monitoring, not for people."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from insights.services.metrics import CONTENT_TYPE, metrics
from insights.services.readiness import faults
from insights.views.public import PublicView


class Alive(PublicView):
    """200 while the process answers, whatever else is down: nothing else is asked."""

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"status": "alive"})


class Ready(PublicView):
    """200 when everything that publishing needs is there; 503 and what is wrong otherwise."""

    def get(self, request: HttpRequest) -> JsonResponse:
        if wrong := faults():
            return JsonResponse({"status": "not ready", "wrong": wrong}, status=503)
        return JsonResponse({"status": "ready"})


class Metrics(PublicView):
    """Figures for those who hold the token or sit in an allowed network; 404 for others."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not (_holds_token(request) or _is_allowed(request)):
            raise Http404
        return HttpResponse(metrics(), content_type=CONTENT_TYPE)


def _holds_token(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(given, f"Bearer {token}")


def _is_allowed(request: HttpRequest) -> bool:
    # What came through a proxy has the proxy's address, so there only the token counts.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.METRICS_NETWORKS)
