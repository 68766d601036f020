"""The second factor: who must have one, what is said about it, and how its secrets are kept."""

from ipaddress import ip_address

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.permissions import lets_out_or_administers
from accounts.sign_in.sealing import Unreadable, seal, unseal

REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
KINDS = {
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.TOTP: "an app for codes",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def must_have_one(user: User) -> bool:
    """Whether this person may do nothing before they have a second factor."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and lets_out_or_administers(user)


def has_one(user: User) -> bool:
    """Whether there is a passkey or an app for codes; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=REAL).exists())


def kinds_of(user: User) -> list[str]:
    """What this person has, in words, a passkey first."""
    there = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return [words for kind, words in KINDS.items() if kind in there]


def passkeys_need_a_name(host: str) -> bool:
    """Whether the site was opened by a number: browsers keep passkeys for names alone."""
    try:
        ip_address(host.rpartition(":")[0].strip("[]") if ":" in host else host)
    except ValueError:
        return False
    return True


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's second factor in our words, with its secrets sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not work. Try once more. If it is a code, wait for the next.",
        "cannot_delete_authenticator": "Your role needs a second factor. Add another one first,"
        " then remove this one.",
        "cannot_generate_recovery_codes": "Add a passkey or an app for codes first.",
        "unverified_email": "Your work e-mail is not confirmed. Ask the comms desk.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises ValidationError, a sentence for the person, when its key is lost."""
        try:
            return unseal(encrypted_text)
        except Unreadable as fault:
            raise ValidationError(
                "Blue Lamp can no longer read what it kept for your codes. Use a passkey, or ask"
                " the comms desk.",
                code="unreadable",
            ) from fault

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=REAL)
        return not must_have_one(user) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": "Blue Lamp"}
