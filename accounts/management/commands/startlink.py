from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from accounts.services import start_token


class Command(BaseCommand):
    help = (
        "Prints a link with which a comms admin sets up a new force in the browser. It works once"
        " and for an hour. Give it to that person alone: whoever opens it becomes the comms admin."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        token = start_token(now=timezone.now())
        self.stdout.write(f"{settings.SITE_URL}{reverse('insights:start-force', args=[token])}")
