"""Signing in, in our words."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's own form, which says what is missing in a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = "Enter your work e-mail."
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address."
        self.fields["password"].error_messages["required"] = "Enter your password."
