"""Taking one guard out of the workers or out of the database, to see that the suite notices.

A guard that lives in SQL is taken out of the SQL: every statement of a worker passes through
`rewrite`, and so does every function of the product in the database. A guard in Python is replaced
where it stands. This is the one file to adapt when the protocol's code moves.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from publishing.backends.base import Publisher
from publishing.models import Delivery
from publishing.workflow import Move, Outcome
from tests import servers
from tests.faults.suite import levers


@dataclass(frozen=True)
class Guard:
    """What has to go for this guard to be gone."""

    name: str
    what: str
    # The scenario that must notice, by the name of its class.
    noticed_by: str
    # (pattern, replacement) in SQL, of workers and of functions in the database.
    patterns: tuple[tuple[str, str], ...] = ()
    # Statements for the database.
    statements: tuple[str, ...] = ()
    # What to replace in a worker's Python.
    patch: Callable[[], None] | None = None


VALUE = r"(%s|'[^']*'::\w+|\$\d+|[\w.\"]+)"


def _any_content() -> None:
    """CHECK no longer computes the hash of what goes out; it believes what was approved."""

    def trusting(original: Callable[..., Any]) -> Callable[..., Any]:
        def payload_of(delivery: Any) -> Any:
            payload = original(delivery)
            return dataclasses.replace(payload, content_hash=delivery.approved_hash)

        return payload_of

    levers.replace("payload_of", trusting)


def _send_whenever() -> None:
    """However long ago it was armed."""
    levers.replace("SEND_WITHIN", lambda _: float("inf"))


def _never_look() -> None:
    """What a dead worker may have sent counts as not sent, although the platform could be asked."""
    from publishing.services import reconciling

    def look(delivery: Delivery, publisher: Publisher, now: datetime) -> None:
        mine = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence)
        mine.move(Move.NOT_FOUND, next_at=now)
        reconciling._resolve(delivery, Outcome.CONFIRMED_NOT_SENT)

    reconciling._look = look


GUARDS = {
    guard.name: guard
    for guard in (
        Guard(
            "fence",
            "whoever held a delivery once may still move it",
            "StopsWithOldAnswer",
            patterns=(
                (
                    rf'((?:WHERE|AND|ON|\()\s*)(?:[\w"]+\.)?"?fence"? = {VALUE}',
                    r"\1\2 IS NOT NULL",
                ),
            ),
        ),
        Guard(
            "hash",
            "what goes out is not compared with what was approved",
            "OtherWords",
            patch=_any_content,
        ),
        Guard(
            "hold",
            "workers see no hold",
            "Held",
            patterns=((r"\bincidents_hold\b", "without_hold"),),
            statements=("CREATE TABLE without_hold (LIKE incidents_hold)",),
        ),
        Guard(
            "lease",
            "nobody waits for a lease to be over",
            "SlowPlatform",
            patterns=(
                (rf'(lease_until"?) <= {VALUE}', r"\1 <= \2 + interval '1 day'"),
                (rf'(lease_until"?) < {VALUE}', r"\1 < \2 + interval '1 day'"),
            ),
        ),
        Guard(
            "late",
            "a tweet goes out however late it is",
            "TooLate",
            patterns=(
                (rf'((?:[\w"]+\.)?"?\bnot_after"?) >=? {VALUE}', r"\2 IS NOT NULL"),
                (rf'{VALUE} <=? ((?:[\w"]+\.)?"?not_after"?)', r"\1 IS NOT NULL"),
            ),
        ),
        Guard(
            "four-eyes",
            "the database lets people approve what they wrote",
            "TwoSupervisors",
            # The proof asks the same once more: without it such an approval would count.
            patterns=((r"c\.person_id = q\.person_id", "FALSE"),),
            statements=(
                "DROP TRIGGER publishing_delivery_approver ON publishing_delivery",
                "DROP TRIGGER approvals_decision_approver ON approvals_decision",
            ),
        ),
        Guard(
            "open-attempt",
            "two attempts may be under way for one delivery",
            "Careless",
            statements=("DROP INDEX one_open_attempt_per_delivery",),
        ),
        Guard(
            "send-within",
            "armed once is armed for ever",
            "StopsBeforeSending",
            patch=_send_whenever,
        ),
        Guard(
            "look",
            "what a dead worker may have sent is sent again without a look",
            "Round",
            patch=_never_look,
        ),
    )
}


def rewrite(statement: str, guards: Iterable[Guard]) -> str:
    """The statement without these guards."""
    for guard in guards:
        for pattern, replacement in guard.patterns:
            statement = re.sub(pattern, replacement, statement)
    return statement


def take_out(names: Iterable[str]) -> None:
    """In a worker: from now on without these guards."""
    guards = [GUARDS[name] for name in names]
    if not guards:
        return
    for guard in guards:
        if guard.patch:
            guard.patch()

    def execute(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        return execute(rewrite(sql, guards), *rest)

    def at_connection(connection: BaseDatabaseWrapper, **_: object) -> None:
        if execute not in connection.execute_wrappers:
            connection.execute_wrappers.append(execute)

    connection_created.connect(at_connection, weak=False)


def take_out_of_database(url: str, names: Iterable[str]) -> None:
    """In a database of the suite's own: without these guards."""
    from tests.faults.suite.judge import Database

    guards = [GUARDS[name] for name in names]
    for guard in guards:
        for statement in guard.statements:
            servers.statement(url, statement)
    if not any(guard.patterns for guard in guards):
        return
    with Database(url) as database:
        functions = database.rows(
            "SELECT pg_get_functiondef(p.oid) AS body FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prokind = 'f'"
        )
        for function in functions:
            without = rewrite(function["body"], guards)
            if without != function["body"]:
                database.connection.cursor().execute(without)
