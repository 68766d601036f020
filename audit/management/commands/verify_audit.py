from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.services import verify


class Command(BaseCommand):
    help = "Walks the sealed trail and names the first broken row. Exit code 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if verdict.fault:
            raise CommandError(
                f"The audit trail is broken at seal {verdict.fault.seq}: {verdict.fault.reason}."
                f" The {verdict.sealed} records before it are intact."
            )
        self.stdout.write(
            f"The audit trail is intact: {verdict.sealed} records sealed,"
            f" {verdict.unsealed} waiting for their seal."
        )
