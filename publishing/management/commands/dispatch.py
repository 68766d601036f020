import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from publishing.clock import database_now


class Command(BaseCommand):
    help = "Runs the workers' sweeps once, without Celery; with --every, again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, help="seconds between runs", default=None)

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        while True:
            for _, path in settings.SWEEPS:
                done = import_string(path)(now=database_now())
                if done:
                    self.stdout.write(f"{path}: {done}")
            if every is None:
                return
            time.sleep(every)
