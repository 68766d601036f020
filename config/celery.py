"""The Celery app and the worker's own sweeps.

Celery carries wake-ups without content. Every worker also runs settings.SWEEPS by itself, in a
thread of its own, so that a dead beat, two beats or a dead broker change nothing.
"""

import logging
import os
import threading
import time
from typing import Any

from celery import Celery, bootsteps
from celery.exceptions import ImproperlyConfigured as UnfitWorker

# Without a word from outside it is production, which refuses whatever is unsafe.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

logger = logging.getLogger(__name__)
# Seconds that a worker which is told to stop waits for what platforms still have to say.
STOP_WITHIN = 5.0


class SweepThread(bootsteps.StartStopStep):
    """Runs the sweeps from when the worker starts until it stops, broker or no broker."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        # Celery cannot tell `--pool=prefork` from no word about pools: both give way to the pool
        # that the settings name, threads. Only where the settings name none does it fork.
        pool = parent.pool_cls.__module__
        if "prefork" in pool:
            message = (
                "The publishing worker must not fork: start it with --pool=threads. A forked"
                " process would share the sweep's database connection."
            )
            raise UnfitWorker(message)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="sweeps", daemon=True)

    def start(self, parent: Any) -> None:
        self.thread.start()

    def stop(self, parent: Any) -> None:
        self.stopping.set()
        self.thread.join(timeout=STOP_WITHIN + 3)

    terminate = stop

    def run(self) -> None:
        from config.sweeps import Sweeps

        sweeps = Sweeps()
        while not self.stopping.is_set():
            wait = sweeps.run_due(time.monotonic())
            self.stopping.wait(wait)
        sweeps.finish(within=STOP_WITHIN)


app = Celery("bluelamp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(SweepThread)
