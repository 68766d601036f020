"""The demonstration that `make run` serves: SQLite, a folder as broker, the practice publisher."""

import os

from config.settings.base import *

DEMO = True
INSTALLED_APPS += ["demonstration"]
# Whose session ended chooses a person again: nobody here has a password.
LOGIN_URL = "demo-start"
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# SECOND_FACTOR=1: those who approve or administer must add a second factor here as well.
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR") == "1"
SITE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"

DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES["default"] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "bluelamp.sqlite3",
    "OPTIONS": SQLITE_OPTIONS,
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    },
}
EMAIL_BACKEND = "demonstration.mail.PracticeMail"
PRACTICE_MAIL = str(DATA_DIR / "mail")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(BROKER_DIR / "messages"),
    "data_folder_out": str(BROKER_DIR / "messages"),
    "control_folder": str(BROKER_DIR / "control"),
    "polling_interval": 0.2,
}
for name in ("messages", "control"):
    (BROKER_DIR / name).mkdir(parents=True, exist_ok=True)

# A second practice publisher that cannot be asked what became of a tweet.
PUBLISHERS["blind"] = {
    "BACKEND": "publishing.backends.mock.MockPublisher",
    "OPTIONS": {"ledger": str(PRACTICE_LEDGER), "ability": "blind"},
}
