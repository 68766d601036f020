"""Showing again who one is, before something dangerous: nothing that was typed is lost.

A view says `reauthenticates = True` (accounts.access.PermittedView). When the person has not
signed in lately, what they sent is kept, sealed, in their session; they show who they are, are led
back to the same address, and it is done as if it had come just then.
"""

import secrets
import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.sign_in.sealing import Unreadable, seal, unseal
from accounts.sign_in.sessions import SIGNED_IN_AT

KEPT = "kept_request"
# The part of the address that says which request is to be taken up again.
TOKEN = "go_on"  # noqa: S105
KEPT_FOR = 15 * 60


def is_recent(request: HttpRequest) -> bool:
    """Whether the person signed in, or showed again who they are, within the limit."""
    since = time.time() - settings.REAUTHENTICATE_AFTER.total_seconds()
    if request.session.get(SIGNED_IN_AT, 0) > since:
        return True
    shown = (r for r in get_authentication_records(request, request.user) if _is_again(r))
    return any(record["at"] > since for record in shown)


def _is_again(record: dict[str, object]) -> bool:
    return bool(record.get("reauthenticated"))


def shown_again(request: HttpRequest, method: str) -> None:
    """Write into the session that the person has just shown who they are."""
    record_authentication(request, request.user, method=method, reauthenticated=True)


def ask_first(request: HttpRequest) -> HttpResponse | None:
    """Lead to showing who one is, and keep what was sent; None when it need not be asked.

    A GET of the address that somebody was led back to becomes, once, the POST that was kept: it
    passed every check when it was sent, and nobody but the same session has its token.
    """
    kept = _kept(request)
    if request.method != "POST" and not kept:
        return None
    if is_recent(request):
        if kept:
            _take_up(request, kept)
        return None
    if not kept:
        token = secrets.token_urlsafe(16)
        sealed = seal(request.POST.urlencode())
        request.session[KEPT] = [token, request.path, time.time(), sealed]
        return _lead(f"{request.path}?{urlencode({TOKEN: token})}")
    return _lead(request.get_full_path())


def _lead(after: str) -> HttpResponse:
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': after})}")


def _kept(request: HttpRequest) -> str:
    """What the address of this GET says is to be taken up, still sealed; "" for nothing."""
    if request.method != "GET" or TOKEN not in request.GET:
        return ""
    token, path, at, sealed = request.session.get(KEPT) or ("", "", 0, "")
    is_it = secrets.compare_digest(token.encode(), request.GET[TOKEN].encode())
    return sealed if is_it and path == request.path and time.time() - at < KEPT_FOR else ""


def _take_up(request: HttpRequest, sealed: str) -> None:
    del request.session[KEPT]
    try:
        sent = QueryDict(unseal(sealed))
    except Unreadable:
        # The key changed meanwhile: then the page is shown, and they begin again.
        return
    request.method = "POST"
    request.POST = sent
