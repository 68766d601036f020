"""allauth's forms in our words."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import (
    ResetPasswordForm as ForgottenPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

STRONG = (
    "At least 12 characters. Three words that do not belong together are good. Not your collar"
    " number, your name, your team or your force."
)


def _name(field: Any, label: str, required: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)


def _new_password(form: Any) -> None:
    _name(form.fields["password1"], "New password", "Enter a new password.", STRONG)
    _name(form.fields["password2"], "New password once more", "Enter the new password twice.")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["oldpassword"], "Your password now", "Enter your password now.")
        _new_password(self)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(self)


class ResetPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(self)


class ForgottenForm(ForgottenPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        _name(field, "Work e-mail", "Enter your work e-mail.")
        field.error_messages["invalid"] = "Enter an e-mail address."


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password"], "Your password", "Enter your password.")


class PressForm(forms.Form):
    """A button alone, for the demonstration's people, who have no password."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


def _as_code(form: Any, label: str, hint: str = "") -> None:
    field = form.fields["code"]
    _name(field, label, "Enter the code.", hint)
    field.widget.attrs |= {
        "class": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": "false",
    }  # fmt: skip


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, "Code that the app shows now", "Six digits. They change every half minute.")


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, "Code", "From your app, or one of your recovery codes.")


class CodeAgainForm(ReauthenticateByCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self, "Code", "From your app, or one of your recovery codes.")


# What the library raises for what no browser sends.
NO_PASSKEY = (AttributeError, KeyError, TypeError, ValueError)
NOTHING_CAME = "Your device sent no passkey that works here. Press the button once more."


def _refused() -> ValidationError:
    return ValidationError(NOTHING_CAME, code="no_passkey")


class _UsePasskey(AuthenticateWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = dict.fromkeys(("required", "invalid"), NOTHING_CAME)
        self.fields["credential"].error_messages |= said

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except NO_PASSKEY as fault:
            raise _refused() from fault


class PasskeyLoginForm(_UsePasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class PasskeyStepForm(_UsePasskey):
    """A passkey as the second step."""


class PasskeyAgainForm(_UsePasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey to show again who one is."""


NAME_HINT = "So that you know it again, for example Work phone."


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    # Every passkey of ours signs in by itself, so nobody is asked whether this one should.
    passwordless = None
    name = forms.CharField(label="Name", required=False, max_length=60, help_text=NAME_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= dict.fromkeys(
            ("required", "invalid"), "Your device made no passkey. Press the button once more."
        )

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NO_PASSKEY as fault:
            raise _refused() from fault
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text=NAME_HINT,
        error_messages={"required": "Enter a name for this passkey."},
    )
