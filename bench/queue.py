"""What the review queue costs beside Django's admin: `make bench`.

Real PostgreSQL, once with few drafts that wait and once with many; the whole application answers
in this process, without a network. Prints one line of JSON: for each look at the queue (the first
page, filtered, searched, a deep page), for the page of one draft and for an approval, p50 and p95
in milliseconds, the queries and the kilobytes of the page as it is sent (gzip); the same of the
admin's list, search and deep page over the same table; how much more the queue costs with many
than with few (at most 1.25), and how much faster its search is than the admin's (at least 10).
To reach: p95 of 80 ms with 100,000, 8 queries, 12 kB.
"""

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from bench.lateness import running_servers
from tests import servers

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from drafts.models import Draft

Row = TypeVar("Row", bound="Model")
TEAMS = 40
BATCH = 2000
WARM_UP, ROUND = 5, 25
BEGINNINGS = "Kings Brack Oak Elm Nether Upper Marl Fern Hazel Stone Mill Long West East North"
ENDS = "ford ley ton wick field combe bury worth mere hurst gate stead den holm thorpe by stow"
# Each stands in one of 255 drafts, as the name of a street or a village does.
PLACES = [begin + end for begin in BEGINNINGS.split() for end in ENDS.split()]
TEXT = "Meet your team in {place} on Thursday, 6pm, and tell us what matters. Invitation {number}."


@dataclass
class Looks:
    """What one kind of request cost: milliseconds of each, and of the last one the rest."""

    milliseconds: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: float = 0.0

    def timed(self, ask: "Callable[..., Any]", *arguments: Any) -> Any:
        began = time.perf_counter()
        answer = ask(*arguments)
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        return answer

    def counted(self, ask: "Callable[..., Any]", *arguments: Any) -> Any:
        """The same, not timed: its queries and the size of its page are kept."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            answer = ask(*arguments)
        self.queries = len(queries)
        self.kilobytes = len(gzip.compress(answer.content)) / 1000
        if os.environ.get("V"):
            for query in queries:
                print(query["sql"][:300], file=sys.stderr)  # noqa: T201  asked for
        return answer

    @property
    def p95(self) -> float:
        return sorted(self.milliseconds)[int(len(self.milliseconds) * 0.95)]

    def summary(self) -> dict[str, float]:
        return {
            "p50": round(statistics.median(self.milliseconds), 1),
            "p95": round(self.p95, 1),
            "queries": self.queries,
            "kB": round(self.kilobytes, 1),
        }


# --- what waits


@dataclass(frozen=True)
class Waiting:
    """A database in which so many drafts wait, and who may decide on them."""

    url: str
    count: int
    person: "User"
    team: int


def seed(url: str, count: int) -> Waiting:
    """One draft of each team is written and submitted as officers do, the others are its copies.

    Each copy has words, a time and a hash of its own.
    """
    from django.db import connection
    from django.utils import timezone

    from accounts.roles import Role
    from tests.factories import Scene, submitted

    scene, now = Scene(), timezone.now()
    accounts = [scene.account, *(scene.other_account() for _ in range(TEAMS - 1))]
    originals = [
        submitted(scene, account=account, author=scene.person(lpt=account.lpt), now=now)
        for account in accounts
    ]
    for begin in range(0, count - TEAMS, BATCH):
        numbers = range(begin, min(begin + BATCH, count - TEAMS))
        copy_rows([originals[number % TEAMS] for number in numbers], numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    person = scene.person(Role.COMMS_APPROVER)
    return Waiting(url, count, person, accounts[1].lpt_id or 0)


def copy_rows(originals: "list[Draft]", numbers: range) -> None:
    """One submitted draft like each of `originals`, for each of `numbers`."""
    from drafts.models import Draft, ReviewStep, Revision, Submission

    drafts, revisions, submissions, steps = [], [], [], []
    for original, number in zip(originals, numbers, strict=True):
        text = TEXT.format(place=PLACES[number % len(PLACES)], number=number)
        hours = timedelta(hours=1 + number % 400) if number % 3 else None
        planned = original.changed_at + hours if hours else None
        draft = anew(original, key=uuid.uuid4(), text=text, planned_at=planned)
        draft.queue_at = planned or original.changed_at + timedelta(milliseconds=number)
        (first,) = original.revisions.all()
        revision = anew(first, draft=draft, text=text, planned_at=planned)
        revision.content_hash = draft.content_hash = revision.content().digest()
        drafts.append(draft)
        revisions.append(revision)
        submissions += [
            anew(row, draft=draft, revision=revision) for row in first.submissions.all()
        ]
        steps += [anew(row, revision=revision) for row in first.steps.all()]
    Draft.objects.bulk_create(drafts)
    Revision.objects.bulk_create(revisions)
    Submission.objects.bulk_create(submissions)
    ReviewStep.objects.bulk_create(steps)


def anew(row: "Row", **changes: Any) -> "Row":
    """A row like this one that is not in the database yet."""
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    del kept[row._meta.pk.attname]
    made = type(row)(**kept)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


# --- looking at it


def looks_at(waiting: Waiting, *, times: int, with_admin: bool) -> dict[str, Looks]:
    """What each kind of request costs, asked so many times in turn."""
    from django.test import Client

    from drafts.models import Draft, cursor_of

    client = Client(raise_request_exception=True)
    client.force_login(waiting.person)
    ordered = Draft.objects.awaiting_review().oldest_due_first()
    middle = ordered[waiting.count * 3 // 4]
    cursor = cursor_of(middle.queue_at or middle.changed_at, middle.pk)
    chance = random.Random(5)  # noqa: S311  which word is looked for is no secret

    def words() -> str:
        # Another one each time, so that nothing answers from what it kept.
        return chance.choice(PLACES).lower()

    asked: dict[str, Callable[[], str]] = {
        "first": lambda: "/review/",
        "filtered": lambda: f"/review/?lpt={waiting.team}&found=clean&due=today",
        "searched": lambda: f"/review/?q={words()}",
        "deep": lambda: f"/review/?after={cursor}",
    }
    if with_admin:
        last = waiting.count // 25 * 3 // 4
        asked |= {
            "admin_first": lambda: "/admin/drafts/draft/?state__exact=submitted",
            "admin_searched": lambda: f"/admin/drafts/draft/?state__exact=submitted&q={words()}",
            "admin_deep": lambda: f"/admin/drafts/draft/?state__exact=submitted&p={last}",
        }
    looks = {name: Looks() for name in asked}
    for name, address in asked.items():
        for _ in range(WARM_UP):
            expect(client.get(address()), 200)
        for _ in range(times):
            expect(looks[name].timed(client.get, address()), 200)
        expect(looks[name].counted(client.get, address()), 200)
    return looks


def decisions(waiting: Waiting, *, times: int) -> dict[str, Looks]:
    """What it costs to open a draft and to approve it; each answer leads to the next draft."""
    from django.test import Client

    from drafts.models import Draft

    client = Client(raise_request_exception=True)
    client.force_login(waiting.person)
    opened, approved = Looks(), Looks()
    draft = Draft.objects.awaiting_review().oldest_due_first()[0]
    for turn in range(WARM_UP + times + 1):
        address = f"/review/{draft.pk}/"
        shown = {
            "decision": "approve",
            "revision_number": draft.revision_number,
            "revision_hash": draft.content_hash,
            "step": draft.step,
        }
        if turn < WARM_UP:
            expect(client.get(address), 200)
            answer = client.post(address, shown)
        elif turn < WARM_UP + times:
            expect(opened.timed(client.get, address), 200)
            answer = approved.timed(client.post, address, shown)
        else:
            expect(opened.counted(client.get, address), 200)
            answer = approved.counted(client.post, address, shown)
        expect(answer, 302)
        draft = Draft.objects.get(pk=answer.headers["Location"].strip("/").split("/")[-1])
    return {"opened": opened, "approved": approved}


def expect(answer: Any, status: int) -> None:
    if answer.status_code != status:
        sys.exit(f"{answer.status_code} instead of {status}: {answer.content[:500]!r}")


# --- all of it


def measured(waiting: Waiting, *, times: int, with_admin: bool = False) -> dict[str, Looks]:
    from tests.publishing import stage

    with stage.django_on(waiting.url):
        looks = looks_at(waiting, times=times, with_admin=with_admin)
        return looks | decisions(waiting, times=times)


def main() -> None:
    parser = argparse.ArgumentParser(description="What does the review queue cost?")
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=200, help="of each look")
    options = parser.parse_args()
    with (
        running_servers(),
        tempfile.TemporaryDirectory(dir=servers.run_folder()) as folder,
        servers.fresh_database() as few_url,
        servers.fresh_database() as many_url,
    ):
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peer_settings"
        os.environ |= {"DATABASE_URL": few_url, "BLUELAMP_DATA": folder, "BLUELAMP_KEPT": "600"}
        import django

        django.setup()
        from tests.publishing import stage

        waiting = []
        for url, count in ((few_url, options.few), (many_url, options.many)):
            with stage.django_on(url):
                waiting.append(seed(url, count))
        few, many = waiting
        # Half of the few before and half of them after the many: the machine may change.
        half = (options.times + 1) // 2
        with_few = measured(few, times=half)
        with_many = measured(many, times=options.times, with_admin=True)
        for name, looks in measured(few, times=half).items():
            with_few[name].milliseconds += looks.milliseconds
    growth = {
        name: round(
            statistics.median(with_many[name].milliseconds) / statistics.median(looks.milliseconds),
            2,
        )
        for name, looks in with_few.items()
    }
    print(  # noqa: T201  it is what this prints
        json.dumps(
            {
                str(options.few): {name: looks.summary() for name, looks in with_few.items()},
                str(options.many): {name: looks.summary() for name, looks in with_many.items()},
                "growth": growth,
                "times_the_admins_search": round(
                    statistics.median(with_many["admin_searched"].milliseconds)
                    / statistics.median(with_many["searched"].milliseconds),
                    1,
                ),
            }
        )
    )


if __name__ == "__main__":
    main()
