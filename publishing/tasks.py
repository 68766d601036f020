from celery import shared_task

from publishing import services
from publishing.clock import database_now
from publishing.wakeup import TASK


@shared_task(name=TASK)
def dispatch() -> None:
    services.dispatch_due(now=database_now())
