"""What every request passes: no caching of private pages, no hostile bytes, sign-in first."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.sign_in import second_factor
from accounts.sign_in.sessions import (
    LAST_DID,
    SIGNED_IN_AT,
    access_has_ended,
    has_run_out,
    note_activity,
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivatePages:
    """Nothing that a signed-in person saw is kept by a browser or a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class CleanInput:
    """Null bytes are cut out of what was typed, and refused in an address.

    PostgreSQL stores no null byte, so without this a pasted one would end as a server error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_params and request.content_params.get(
            "charset", "utf-8"
        ).lower() not in {"utf-8", "utf8"}:
            # Python knows encodings that are no text at all; a browser sends none of them.
            return render(request, "404.html", status=400)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "404.html", status=404)
        if request.method == "POST" and any(
            "\0" in v for _, vs in request.POST.lists() for v in vs
        ):
            cleaned = request.POST.copy()
            for name, values in request.POST.lists():
                cleaned.setlist(name, [str(value).replace("\0", "") for value in values])
            request.POST = cleaned  # type: ignore[assignment]
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Everything is behind sign-in unless declared public.

    A session that ended while somebody typed answers with their text, not with a bare form.
    """

    def handle_no_permission(  # type: ignore[override]  # more kinds of answers than a redirect
        self, request: HttpRequest, view_func: object
    ) -> HttpResponseBase:
        typed = request.POST.get("text", "") if request.method == "POST" else ""
        back_to = request.get_full_path() if request.method == "GET" else reverse("insights:desk")
        login_url = redirect_to_login(back_to).url
        is_over = access_has_ended(request.session)
        if request.headers.get("HX-Request"):
            desk = redirect_to_login(reverse("insights:desk")).url
            context = {"login_url": desk, "access_has_ended": is_over}
            return render(request, "drafts/_signed_out.html", context, status=401)
        if request.method != "GET":
            context = {
                "kept_text": typed, "login_url": login_url, "access_has_ended": is_over,
            }  # fmt: skip
            return render(request, "419.html", context, status=419)
        return redirect_to_login(back_to)


class SessionClock:
    """Ends a session that ran out, and writes down once a minute that somebody does something.

    What a page asks by itself, of a view that says `is_background`, is nobody's doing: a page that
    is left open must not keep its reader signed in.
    """

    EVERY = 60

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if user.is_authenticated and has_run_out(request.session, user, time.time()):
            logout(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if getattr(getattr(view, "view_class", None), "is_background", False):
            return
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get(LAST_DID, 0) >= self.EVERY:
            # A session from before there were limits begins to count now.
            request.session.setdefault(SIGNED_IN_AT, now)
            request.session[LAST_DID] = now
            note_activity(request, timezone.now())


class SecondFactorRequired:
    """Leads whoever must have a second factor, and has none, to the page where they add one.

    Nothing else lets them through, but for what is there for people who are not signed in.
    """

    WAY_THERE = frozenset(
        {
            "mfa_index",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "mfa_view_recovery_codes",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user: Any = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in self.WAY_THERE or not user.is_authenticated:
            return None
        if second_factor.must_have_one(user) and not second_factor.has_one(user):
            return redirect("mfa_index")
        return None
