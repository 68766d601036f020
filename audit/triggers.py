"""Database triggers: the rules that not even our own code can go round.

Each app lists its triggers in its own `triggers.py`; settings.TRIGGERS names those lists. Functions
that an app calls by itself are listed, installed and looked for in the same way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row trigger. `when` and `postgresql`/`sqlite` are SQL with OLD and NEW in reach.

    A guard (`refuses` set) raises with that sentence when `when` holds. Any other trigger runs
    its statement for each row. `only` names the one database that has it, where not both do.
    """

    name: str
    table: str
    event: Event
    when: str = ""
    refuses: str = ""
    statement: str = ""
    moment: Literal["BEFORE", "AFTER"] = "BEFORE"
    only: Literal["postgresql", "sqlite", ""] = ""

    def sql(self, vendor: str) -> list[str]:
        """The statements that (re)create this trigger on `vendor`; none where it has no place."""
        if self.only not in {"", vendor}:
            return []
        build = {"postgresql": self._postgresql, "sqlite": self._sqlite}
        return build[vendor]()

    def _postgresql(self) -> list[str]:
        if self.refuses:
            body = f"RAISE EXCEPTION '{self.refuses}' USING ERRCODE = 'check_violation';"
        else:
            body = f"{self.statement};"
        if self.when:
            body = f"IF {self.when} THEN {body} END IF;"
        result = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body} RETURN {result}; END $$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} {self.moment} {self.event} ON {self.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {self.name}()",
        ]

    def _sqlite(self) -> list[str]:
        if self.event == "TRUNCATE":
            # SQLite has no such statement: it deletes row by row.
            return []
        body = f"SELECT RAISE(ABORT, '{self.refuses}')" if self.refuses else self.statement
        condition = f" WHEN {self.when}" if self.when else ""
        return [
            f"DROP TRIGGER IF EXISTS {self.name}",
            f"CREATE TRIGGER {self.name} {self.moment} {self.event} ON {self.table}"
            f" FOR EACH ROW{condition} BEGIN {body}; END",
        ]


@dataclass(frozen=True, slots=True)
class Function:
    """A function that PostgreSQL runs in one round trip; SQLite has none.

    `name` ends with "()", which tells it from a trigger; `create` gives the whole statement.
    """

    name: str
    create: Callable[[], str]

    def sql(self, vendor: str) -> list[str]:
        """The statements that (re)create this function on `vendor`."""
        return [self.create()] if vendor == "postgresql" else []


def append_only(table: str, *, unless: str = "") -> list[Trigger]:
    """Triggers that refuse to change or delete a row of `table`.

    `unless` is an SQL condition on OLD under which an update is still allowed.
    """
    return [
        Trigger(
            name=f"{table}_no_update",
            table=table,
            event="UPDATE",
            when=f"NOT ({unless})" if unless else "",
            refuses=f"{table} rows are never changed",
        ),
        Trigger(
            name=f"{table}_no_delete",
            table=table,
            event="DELETE",
            refuses=f"{table} rows are never deleted",
        ),
        Trigger(
            name=f"{table}_no_truncate",
            table=table,
            event="TRUNCATE",
            refuses=f"{table} rows are never deleted",
        ),
    ]


TRIGGERS = [*append_only("audit_record"), *append_only("audit_seal")]


def all_triggers() -> Iterator[Trigger | Function]:
    for path in settings.TRIGGERS:
        yield from import_string(path)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers and functions that should be in this database and are not."""
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        " UNION ALL SELECT proname || '()' FROM pg_proc"
        " WHERE pronamespace = CAST(current_schema() AS regnamespace)",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [
        trigger.name
        for trigger in all_triggers()
        if trigger.sql(connection.vendor) and trigger.name not in present
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger, replacing what is there. Safe to run again."""
    with connection.cursor() as cursor:
        for trigger in all_triggers():
            # Each by itself: whoever locks two tables at once may deadlock with a worker at work.
            with transaction.atomic(using=connection.alias):
                for statement in trigger.sql(connection.vendor):
                    cursor.execute(statement)


def install_after_migrate(
    *, using: str, plan: list[tuple[Any, bool]] | None = None, **_: object
) -> None:
    # Migrating back to zero removes the tables that the triggers stand on.
    if not any(backwards for _, backwards in plan or []):
        install(connections[using])
