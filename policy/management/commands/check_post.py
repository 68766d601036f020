"""`manage.py check_post`: the rulebook for other programs, JSON lines in and out."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policy.core import PackError, load_packs
from policy.core.lines import answer
from policy.services import name_detector

NEUTRAL = "neutral"


class Command(BaseCommand):
    help = (
        'Read one JSON object per line, {"text": ...}, and answer each with one line: length, '
        "entities and findings, or an error. The order is kept; nothing else is written."
    )
    # It reads no database and must start fast.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pack", default=NEUTRAL, help="the pack for lines that name none (%(default)s)"
        )

    def handle(self, *args: Any, pack: str, **options: Any) -> None:
        try:
            packs = load_packs(settings.POLICY_PACKS)
        except PackError as error:
            raise CommandError(str(error)) from error
        if pack not in packs:
            raise CommandError(f"There is no pack called “{pack}”.")
        names = name_detector()
        for line in sys.stdin.buffer:
            self.stdout.write(json.dumps(answer(line, packs, packs[pack], names)))
