"""Settings of the test run: a real PostgreSQL and Redis, whose addresses come from the run."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import dj_database_url

from config.settings.base import *

DEMO = True
INSTALLED_APPS += ["demonstration"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
SECRET_KEY = AUDIT_KEY = "a key for the tests alone, long enough for every check"
DATA_DIR = Path(os.environ.get("BLUELAMP_DATA") or tempfile.mkdtemp(prefix="bluelamp-test-"))
PRACTICE_LEDGER = DATA_DIR / "practice-ledger.sqlite3"
PUBLISHER_KEYS = ["a2V5IGZvciB0aGUgdGVzdHMgYWxvbmUsIDMyIGJ5dGU="]
PUBLISHERS = {
    alias: {
        "BACKEND": "publishing.backends.mock.MockPublisher",
        "OPTIONS": {"ledger": str(PRACTICE_LEDGER), "ability": ability},
    }
    for alias, ability in (("default", "token"), ("lookup", "lookup"), ("blind", "blind"))
}

DATABASES["default"] = dict(
    dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'bluelamp.sqlite3'}"
    )
)
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS if ON_SQLITE else POSTGRES_OPTIONS
# Measurements keep their connections, as production does.
if seconds := os.environ.get("BLUELAMP_KEPT"):
    DATABASES["default"] |= {"CONN_MAX_AGE": float(seconds), "CONN_HEALTH_CHECKS": True}

SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR") == "1"

CELERY_BROKER_URL = os.environ.get("REDIS_URL") or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# The run scales the waiting times down; the protocol is the same.
if seconds := os.environ.get("BLUELAMP_STOP_WINDOW"):
    STOP_WINDOW = timedelta(seconds=float(seconds))
if seconds := os.environ.get("BLUELAMP_LEASE"):
    DELIVERY_LEASE = timedelta(seconds=float(seconds))
if seconds := os.environ.get("BLUELAMP_SETTLE"):
    DELIVERY_SETTLE = timedelta(seconds=float(seconds))
# A running server knows its own address, and where the fake X answers.
if site := os.environ.get("BLUELAMP_SITE"):
    SITE_URL = site
    # In a browser its mail can be read.
    EMAIL_BACKEND = "demonstration.mail.PracticeMail"
    PRACTICE_MAIL = str(DATA_DIR / "mail")
if fake_x := os.environ.get("BLUELAMP_FAKE_X"):
    PUBLISHERS["x"] = {
        "BACKEND": "publishing.backends.x.XPublisher",
        "OPTIONS": {
            "base_url": fake_x,
            "site": fake_x,
            "client_id": "the-client",
            "client_secret": "secret-of-the-client",
        },
    }
# The test run hears of every name that a template looks for in vain.
if os.environ.get("BLUELAMP_LOUD"):
    INSTALLED_APPS += ["tests.loud.LoudConfig"]
