"""Signing in by the force's own OpenID Connect provider: only people in the register, by e-mail.

The provider says who somebody is; the register says what they may. Nobody signs up, and nothing
is kept of what the provider said. See docs/decisions/0025.
"""

import logging
import time
from typing import Any, NamedTuple, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.sign_in.reauthentication import shown_again

logger = logging.getLogger(__name__)

PROVIDER_ID = "force"
AGAIN = "Try once more. If it happens again, sign in another way or ask the comms desk."


class Provider(NamedTuple):
    """The force's provider, as the sign-in page names it."""

    name: str
    url: str

    def url_again(self, after: str) -> str:
        """Where somebody signs in there afresh, who is led to `after` then."""
        wishes = urlencode({"prompt": "login", "max_age": "0"})
        return f"{self.url}?{urlencode({'next': after, 'auth_params': wishes})}"


def provider() -> Provider | None:
    """The provider that is configured, if there is one."""
    apps = app_settings.PROVIDERS.get("openid_connect", {}).get("APPS", [])
    if not apps:
        return None
    return Provider(apps[0]["name"], reverse("openid_connect_login", args=[PROVIDER_ID]))


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Back to signing in, or to where one was, with one sentence."""
    messages.error(request, sentence)
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def _stop(request: HttpRequest, sentence: str) -> NoReturn:
    raise ImmediateHttpResponse(refused(request, sentence))


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in whoever stands in the register with the e-mail that the provider has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Leave it to pre_social_login: allauth would take a password away here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        name = sociallogin.provider.name
        emails = [address.email for address in sociallogin.email_addresses if address.verified]
        if not emails:
            _stop(request, f"{name} did not confirm an e-mail address of yours. {AGAIN}")
        person = User.objects.filter(email__iexact=emails[0]).first()
        if person is None:
            logger.warning("Single sign-on of somebody who is not in the register.")
            _stop(
                request,
                f"Nobody is registered here with {emails[0]}. Ask the comms desk for an account.",
            )
        if request.user.is_authenticated:
            self._show_again(request, sociallogin, person)
        sociallogin.user = person

    def _show_again(self, request: HttpRequest, sociallogin: SocialLogin, person: User) -> NoReturn:
        """Somebody signed in shows that it is still them: only by a fresh sign-in there."""
        if person != request.user:
            _stop(request, f"You signed in as {person}, who is somebody else. Sign out first.")
        told = sociallogin.account.extra_data.get("id_token", {}).get("auth_time")
        at = told if isinstance(told, int | float) else 0
        if time.time() - at > settings.REAUTHENTICATE_AFTER.total_seconds():
            _stop(
                request,
                f"{sociallogin.provider.name} did not ask you to sign in again. Sign out, sign in,"
                " then do it within ten minutes.",
            )
        shown_again(request, "socialaccount")
        after = sociallogin.get_redirect_url(request) or reverse("mfa_index")
        raise ImmediateHttpResponse(redirect(after))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in a sentence why nobody was signed in, for every way in which it can fail."""
        logger.warning("Single sign-on failed: %s %s", error, type(exception).__name__)
        if error == AuthError.CANCELLED:
            _stop(request, f"You were not signed in: {provider.name} was told not to.")
        if exception is None:
            _stop(
                request,
                f"Signing in with {provider.name} took too long, or began in another window. Begin"
                " again.",
            )
        _stop(request, f"{provider.name} gave an answer that cannot be trusted. {AGAIN}")
