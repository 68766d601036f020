from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.services import CannotOpen, KeyLost, NoKeys, reseal


class Command(BaseCommand):
    help = "Seals every account's credentials with the first of PUBLISHER_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = reseal()
        except NoKeys:
            raise CommandError("PUBLISHER_KEYS is not set.") from None
        except (CannotOpen, KeyLost) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{done} sealed anew. The other keys are no longer needed.")
