"""What production refuses to start with: one sentence for each, which says what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

Settings = Mapping[str, Any]


def _default_database(settings: Settings) -> Mapping[str, Any]:
    database: Mapping[str, Any] = settings["DATABASES"]["default"]
    return database


def _uses_practice_publisher(settings: Settings) -> bool:
    return any(
        options["BACKEND"] == "publishing.backends.mock.MockPublisher"
        for options in settings["PUBLISHERS"].values()
    )


def _short_or_known(settings: Settings, name: str) -> bool:
    return settings[name] == settings["INSECURE_SECRET_KEY"] or len(settings[name]) < 32


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
    (lambda s: bool(s["DEMO"]), "The demonstration is on: production never sets DEMO."),
]


def unsafe(settings: Settings) -> list[str]:
    """The sentences of every rule that these settings break, in the order of RULES."""
    return [sentence for breaks, sentence in RULES if breaks(settings)]


def refuse_unsafe(settings: Settings) -> None:
    """Raise ImproperlyConfigured naming everything that is unsafe in these settings."""
    if faults := unsafe(settings):
        raise ImproperlyConfigured("Blue Lamp will not start.\n- " + "\n- ".join(faults))
