"""Production: everything that differs from force to force comes from the environment.

Starting is refused, with one sentence for each fault, when something here would be unsafe.
"""

import os
from typing import Any

import dj_database_url
from csp.constants import SELF

from config.oidc import oidc_of, providers
from config.settings.base import *
from config.unsafe import refuse_unsafe


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _switch(name: str, *, default: bool) -> bool:
    return {"1": True, "true": True, "0": False, "false": False}.get(
        os.environ.get(name, "").lower(), default
    )


SECRET_KEY = os.environ.get("SECRET_KEY", INSECURE_SECRET_KEY)
# Earlier keys, which still open what was sealed and sessions that began under them.
SECRET_KEY_FALLBACKS = _words("SECRET_KEY_FALLBACKS")
AUDIT_KEY = os.environ.get("AUDIT_KEY", INSECURE_SECRET_KEY)
DEBUG = _switch("DJANGO_DEBUG", default=False)
ALLOWED_HOSTS = _words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SITE_URL = os.environ.get("SITE_URL") or (f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "")

DATABASES["default"] = dict(
    dj_database_url.parse(
        os.environ.get("DATABASE_URL", "sqlite:///missing"),
        conn_max_age=60,
        conn_health_checks=True,
    )
)
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # What the address itself asks for, such as ?sslmode=verify-full, comes on top.
    given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {**POSTGRES_OPTIONS, **given}
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ALWAYS_EAGER = _switch("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_WORKER_POOL = os.environ.get("CELERY_WORKER_POOL", "threads")

# The practice publisher is refused here unless it was asked for by name.
PRACTICE_PUBLISHER_ON_PURPOSE = _switch("PRACTICE_PUBLISHER", default=False)
# Fernet keys for the accounts' credentials: the first one seals, all of them open.
PUBLISHER_KEYS = _words("PUBLISHER_KEYS")


def _platform(backend: str, name: str) -> dict[str, Any]:
    options = {"base_url": f"{name}_URL", "proxy": "PLATFORM_PROXY", "ca_bundle": "PLATFORM_CA"}
    given = {option: os.environ.get(variable) for option, variable in options.items()}
    return {
        "BACKEND": f"publishing.backends.{backend}",
        "OPTIONS": {option: value for option, value in given.items() if value},
    }


def _x() -> dict[str, Any]:
    """X, with the app by which accounts are connected, where there is one."""
    platform = _platform("x.XPublisher", "X")
    app = {name: os.environ.get(f"X_{name.upper()}", "") for name in ("client_id", "client_secret")}
    platform["OPTIONS"] |= app if all(app.values()) else {}
    return platform


PLATFORMS = {
    "x": _x(),
    "mastodon": _platform("mastodon.MastodonPublisher", "MASTODON"),
    "bluesky": _platform("bluesky.BlueskyPublisher", "BLUESKY"),
    "console": {"BACKEND": "publishing.backends.console.ConsolePublisher"},
}
# PUBLISHERS=x,mastodon: the platforms to publish on; the first is also the one of new accounts.
CHOSEN = _words("PUBLISHERS")
UNKNOWN_PUBLISHERS = sorted(set(CHOSEN) - set(PLATFORMS))
if CHOSEN and not UNKNOWN_PUBLISHERS:
    PRACTICE = PUBLISHERS.pop("default")
    PUBLISHERS.update({name: PLATFORMS[name] for name in CHOSEN}, default=PLATFORMS[CHOSEN[0]])
    if PRACTICE_PUBLISHER_ON_PURPOSE:
        PUBLISHERS["practice"] = PRACTICE

TRAIL_MARK = str(DATA_DIR / "trail-mark.json")
ALERT_WEBHOOK_URL = os.environ.get("ALERT_WEBHOOK_URL", "")
ALERT_WEBHOOK_KEY = os.environ.get("ALERT_WEBHOOK_KEY", "")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
METRICS_NETWORKS = _words("METRICS_NETWORKS")

SECOND_FACTOR_REQUIRED = _switch("SECOND_FACTOR", default=True)
OIDC = oidc_of(os.environ)
SOCIALACCOUNT_PROVIDERS = providers(OIDC)
if OIDC.origin:
    # The button that leads there is a form, and browsers hold the way it leads to this list too.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, OIDC.origin]

SECURE_COOKIES = _switch("SECURE_COOKIES", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE_COOKIES else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
KNOWN_BROWSER_COOKIE = "__Host-known_browser" if SECURE_COOKIES else "known_browser"
# How many proxies stand in front: sign-in limits go by the address that the last of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "1"))
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(health/|healthz|readyz|metrics)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Whether browsers are shipped with its name is the force's choice for its whole domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _switch("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", DEFAULT_FROM_EMAIL)

refuse_unsafe(globals())
