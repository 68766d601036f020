"""Everyday drafts to measure with: the demonstration's own, and a hundred written by hand."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Categories about the everyday; the others are about cases or answer someone else's words.
ROUTINE: Final = frozenset(
    {
        "meeting",
        "you-said-we-did",
        "advice",
        "traffic",
        "weather",
        "newsletter",
        "partner-event",
        "question",
        "local-issue",
    }
)


@dataclass(frozen=True, slots=True)
class Routine:
    """A draft in an everyday category, and the id of that category."""

    category: str
    text: str


def routine_tweets() -> list[Routine]:
    """The tweets in `routine.txt`: "[category]" heads those that follow it."""
    written = Path(__file__).with_name("routine.txt").read_text(encoding="utf-8")
    return list(_tweets(written.splitlines()))


def _tweets(lines: list[str]) -> Iterator[Routine]:
    category = ""
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            category = line[1:-1]
        elif line and not line.startswith("# "):
            yield Routine(category, line)


@dataclass(frozen=True, slots=True)
class Judged:
    """A made-up tweet and what a person wants met in it: labels, as in the labelled sets."""

    text: str
    labels: frozenset[str]


def judged_tweets() -> list[Judged]:
    """The tweets in `judged.txt`: "label|label | text", or "- | text"."""
    written = Path(__file__).with_name("judged.txt").read_text(encoding="utf-8").splitlines()
    lines = (line.partition(" | ") for line in written if line and not line.startswith("# "))
    return [Judged(text, frozenset(labels.split("|")) - {"-"}) for labels, _, text in lines]


def demonstration_drafts() -> list[Routine]:
    """The demonstration's drafts in everyday categories, made in a database of their own.

    Starts PostgreSQL unless it runs as part of a test run.
    """
    from bench.lateness import running_servers
    from tests import servers

    with running_servers(), servers.fresh_database() as url:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ["DATABASE_URL"] = url
        import django
        from django.db import connections

        django.setup()
        from django.utils import timezone

        from demonstration.seed import seed
        from drafts.models import Draft

        seed(now=timezone.now())
        drafts = [Routine(draft.category, draft.text) for draft in Draft.objects.order_by("pk")]
        connections.close_all()
    return [draft for draft in drafts if draft.category in ROUTINE]
