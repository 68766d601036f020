"""allauth's account adapter: closed sign-up, our words, limits, and what people are told."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sign_in import guessing
from accounts.sign_in.reauthentication import is_recent
from accounts.sign_in.sessions import begin
from accounts.sign_in.single_sign_on import provider
from audit.services import record
from audit.verbs import Verb

logger = logging.getLogger(__name__)

# What was changed, by the mail that allauth wants to send about it: the sentence for the mail, and
# the word for the trail.
CHANGES = {
    "account/email/password_changed": ("Your password was changed.", "password"),
    "account/email/password_set": ("A password was set for you.", "password"),
    "account/email/password_reset": ("A new password was set by a link in a mail.", "password"),
    "mfa/email/totp_activated": ("An app for codes was added.", "app added"),
    "mfa/email/totp_deactivated": ("Your app for codes was removed.", "app removed"),
    "mfa/email/webauthn_added": ("A passkey was added.", "passkey added"),
    "mfa/email/webauthn_removed": ("A passkey was removed.", "passkey removed"),
    "mfa/email/recovery_codes_generated": ("New recovery codes were made.", "recovery codes"),
}
WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code from your app",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by a comms admin, never by whoever finds the page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That work e-mail and password do not belong together.",
        "too_many_login_attempts": "You have tried too often. Wait 15 minutes and try again.",
        "rate_limited": "You have tried too often. Wait 15 minutes and try again.",
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your password now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be led to `url` after signing in; what is no address is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        begin(request.session, time.time())

    def post_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **said)
        guessing.remember(request, response, user)
        return response

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who that is; None for a wrong password, and for any where too many were wrong."""
        email = credentials.get("email", "")
        if email and guessing.is_held_off(request, email):
            self._refuse_as_wrong(request, **credentials)
            return None
        user: User | None = super().authenticate(request, **credentials)
        if email and user is None:
            guessing.note_wrong(request, email, now=timezone.now())
        return user

    def _refuse_as_wrong(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer, take as long and count at this address as for a wrong password."""
        self.pre_authenticate(request, **credentials)
        authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        self.authentication_failed(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries are counted together: one person's from one address.

        By the person alone, anybody could lock anybody out.
        """
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{key}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        logger.info("A sign-in from %s failed.", self.get_client_ip(request))

    # --- showing it again

    def is_reauthentication_required(self, *, app: str) -> bool:
        """False for whoever signed in lately.

        Raises ReauthenticationRequired otherwise: allauth by itself would ask nobody again who has
        neither a password nor a second factor.
        """
        if is_recent(self.request):
            return False
        raise ReauthenticationRequired

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways that this person has, the usual one first."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = WAYS[method["id"]]
        has_page = any(method["id"] == "reauthenticate" for method in methods)
        if user.is_authenticated and not has_page and (settings.DEMO or provider()):
            words = "Go on as the same person" if settings.DEMO else "Sign in once more"
            url = reverse("account_reauthenticate")
            methods.append({"id": "again", "description": words, "url": url})
        return methods

    # --- mail

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Record that somebody's way of signing in was changed, and tell them by mail."""
        sentence, what = CHANGES[template_prefix]
        now = timezone.now()
        record(Verb.SIGN_IN_CHANGED, user, actor=user, at=now, what=what)
        said = {
            "sentence": sentence, "at": now, "address": self.get_client_ip(self.request),
            "desk": user.comms_desk,
        }  # fmt: skip
        self.send_mail("account/email/sign_in_changed", email or user.email, said)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it, or log that it was not: the page answers alike, whoever asked."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.warning("Mail %s was not sent: %s", template_prefix, type(error).__name__)
