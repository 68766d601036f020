"""What production refuses to start with: one sentence for each, which says what to do."""

import base64
from collections.abc import Callable, Mapping
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from django.core.exceptions import ImproperlyConfigured

Settings = Mapping[str, Any]
SHORTEST_TOKEN = 32


def _default_database(settings: Settings) -> Mapping[str, Any]:
    database: Mapping[str, Any] = settings["DATABASES"]["default"]
    return database


PRACTICE = {
    "publishing.backends.mock.MockPublisher",
    "publishing.backends.console.ConsolePublisher",
}


def _backends(settings: Settings) -> set[str]:
    return {options["BACKEND"] for options in settings["PUBLISHERS"].values()}


def _uses_practice_publisher(settings: Settings) -> bool:
    return not _backends(settings).isdisjoint(PRACTICE)


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False


def _cannot_seal(settings: Settings) -> bool:
    """Whether there are credentials to keep, and no keys, or broken ones, to keep them with."""
    keys = settings["PUBLISHER_KEYS"]
    is_real = bool(_backends(settings) - PRACTICE)
    return (is_real and not keys) or not all(map(_is_fernet_key, keys))


# Each process would count sign-in tries, used codes and used tokens for itself.
NOT_SHARED = ("LocMemCache", "DummyCache", "FileBasedCache")
# Mail goes to a log, a folder or nowhere.
NOT_SENDING = (
    "demonstration.",
    *(f"django.core.mail.backends.{name}." for name in ("console", "dummy", "filebased", "locmem")),
)
STRONG_HASHERS = ("Argon2PasswordHasher",)


def _cache_is_not_shared(settings: Settings) -> bool:
    caches = settings["CACHES"].get("default", {})
    return not caches or caches["BACKEND"].endswith(NOT_SHARED)


def _limits_are_off(settings: Settings) -> bool:
    limits = settings["ACCOUNT_RATE_LIMITS"] or {}
    needed = ("login_failed", "tries_at_one_person")
    return any("/key" not in (limits.get(name) or "") for name in needed)


def _passwords_are_weak(settings: Settings) -> bool:
    hashers = settings["PASSWORD_HASHERS"]
    names = {check["NAME"].rpartition(".")[2] for check in settings["AUTH_PASSWORD_VALIDATORS"]}
    needed = {"MinimumLengthValidator", "CommonPasswordValidator", "NothingAboutYou"}
    return not hashers or not hashers[0].endswith(STRONG_HASHERS) or bool(needed - names)


def _sessions_last(settings: Settings) -> bool:
    return (
        settings["ACCOUNT_SESSION_REMEMBER"] is not False
        or not settings["SESSION_EXPIRE_AT_BROWSER_CLOSE"]
        or settings["SESSION_IDLE"] > timedelta(minutes=30)
        or settings["SESSION_IDLE_APPROVING"] > timedelta(minutes=15)
        or settings["SESSION_LASTS"] > timedelta(hours=12)
    )


def _factor_is_weak(settings: Settings) -> bool:
    return (
        settings["MFA_WEBAUTHN_USER_VERIFICATION"] != "required"
        or bool(settings.get("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"))
        or bool(settings.get("MFA_TOTP_INSECURE_BYPASS_CODE"))
        or bool(settings.get("MFA_TRUST_ENABLED"))
    )


def _short_or_known(settings: Settings, name: str) -> bool:
    return settings[name] == settings["INSECURE_SECRET_KEY"] or len(settings[name]) < 32


def _is_network(word: str) -> bool:
    try:
        ip_network(word)
    except ValueError:
        return False
    return True


RULES: list[tuple[Callable[[Settings], bool], str]] = [
    (lambda s: bool(s["DEBUG"]), "DEBUG is on: unset DJANGO_DEBUG."),
    (
        lambda s: _short_or_known(s, "SECRET_KEY"),
        "SECRET_KEY is missing, short or the one in the source: set SECRET_KEY to 50 random"
        " characters.",
    ),
    (
        lambda s: _short_or_known(s, "AUDIT_KEY"),
        "AUDIT_KEY is missing, short or the one in the source: set AUDIT_KEY to 50 random"
        " characters and keep it outside the database.",
    ),
    (
        lambda s: not _default_database(s)["ENGINE"].endswith("postgresql"),
        "The database is not PostgreSQL: set DATABASE_URL to postgresql://user:password@host/name.",
    ),
    (
        lambda s: not str(s["CELERY_BROKER_URL"]).startswith(("redis://", "rediss://")),
        "There is no Redis: set REDIS_URL to redis://host:6379/0.",
    ),
    (
        lambda s: bool(s["CELERY_TASK_ALWAYS_EAGER"]),
        "Celery runs tasks in the web process: unset CELERY_TASK_ALWAYS_EAGER.",
    ),
    (
        lambda s: s["CELERY_WORKER_POOL"] != "threads",
        "The publishing worker must not fork: set CELERY_WORKER_POOL to threads.",
    ),
    (
        lambda s: (
            not s["ALLOWED_HOSTS"]
            or any(host.startswith((".", "*")) for host in s["ALLOWED_HOSTS"])
        ),
        "ALLOWED_HOSTS is empty or holds a wildcard: name each host, for example"
        " ALLOWED_HOSTS=bluelamp.force.example.",
    ),
    (
        lambda s: not (s["SESSION_COOKIE_SECURE"] and s["CSRF_COOKIE_SECURE"]),
        "Cookies would travel over plain HTTP: unset SECURE_COOKIES and serve over HTTPS.",
    ),
    (
        lambda s: _uses_practice_publisher(s) and not s["PRACTICE_PUBLISHER_ON_PURPOSE"],
        "Tweets would go to the practice publisher, where nobody sees them: configure PUBLISHERS,"
        " or set PRACTICE_PUBLISHER=1 to say that you want this.",
    ),
    (
        lambda s: (
            bool(s["ALERT_WEBHOOK_URL"])
            and not (str(s["ALERT_WEBHOOK_URL"]).startswith("https://") and s["ALERT_WEBHOOK_KEY"])
        ),
        "Alerts would be handed on unsigned or in the clear: ALERT_WEBHOOK_URL starts with https://"
        " and needs an ALERT_WEBHOOK_KEY of 50 random characters.",
    ),
    (
        lambda s: 0 < len(s["METRICS_TOKEN"]) < SHORTEST_TOKEN,
        "Anybody could guess METRICS_TOKEN: use 50 random characters, or leave it empty.",
    ),
    (
        lambda s: not all(_is_network(network) for network in s["METRICS_NETWORKS"]),
        "METRICS_NETWORKS holds something that is no network: write 10.1.0.0/16 or one address.",
    ),
    (
        _cannot_seal,
        "The accounts' credentials cannot be sealed: set PUBLISHER_KEYS to one or more keys of 32"
        " random bytes in URL-safe base64, separated by commas; keep them outside the database.",
    ),
    (
        lambda s: bool(s["UNKNOWN_PUBLISHERS"]),
        "PUBLISHERS names a platform that there is not: choose among x, mastodon, bluesky and"
        " console.",
    ),
    (
        lambda s: not s["SECOND_FACTOR_REQUIRED"],
        "Approvers and admins could sign in with a password alone: unset SECOND_FACTOR.",
    ),
    (
        _factor_is_weak,
        "A second factor could be passed without the device asking who holds it: leave the MFA_"
        " settings as they come.",
    ),
    (
        _cache_is_not_shared,
        "Each process would count wrong passwords for itself: set CACHES to Redis, as it comes.",
    ),
    (
        _limits_are_off,
        "Passwords could be tried without end: leave ACCOUNT_RATE_LIMITS as it comes.",
    ),
    (
        _passwords_are_weak,
        "Passwords would be weak, or kept so that they can be found out: leave PASSWORD_HASHERS and"
        " AUTH_PASSWORD_VALIDATORS as they come.",
    ),
    (
        _sessions_last,
        "People would stay signed in for too long: leave the SESSION_ settings as they come, and"
        " ACCOUNT_SESSION_REMEMBER off.",
    ),
    (
        lambda s: any(len(key) < SHORTEST_TOKEN for key in s["SECRET_KEY_FALLBACKS"]),
        "SECRET_KEY_FALLBACKS holds a short key: name only keys that once were SECRET_KEY.",
    ),
    (
        lambda s: s["OIDC"].is_partial or s["OIDC"].is_in_the_clear,
        "Single sign-on is half configured, or would believe whoever answers: set OIDC_SERVER_URL,"
        " which starts with https://, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them.",
    ),
    (
        lambda s: bool(s["PRACTICE_MAIL"]) or s["EMAIL_BACKEND"].startswith(NOT_SENDING),
        "Mail would not be sent, and its links would lie about: leave EMAIL_BACKEND and"
        " PRACTICE_MAIL as they come.",
    ),
    (lambda s: bool(s["DEMO"]), "The demonstration is on: production never sets DEMO."),
]


def unsafe(settings: Settings) -> list[str]:
    """The sentences of every rule that these settings break, in the order of RULES."""
    return [sentence for breaks, sentence in RULES if breaks(settings)]


def refuse_unsafe(settings: Settings) -> None:
    """Raise ImproperlyConfigured naming everything that is unsafe in these settings."""
    if faults := unsafe(settings):
        raise ImproperlyConfigured("Blue Lamp will not start.\n- " + "\n- ".join(faults))
