from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.clock import database_now
from publishing.services import doubt_what_waits


class Command(BaseCommand):
    help = (
        "Run once after a database backup was restored and before any worker starts: what may have"
        " gone out since the backup was taken is looked up, or a person is asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--taken-at",
            required=True,
            help="when the backup was taken, with its zone: 2026-11-22T10:00+00:00",
        )

    def handle(self, *args: Any, taken_at: str, **options: Any) -> None:
        now = database_now()
        done = doubt_what_waits(taken_at=self.moment(taken_at, now), now=now)
        self.stdout.write(
            f"{done.in_doubt} tweets that waited are looked up before anything is sent."
        )
        if done.ended:
            self.stdout.write(
                f"{done.ended} were missed, refused or with a person when the backup was taken."
                " Look at the account before you answer: they may have been sent since."
            )
        if done.undecided:
            self.stdout.write(
                f"{done.undecided} drafts waited for a decision. Look at the account before you"
                " approve one: it may have been approved and sent since."
            )
        if done.has_been_worked_on:
            self.stdout.write(
                "A worker seems to have run since the backup was taken. If that was after the"
                " restore, look at the accounts: it may have sent something twice."
            )

    def moment(self, text: str, now: datetime) -> datetime:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise CommandError(f"{text!r} is no time: write 2026-11-22T10:00+00:00.") from None
        if moment.tzinfo is None:
            raise CommandError("Say in which zone that is: 2026-11-22T10:00+00:00.")
        if moment > now:
            raise CommandError("That is in the future: the backup was taken before now.")
        return moment
