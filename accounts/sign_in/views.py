"""A person's own page about how they sign in, and the steps of allauth that are ours."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import BaseReauthenticateView, ReauthenticateView, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from requests import RequestException

from accounts.access import PermittedView, Request
from accounts.sign_in import second_factor, sessions
from accounts.sign_in.forms import PressForm
from accounts.sign_in.reauthentication import shown_again
from accounts.sign_in.single_sign_on import AGAIN, provider, refused


class YourSignIn(PermittedView):
    """Password, passkeys, app, recovery codes, and where one is signed in."""

    permission = "accounts.keep_sign_in"

    def get(self, request: Request) -> HttpResponse:
        rows = Authenticator.objects.filter(user=request.user).order_by("created_at", "pk")
        of: dict[str, list[Any]] = {kind: [] for kind in Authenticator.Type.values}
        for row in rows:
            of[row.type].append(row)
        context = {
            "passkeys": of["webauthn"],
            "app": next(iter(of["totp"]), None),
            "codes_left": _codes_left(of["recovery_codes"]),
            "has_factor": bool(of["webauthn"] or of["totp"]),
            "must_have_factor": second_factor.must_have_one(request.user),
            "needs_a_name": second_factor.passkeys_need_a_name(request.get_host()),
            "places": sessions.places_of(request),
            "provider": provider(),
            "idle_minutes": int(sessions.idle_limit(request.user).total_seconds() // 60),
        }
        return render(request, "accounts/sign_in.html", context)


def _codes_left(rows: list[Any]) -> int | None:
    """How many recovery codes can still be used; None for somebody without any."""
    try:
        return len(rows[0].wrap().get_unused_codes()) if rows else None
    except ValidationError:
        # Sealed with a key that is lost: none of them works any more.
        return 0


class EndSession(PermittedView):
    """Sign oneself out somewhere else."""

    permission = "accounts.keep_sign_in"

    def post(self, request: Request, pk: int) -> HttpResponse:
        if not sessions.end_place(request.user, pk, now=timezone.now()):
            raise Http404
        messages.success(request, "Signed out there.")
        return redirect("mfa_index")


class EndOtherSessions(PermittedView):
    """Sign oneself out everywhere else."""

    permission = "accounts.keep_sign_in"

    def post(self, request: Request) -> HttpResponse:
        here = request.session.session_key
        sessions.end_all(request.user, actor=request.user, now=timezone.now(), but=here)
        messages.success(request, "You are signed in here alone.")
        return redirect("mfa_index")


class Reauthenticate(ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """Show that it is still you: by password, or as whoever has none does it."""

    @property
    def by_button(self) -> bool:
        """Whether this is a person of the demonstration, who never had a password."""
        return bool(settings.DEMO and not self.request.user.has_usable_password())

    def get_form_class(self) -> Any:
        return PressForm if self.by_button else super().get_form_class()

    def form_valid(self, form: Any) -> HttpResponse:
        if self.by_button:
            shown_again(self.request, "demonstration")
            answer: HttpResponse = BaseReauthenticateView.form_valid(self, form)
        else:
            answer = super().form_valid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        has_password, signs_in_at = self.request.user.has_usable_password(), provider()
        if not self.by_button and not has_password and signs_in_at:
            after = self.get_next_url() or ""
            context |= {"provider": signs_in_at, "url_again": signs_in_at.url_again(after)}
        return context | {"by_button": self.by_button, "has_password": has_password}


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shown once, right after they were made."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().get(request, *args, **kwargs)
        except ValidationError:
            messages.error(request, "Your recovery codes can no longer be read. Make new ones.")
            return redirect("mfa_generate_recovery_codes")
        return answer


class MakeRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New ones in place of those that are left, or can no longer be read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.RECOVERY_CODES
        )
        # Not allauth's own context: it would open what may be sealed with a lost key.
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "unused_code_count": _codes_left(rows), "view": self}


# Whoever sits down at an unlocked desk must not leave a password of their own behind.
first_password = reauthentication_required(password_set)


def _by_provider(request: HttpRequest, view: Any, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view(request, provider_id)
    except (RequestException, KeyError, TypeError, ValueError):
        # No answer, or one that is not what OpenID Connect says it is.
        return refused(request, f"The sign-in service does not answer as it should. {AGAIN}")
    return answer


@login_not_required
def sign_in_by_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the force's own sign-in."""
    return _by_provider(request, openid_connect.login, provider_id)


@login_not_required
def back_from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the force's own sign-in leads back to."""
    return _by_provider(request, openid_connect.callback, provider_id)
