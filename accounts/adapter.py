from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by a comms admin, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
