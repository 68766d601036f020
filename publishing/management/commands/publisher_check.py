from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import AccountStatus, SocialAccount
from publishing.services import try_connection


class Command(BaseCommand):
    help = "Asks a platform who each account of a publisher is. Posts nothing; fails if one fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("alias", help="the publisher, as PUBLISHERS names it")

    def handle(self, *args: Any, alias: str, **options: Any) -> None:
        accounts = SocialAccount.objects.filter(publisher=alias).exclude(
            status=AccountStatus.CLOSED
        )
        if not accounts.exists():
            raise CommandError(f"No account uses the publisher “{alias}”.")
        failed = 0
        for account in accounts.in_order():
            connection = try_connection(account)
            failed += not connection.works
            self.stdout.write(
                f"{'ok' if connection.works else 'FAILED'} {account}: {connection.sentence}"
            )
        if failed:
            raise CommandError(f"{failed} of {accounts.count()} accounts are not connected.")
