import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from publishing.clock import database_now
from publishing.services import finish_sending

# Seconds: more than any platform may take.
PATIENCE = 20.0


class Command(BaseCommand):
    help = "Runs the workers' sweeps once, without Celery; with --every, again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, help="seconds between looks", default=None)

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is None:
            self._once()
            return
        # Named and not imported: the worker's own rounds lie in config, above every app.
        sweeps = import_string("config.sweeps.Sweeps")()
        while True:
            sweeps.run_due(time.monotonic())
            time.sleep(every)

    def _once(self) -> None:
        for _, path in settings.SWEEPS:
            done = import_string(path)(now=database_now())
            if done:
                self.stdout.write(f"{path}: {done}")
        finish_sending(within=PATIENCE)
