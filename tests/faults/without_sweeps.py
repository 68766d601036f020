"""The test settings with a worker that looks at nothing by itself: only a wake-up moves it."""

from config.settings.test import *  # noqa: F403

SWEEPS = []
