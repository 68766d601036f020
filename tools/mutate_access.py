"""Takes each declaration of who may do what away, and sees whether the matrix notices.

`make mutate-access`: every one that `tools.weakenings` finds. The database and the world of
tests/security come up once, on SQLite in memory. Some children ask every cell of the matrix with
nothing changed, and note which right said no there and which query was asked. Then there is one
for each mutant, which asks the cells that may notice it, the likeliest first, and in the end who
has the right, or sees the thing, by tests/security/rights.py. The first answer that is not as
declared kills the mutant.

Set aside: cells that are answered otherwise on SQLite with nothing changed. More than one in a
hundred of these stops the run.

Prints one line of JSON: killed and total per module, per sort of loss and in all, and how many were
noticed by the answer to a request. Names of apps leave out the others: what is declared there meets
the routes of these apps alone.
"""

import argparse
import contextlib
import gc
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tools import mutation
from tools.mutants import ROOT
from tools.mutation import (
    KILLED,
    SURVIVED,
    Answer,
    Measurement,
    Tally,
    TestsSayNothing,
    allow_more_time,
)

if TYPE_CHECKING:
    from tests.security.world import World
    from tools.weakenings import Weakening

# Name of the route, method, person.
Cell = tuple[str, str, str]
BY_A_REQUEST: Final = "answered: "
# Most rights are asked on every page, for the navigation. If none of so many cells, the likeliest
# first, is answered otherwise, it is for the tables of rights to notice.
MOST: Final = 24


@dataclass
class Noted:
    """What went on in each cell with nothing changed."""

    # By the name of a right: where it said no, and where it did so about something.
    refused: dict[str, set[Cell]] = field(default_factory=dict)
    refused_about: dict[str, set[Cell]] = field(default_factory=dict)
    # By model and method: where that query was asked.
    asked: dict[Any, set[Cell]] = field(default_factory=dict)
    wrong: set[Cell] = field(default_factory=set)

    def add(self, other: "Noted") -> None:
        for name in ("refused", "refused_about", "asked"):
            mine = getattr(self, name)
            for key, cells in getattr(other, name).items():
                mine.setdefault(key, set()).update(cells)
        self.wrong |= other.wrong


class Matrix:
    """The cells of some routes, and how they are asked."""

    def __init__(self, world: "World", apps: Collection[str]) -> None:
        from django.urls import get_resolver

        from tests.security.answers import DECLARED, PEOPLE
        from tests.test_architecture import routes

        self.world, self.expected = world, DECLARED
        self.noted = Noted()
        found = routes(get_resolver().url_patterns)
        self.views = {
            name: getattr(pattern.callback, "view_class", pattern.callback)
            for name, pattern in found
            if not apps or app_of(pattern.callback) in apps
        }
        self.cells: list[Cell] = [
            (name, method, who)
            for name in self.views
            for method in DECLARED[name]
            for who in PEOPLE
        ]

    # --- with nothing changed

    def note(self, jobs: int) -> None:
        """Ask every cell and note what goes on there. Raises TestsSayNothing."""
        parts = [self.cells[start::jobs] for start in range(jobs)]
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / str(number) for number in range(jobs)]
            mutation.all_answers(
                [partial(self._note, *some) for some in zip(parts, files, strict=True)]
            )
            for file in files:
                self.noted.add(pickle.loads(file.read_bytes()))  # noqa: S301  our own file
        wrong = sorted(self.noted.wrong)
        if len(wrong) * 100 > len(self.cells):
            raise TestsSayNothing(
                f"{wrong[0]} is not as declared without any change, as {len(wrong)} cells are not"
            )

    def _note(self, cells: Collection[Cell], file: Path) -> Answer:
        noted, now = Noted(), [("", "", "")]
        watch_rights(noted, now)
        watch_queries(noted, now)
        for cell in cells:
            allow_more_time()
            now[0] = cell
            if self._deviation(cell):
                noted.wrong.add(cell)
        file.write_bytes(pickle.dumps(noted))
        return SURVIVED, ""

    # --- with a declaration lost

    def verdict(self, weakening: "Weakening") -> Answer:
        """Whether anything is not as declared any more, and what; in a process of its own."""
        weakening.put_in(pytest.MonkeyPatch())
        for cell in self.may_notice(weakening):
            allow_more_time()
            if deviation := self._deviation(cell):
                return KILLED, f"{BY_A_REQUEST}{deviation}"
        for check in (self._lets_past, self._asks_nobody, self._is_held, self._is_seen):
            allow_more_time()
            if deviation := check(weakening):
                return KILLED, deviation
        return SURVIVED, ""

    def may_notice(self, weakening: "Weakening") -> list[Cell]:
        """The cells that can be answered otherwise, the likeliest first."""
        from tools.weakenings import Loss

        subject, who = weakening.subject, weakening.who
        cells: Collection[Cell]
        match weakening.sort:
            case Loss.SIGN_IN:
                cells = [c for c in self.cells if c[0] == subject and c[2] in {"ano", "dis"}]
            case Loss.PERMISSION:
                cells = [c for c in self.cells if issubclass_of(self.views[c[0]], subject)]
            case Loss.ROLE:
                cells = [c for c in self.noted.refused.get(subject, ()) if c[2] == who]
            case Loss.THING:
                cells = self.noted.refused_about.get(subject, ())
            case Loss.SIGHT:
                cells = self.noted.asked.get(subject, ())
            case _:
                cells = ()

        def distance(cell: Cell) -> tuple[bool, bool, Cell]:
            name, method, who = cell
            elsewhere = getattr(self.views[name], "permission", "") != subject
            refused = self.expected[name][method][who] in {"403", "404"}
            return elsewhere, not refused, cell

        likeliest = sorted(set(cells) - self.noted.wrong, key=distance)
        return likeliest if weakening.sort in {Loss.SIGN_IN, Loss.PERMISSION} else likeliest[:MOST]

    def _deviation(self, cell: Cell) -> str:
        from tests.security.asking import ask

        name, method, who = cell
        try:
            answer = ask(name, method, who, self.world)
        except Exception as error:  # noqa: BLE001  whatever a view may raise fails a test
            answer = type(error).__name__
        expected = self.expected[name][method][who]
        return "" if answer == expected else f"{name} {method} {who} {answer} for {expected}"

    def _lets_past(self, weakening: "Weakening") -> str:
        """A view may refuse by itself whoever is not let in; what it has no method for tells."""
        from django.db import transaction
        from django.test import Client

        from tests.security.addresses import address
        from tests.security.answers import PEOPLE
        from tests.security.asking import other_method
        from tests.security.world import become
        from tools.weakenings import Loss

        if weakening.sort is not Loss.PERMISSION:
            return ""
        names = [n for n, view in self.views.items() if issubclass_of(view, weakening.subject)]
        for name, who in product(names, PEOPLE):
            with transaction.atomic():
                client = Client()
                become(client, who, self.world)
                answer = client.put(address(name, self.world)).status_code
                transaction.set_rollback(True)
            if answer != (expected := other_method(name, who)):
                return f"{BY_A_REQUEST}{name} put {who} {answer} for {expected}"
        return ""

    def _asks_nobody(self, weakening: "Weakening") -> str:
        from django.db import transaction
        from django.test import Client

        from tests.security.asking import DANGEROUS, asks_again, hurried
        from tools.weakenings import Loss

        if weakening.sort is not Loss.AGAIN:
            return ""
        for name in sorted(DANGEROUS & self.views.keys()):
            if issubclass_of(self.views[name], weakening.subject):
                with transaction.atomic():
                    answer = hurried(Client(), name, "adm", self.world)
                    transaction.set_rollback(True)
                if not asks_again(answer):
                    return f"{BY_A_REQUEST}{name} asks nobody again"
        return ""

    def _is_held(self, weakening: "Weakening") -> str:
        from tests.security.rights import RIGHTS, holders, who_is_who
        from tools.weakenings import Loss

        if weakening.sort not in {Loss.ROLE, Loss.THING}:
            return ""
        everybody = who_is_who(self.world)
        for (right, thing), people in RIGHTS.items():
            if right != weakening.subject:
                continue
            if holders(right, thing, self.world, everybody) != people:
                return f"declared: {right} {thing}"
        return ""

    def _is_seen(self, weakening: "Weakening") -> str:
        from tests.security.rights import SIGHTS, seers, who_is_who
        from tools.weakenings import Loss

        if weakening.sort is not Loss.SIGHT:
            return ""
        model, method = weakening.subject
        _, people = SIGHTS[model, method]
        is_so = seers(model, method, self.world, who_is_who(self.world)) == people
        return "" if is_so else f"declared: {model} {method}"


def app_of(callback: Any) -> str:
    """The app whose route it is; allauth's are those of accounts."""
    module: str = getattr(callback, "view_class", callback).__module__
    app = module.partition(".")[0]
    return "accounts" if app == "allauth" else app


def issubclass_of(view: Any, other: type) -> bool:
    return isinstance(view, type) and issubclass(view, other)


def watch_rights(noted: Noted, now: list[Cell]) -> None:
    """Note from now on in which cell a right says no."""
    from accounts.tables import Predicate, permission_table

    def watched(right: str, predicate: Predicate) -> Predicate:
        def answer(user: Any, about: Any) -> bool:
            yes = predicate(user, about)
            if not yes:
                noted.refused.setdefault(right, set()).add(now[0])
                if about is not None:
                    noted.refused_about.setdefault(right, set()).add(now[0])
            return yes

        return answer

    table = permission_table()
    table.update({right: watched(right, predicate) for right, predicate in table.items()})


def watch_queries(noted: Noted, now: list[Cell]) -> None:
    """Note from now on in which cell a query is asked for what is somebody's."""
    from tests.security.rights import SIGHTS
    from tools.weakenings import queryset_of

    def watched(key: tuple[str, str], query: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*args: Any, **kwargs: Any) -> Any:
            noted.asked.setdefault(key, set()).add(now[0])
            return query(*args, **kwargs)

        return answer

    for model, method in SIGHTS:
        queryset = queryset_of(model, method)
        setattr(queryset, method, watched((model, method), getattr(queryset, method)))


class ByRequests(Tally):
    """It also counts what was noticed by the answer to a request."""

    by_requests = 0

    def count(self, mutant: mutation.Change, word: str, by: str) -> None:
        super().count(mutant, word, by)
        self.by_requests += by.startswith(BY_A_REQUEST)


@contextlib.contextmanager
def the_world(ledger: Path) -> "Iterator[World]":
    """A database in memory with the world of tests/security in it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from tests.security.world import make_world, publishers

    with override_settings(PUBLISHERS=publishers(ledger), PRACTICE_LEDGER=ledger):
        yield make_world()


def measured(world: "World", options: argparse.Namespace) -> str:
    """The line to print. Raises TestsSayNothing."""
    from tools.weakenings import weakenings

    matrix = Matrix(world, options.modules)
    matrix.note(options.jobs)
    mutants = [
        weakening
        for weakening in weakenings()
        if not options.modules or weakening.module.partition("/")[0] in options.modules
    ]
    # The children are to copy as little of it as can be.
    gc.collect()
    gc.freeze()
    measurement: Measurement[Weakening] = Measurement(
        lambda weakening, _: partial(matrix.verdict, weakening),
        jobs=options.jobs,
        verbose=options.verbose,
        tally=ByRequests(),
    )
    chosen = mutation.shuffled(mutants, options)
    measurement.measure([partial(lambda mutant: mutant, mutant) for mutant in chosen])
    tally = measurement.tally
    assert isinstance(tally, ByRequests)
    return tally.as_json(
        options.seed,
        by_requests=tally.by_requests,
        cells=len(matrix.cells),
        set_aside=len(matrix.noted.wrong),
    )


def main() -> None:
    options = mutation.parser(
        "Does the authorisation matrix notice a lost declaration?", modules="names of apps"
    ).parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "BLUELAMP_DATA": data,
            "DATABASE_URL": "sqlite://:memory:",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        os.environ.pop("REDIS_URL", None)
        try:
            with the_world(Path(data) / "practice-ledger.sqlite3") as world:
                print(measured(world, options))
        except TestsSayNothing as nothing:
            mutation.stop(nothing)


if __name__ == "__main__":
    main()
