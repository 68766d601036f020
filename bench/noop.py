"""A Celery app with one task that does nothing: what the dispatcher is compared with."""

import os

from celery import Celery

app = Celery("noop", broker=os.environ.get("BROKER", "memory://"))
app.conf.task_ignore_result = True


@app.task
def noop() -> None:
    """Nothing at all."""
