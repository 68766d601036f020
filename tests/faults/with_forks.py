"""The test settings without the pool that they choose: what --pool says then counts."""

from config.settings.test import *  # noqa: F403

CELERY_WORKER_POOL = ""
