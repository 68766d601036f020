"""What the review queue costs beside Django's admin: `make bench`.

Real PostgreSQL, once with few drafts that wait and once with many; the whole application answers
in this process, without a network. Prints one line of JSON: for each look at the queue (the first
page, filtered, searched for a word that is rare and for one that is everywhere, a deep page), for
the page of one draft and for an approval, p50 and p95 in milliseconds, how much of the p50 this
process and how much the database took, the queries and the kilobytes of the page as it is sent
(gzip); the same of the admin's list, search and deep page over the same table, and what the sweeps
cost that look at what waits; how much more the queue costs with many than with few (at most 1.25),
where every page draws 25 drafts.
To reach: p95 of 80 ms with 100,000, 8 queries, 12 kB.

How much faster the search is than the admin's is said twice, and at least 10 was asked for: as a
whole, where both spend most of their time on drawing a page, and for the database's part alone,
which is what grows with what waits. `admins_list` is how much faster the admin's own list is, drawn
with nothing looked for: about what a page can reach at most.
"""

import argparse
import csv
import gzip
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.lateness import running_servers
from tests import servers

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from drafts.models import Draft

# As many teams and places as leave more than a page of each team's drafts and of each place's.
TEAMS, TEAM_OF = 40, 1000
BATCH = 20_000
WARM_UP, PAGE_OF = 5, 40
ROUNDS = 8
BEGINNINGS = "Kings Brack Oak Elm Nether Upper Marl Fern Hazel Stone Mill Long West East North"
ENDS = "ford ley ton wick field combe bury worth mere hurst gate stead den holm thorpe by stow"
# With many each stands in one of 255 drafts, as the name of a street or a village does.
PLACES = [begin + end for begin in BEGINNINGS.split() for end in ENDS.split()]
# As long as tweets of real forces are: of 297 a quarter had up to 127 characters, half up to 202
# and three quarters up to 251.
TEXT = "Meet your team in {place} on Thursday, 6pm, and tell us what matters. Invitation {number}."
MORE = (
    "",
    " Parking, speeding, noise: whatever it is.",
    " Parking, speeding, noise: whatever it is, we want to hear it. You do not have to book, and"
    " there is tea for everyone.",
    " Parking, speeding, noise: whatever it is, we want to hear it. You do not have to book, and"
    " there is tea for everyone. Too far for you? Each month we are in another part of town.",
)


@dataclass
class Looks:
    """What one kind of request cost: milliseconds of each, and of the last one the rest."""

    milliseconds: list[float] = field(default_factory=list)
    # Of each, what this process worked and what it waited for the database.
    working: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: float = 0.0

    def timed(self, ask: "Callable[..., Any]", *arguments: Any) -> Any:
        from django.db import connection

        waited = 0.0

        def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            nonlocal waited
            asked = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                waited += time.perf_counter() - asked

        with connection.execute_wrapper(watch):
            began, worked = time.perf_counter(), time.process_time()
            answer = ask(*arguments)
            self.working.append((time.process_time() - worked) * 1000)
            self.milliseconds.append((time.perf_counter() - began) * 1000)
        self.database.append(waited * 1000)
        return answer

    def join(self, others: "Looks") -> None:
        self.milliseconds += others.milliseconds
        self.working += others.working
        self.database += others.database
        self.queries, self.kilobytes = others.queries, others.kilobytes

    def counted(self, ask: "Callable[..., Any]", *arguments: Any) -> Any:
        """The same, not timed: its queries and the size of its page are kept."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            answer = ask(*arguments)
        self.queries = len(queries)
        self.kilobytes = len(gzip.compress(getattr(answer, "content", b""))) / 1000
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
            "working": round(statistics.median(self.working), 1),
            "database": round(statistics.median(self.database), 1),
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
    teams = min(TEAMS, max(1, count // TEAM_OF))
    accounts = [scene.account, *(scene.other_account() for _ in range(teams - 1))]
    originals = [
        submitted(scene, account=account, author=scene.person(lpt=account.lpt), now=now)
        for account in accounts
    ]
    for begin in range(0, count - teams, BATCH):
        numbers = range(begin, min(begin + BATCH, count - teams))
        copy_rows([originals[number % teams] for number in numbers], numbers, places_of(count))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    person = scene.person(Role.COMMS_APPROVER)
    return Waiting(url, count, person, accounts[min(1, teams - 1)].lpt_id or 0)


def places_of(count: int) -> list[str]:
    """The places in the texts of so many drafts, each in more than a page of them."""
    return PLACES[: max(1, count // PAGE_OF)]


def copy_rows(originals: "list[Draft]", numbers: range, places: "Sequence[str]" = PLACES) -> None:
    """One submitted draft like each of `originals`, for each of `numbers`; on PostgreSQL."""
    from django.db import connection

    from drafts.models import Draft, ReviewStep, Revision, Submission

    contents = {
        draft.pk: draft.revisions.select_related("account").get().content()
        for draft in set(originals)
    }
    rows = io.StringIO()
    table = csv.writer(rows)
    for original, number in zip(originals, numbers, strict=True):
        text = (TEXT + MORE[number % len(MORE)]).format(
            place=places[number % len(places)], number=number
        )
        digest = replace(contents[original.pk], text=text).digest()
        hours = timedelta(hours=1 + number % 400) if number % 3 else None
        planned = original.changed_at + hours if hours else None
        queued = planned or original.changed_at + timedelta(milliseconds=number)
        table.writerow([original.pk, uuid.uuid4(), text, digest, planned or "", queued])
    rows.seek(0)
    changed = {
        "text": "copy.text",
        "content_hash": "copy.content_hash",
        "planned_at": "copy.planned_at",
    }
    with connection.cursor() as cursor:
        cursor.execute(COPIES)
        cursor.cursor.copy_expert("COPY copy FROM STDIN WITH (FORMAT csv)", rows)
        cursor.execute("ANALYZE copy")
        of_draft = changed | {
            "key": "copy.key",
            "queue_at": "copy.queue_at",
            # As if the sweep that reminds had looked at each.
            "remind_at": "old.submitted_at + (COALESCE(copy.planned_at,"
            " old.submitted_at + interval '7 days') - old.submitted_at) / 2",
            "remind_by_day_at": "old.submitted_at + interval '1 hour'",
        }
        cursor.execute(like(Draft, of_draft) + "JOIN copy ON copy.original = old.id")
        new = " JOIN drafts_draft AS new ON new.key = copy.key "
        cursor.execute(
            like(Revision, changed | {"draft_id": "new.id"})
            + "JOIN copy ON copy.original = old.draft_id"
            + new
        )
        first = "JOIN drafts_revision AS first ON first.draft_id = new.id"
        cursor.execute(
            like(Submission, {"draft_id": "new.id", "revision_id": "first.id"})
            + "JOIN copy ON copy.original = old.draft_id"
            + new
            + first
        )
        cursor.execute(
            like(ReviewStep, {"revision_id": "first.id"})
            + "JOIN drafts_revision AS its ON its.id = old.revision_id"
            + " JOIN copy ON copy.original = its.draft_id"
            + new
            + first
        )
        cursor.execute("DROP TABLE copy")


COPIES = """CREATE TEMPORARY TABLE copy (
    original bigint, key uuid, text text, content_hash text,
    planned_at timestamptz, queue_at timestamptz
)"""


def like(model: "type[Model]", changes: dict[str, str]) -> str:
    """The beginning of an INSERT of rows like old ones, with other values in some columns."""
    columns = [str(f.column) for f in model._meta.concrete_fields if not f.primary_key]
    values = [changes.get(column, f"old.{column}") for column in columns]
    table = model._meta.db_table
    # Names of our own models alone.
    return (
        f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608
        f" SELECT {', '.join(values)} FROM {table} AS old "
    )


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
        return chance.choice(places_of(waiting.count)).lower()

    asked: dict[str, Callable[[], str]] = {
        "first": lambda: "/review/",
        "filtered": lambda: f"/review/?lpt={waiting.team}&found=clean&due=today",
        "searched": lambda: f"/review/?q={words()}",
        "everywhere": lambda: "/review/?q=invitation",
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


def sweeps(*, times: int) -> dict[str, Looks]:
    """What it costs to look for what is to be reminded of, has expired or goes on; none is."""
    from django.utils import timezone

    from approvals.services import expire_overdue, finish_steps, remind

    now = timezone.now()
    looks = {"remind": Looks(), "expire": Looks(), "finish": Looks()}
    for name, sweep in zip(looks, (remind, expire_overdue, finish_steps), strict=True):
        ask = partial(sweep, now=now)
        # What was submitted by hand is looked at for the first time.
        for _ in range(WARM_UP):
            ask()
        for _ in range(times):
            if looks[name].timed(ask):
                sys.exit(f"There was something to do for {name}.")
        looks[name].counted(ask)
    return looks


def expect(answer: Any, status: int) -> None:
    if answer.status_code != status:
        sys.exit(f"{answer.status_code} instead of {status}: {answer.content[:500]!r}")


# --- all of it


def measured(waiting: Waiting, *, times: int, with_admin: bool = False) -> dict[str, Looks]:
    from tests.publishing import stage

    with stage.django_on(waiting.url):
        return looks_at(waiting, times=times, with_admin=with_admin) | sweeps(times=times)


def times_as_long(one: Looks, other: Looks, of: str = "milliseconds") -> float:
    return float(statistics.median(getattr(one, of)) / statistics.median(getattr(other, of)))


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
        # In turn, since the machine may be slower at one minute than at the next.
        with_few: defaultdict[str, Looks] = defaultdict(Looks)
        with_many: defaultdict[str, Looks] = defaultdict(Looks)
        times = -(-options.times // ROUNDS)
        for _ in range(ROUNDS):
            for place, kept in ((few, with_few), (many, with_many)):
                for name, looks in measured(place, times=times, with_admin=place is many).items():
                    kept[name].join(looks)
        # Last, as what they leave behind (an alert, as nothing delivers here) has a banner.
        for place, kept in ((few, with_few), (many, with_many)):
            with stage.django_on(place.url):
                kept.update(decisions(place, times=options.times))
    growth = {
        name: round(times_as_long(with_many[name], looks), 2) for name, looks in with_few.items()
    }
    search = with_many["admin_searched"]
    than_search = {
        "whole": times_as_long(search, with_many["searched"]),
        "database": times_as_long(search, with_many["searched"], "database"),
        "admins_list": times_as_long(search, with_many["admin_first"]),
    }
    print(  # noqa: T201  it is what this prints
        json.dumps(
            {
                str(options.few): {name: looks.summary() for name, looks in with_few.items()},
                str(options.many): {name: looks.summary() for name, looks in with_many.items()},
                "growth": growth,
                "times_the_admins_search": {
                    name: round(times, 1) for name, times in than_search.items()
                },
            }
        )
    )


if __name__ == "__main__":
    main()
