from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demonstration.seed import seed


class Command(BaseCommand):
    help = "Makes the demonstration force, or what is missing of it. Keeps what is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            message = "The demonstration is off here: use createforce for a real force."
            raise CommandError(message)
        made = seed(now=timezone.now())
        self.stdout.write(f"The demonstration is ready ({made} drafts made).")
