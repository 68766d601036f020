"""CLAIM, ARM and FINISH in the database: one round trip each on PostgreSQL, for several at once.

ARM's and FINISH's statements stand here once. On PostgreSQL they are the bodies of two functions,
in which each statement sees what was committed before it began (VOLATILE, READ COMMITTED); on
SQLite they run one after the other under BEGIN IMMEDIATE. Names in braces are what is handed in.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from audit.services import INSERT_RECORD
from audit.triggers import Function
from notices.models import Kind
from notices.services import INSERT_NOTICE
from publishing.clock import database_now
from publishing.workflow import MOVES, Move, State

# --- CLAIM

# Of one account at most so many are claimed at a time: they go out one after the other.
TURNS = 5
# An account's range is between its key and its key with the time, in the order of both: no index of
# times alone can answer that or give that order. PostgreSQL takes such a one where its statistics
# say that nothing is due, which is what they say while a backlog comes up, and would then read the
# whole backlog for each account.
_OLDEST = f"""SELECT o.id, o.next_at FROM publishing_delivery o
    WHERE o.account_id >= a.id AND o.state = 'queued'
    AND (o.account_id, o.next_at) <= (a.id, %(now)s)
    ORDER BY o.account_id, o.next_at, o.id LIMIT {TURNS}"""
# Each account's oldest with their places among its own, by one look into an index for each
# account. SQLite has no LATERAL; its CROSS JOIN keeps the order in which tables are looked at.
_TURNS = {
    "postgresql": f"""SELECT q.id, q.next_at, q.turn FROM accounts_socialaccount a
    CROSS JOIN LATERAL (
        SELECT id, next_at, row_number() OVER (ORDER BY next_at, id) AS turn FROM ({_OLDEST}) of_it
    ) q""",
    "sqlite": f"""SELECT q.id, q.next_at,
        row_number() OVER (PARTITION BY a.id ORDER BY q.next_at, q.id) AS turn
    FROM accounts_socialaccount a
    CROSS JOIN publishing_delivery q ON q.id IN (SELECT id FROM ({_OLDEST}))""",
}
_CLAIM = f"""
WITH due AS MATERIALIZED (
    {{turns}} WHERE a.id NOT IN ({{busy}}) AND a.publisher NOT IN ({{full}}) AND NOT EXISTS (
        SELECT 1 FROM publishing_circuit c WHERE c.account_id = a.id
        AND (c.suspended_at IS NOT NULL OR c.paused_until > %(now)s)
    )
), picked AS MATERIALIZED (
    SELECT d.id FROM publishing_delivery d JOIN due ON due.id = d.id
    WHERE d.state = 'queued' AND (d.id, d.next_at) <= (due.id, %(now)s)
    ORDER BY due.turn, due.next_at, d.id LIMIT %(limit)s {{lock}}
)
UPDATE publishing_delivery
SET state = '{MOVES[Move.CLAIM].target}', fence = fence + 1,
    owner = %(owner)s, lease_until = %(lease_until)s
WHERE id IN (SELECT id FROM picked) RETURNING id, fence
"""
_LOCK = {"postgresql": "FOR UPDATE OF d SKIP LOCKED", "sqlite": ""}


# --- ARM

# A verdict of the rulebook that is older counts only where the account has been quiet since.
JUST_NOW: Final = timedelta(seconds=5)

# Whose block was passed over for this content, as the delivery keeps it.
_PASSED_OVER = {
    "postgresql": "SELECT CAST(each.value ->> 'override' AS bigint)"
    " FROM jsonb_array_elements(d.overrides) AS each",
    "sqlite": "SELECT json_extract(each.value, '$.override') FROM json_each(d.overrides) AS each",
}
# Who answers for the tweet `d`: its author, who passed over a block in it, and who approved it.
_ANSWER = """SELECT w.author_id FROM drafts_draft w WHERE w.id = d.draft_id
    UNION ALL SELECT d.approved_by_id
    UNION ALL SELECT o.person_id FROM drafts_override o WHERE o.id IN ({passed_over})"""
# These, and everyone who wrote or submitted it.
_PEOPLE = f"""SELECT c.person_id FROM drafts_contribution c WHERE c.draft_id = d.draft_id
    UNION ALL {_ANSWER}"""

# All that must be true of the delivery `d` at the moment of sending.
GUARDS: Final = {
    "state": f"d.state = '{State.CLAIMED}'",
    "fence": "d.fence = {fence}",
    "hash": "d.approved_hash = {hash}",
    "due": "d.due_at <= {now}",
    "late": "d.not_after > {now}",
    "draft": """EXISTS (SELECT 1 FROM drafts_draft w WHERE w.id = d.draft_id
        AND w.state = 'approved' AND w.content_hash = d.approved_hash AND w.revision_number
        = (SELECT r.number FROM drafts_revision r WHERE r.id = d.revision_id))""",
    "account": """EXISTS (SELECT 1 FROM accounts_socialaccount a
        WHERE a.id = d.account_id AND a.status = 'active')""",
    # Whoever wrote some of it and had left before it was approved answers for it no more.
    "people": """NOT EXISTS (SELECT 1 FROM accounts_user u
        WHERE u.id {are_people} AND NOT u.is_active AND (u.left_at IS NULL
        OR u.left_at > d.approved_at OR u.id IN ({answer})))""",
    "hold": """NOT EXISTS (SELECT 1 FROM incidents_hold h WHERE h.released_at IS NULL AND EXISTS (
        SELECT 1 FROM accounts_socialaccount a WHERE a.id = d.account_id
        AND (h.account_id = a.id OR h.lpt_id = a.lpt_id OR h.force_id = a.force_id)))""",
    "rules": """d.checked_generation
        = (SELECT g.number FROM policy_rulebookgeneration g WHERE g.id = 1)""",
    "verdict": "d.checked_until > {now}",
    # No other tweet of the account has come or changed since the rulebook compared them.
    "repeats": """(d.checked_at > {just_now} OR NOT EXISTS (SELECT 1 FROM drafts_draft w
        WHERE w.account_id = d.account_id AND w.changed_at > d.compared_at
        AND w.id <> d.draft_id AND w.state IN ('submitted', 'approved')))""",
    "wanted": """NOT EXISTS (SELECT 1 FROM publishing_takedown t WHERE t.delivery_id = d.id)""",
    "proof": "{proof}",
}
_ARM = f"""UPDATE publishing_delivery
    SET state = '{MOVES[Move.ARM].target}', lease_until = {{lease_until}},
    attempts_made = attempts_made + 1 WHERE id = {{delivery}}"""
_IF_ALL_HOLD = (
    " AND EXISTS (SELECT 1 FROM publishing_delivery d WHERE d.id = {delivery} AND {guards})"
)
_OPEN = """INSERT INTO publishing_attempt (delivery_id, fence, started_at, outcome, detail)
    VALUES ({delivery}, {fence}, {now}, 'sending', '') RETURNING id"""
_CALL_ARM = """SELECT * FROM publishing_arm_all(CAST(%(deliveries)s AS bigint[]),
    CAST(%(fences)s AS integer[]), CAST(%(hashes)s AS text[]), %(lease)s)"""


# --- FINISH, for what was published

_PUBLISH = f"""UPDATE publishing_delivery AS d
    SET state = '{MOVES[Move.PUBLISH].target}', external_id = {{external_id}},
    external_url = {{external_url}}, published_at = {{now}}, lease_until = NULL, last_error = ''
    WHERE d.id = {{delivery}} AND d.fence = {{fence}} AND d.state = '{State.SENDING}'
    AND EXISTS (SELECT 1 FROM publishing_attempt t
        WHERE t.id = {{attempt}} AND t.outcome = 'sending')"""
_CLOSE = """UPDATE publishing_attempt SET outcome = 'ok', ended_at = {now}, detail = {external_id}
    WHERE id = {attempt}"""
_RECORD = INSERT_RECORD.format(
    at="{now}",
    verb="'delivery.published'",
    target_type="'draft'",
    target_id="{draft}",
    target_name="{draft_name}",
    data="{data}",
)
_TELL = INSERT_NOTICE.format(
    recipient_id="{author}",
    email="{email}",
    kind=f"'{Kind.PUBLISHED}'",
    text="{text}",
    link="{link}",
    created_at="{now}",
)


# --- written for each database


class _Names(dict[str, str]):
    """What stands for {name}: the variable v_name of a function, or the parameter %(name)s."""

    shapes: ClassVar = {"postgresql": "v_{}", "sqlite": "%({})s"}

    def __init__(self, vendor: str) -> None:
        proof: str = import_string(settings.PROOF_OF_APPROVAL)
        people, answer = (
            of_them.format(passed_over=_PASSED_OVER[vendor]) for of_them in (_PEOPLE, _ANSWER)
        )
        are_people = {"postgresql": "= ANY(v_people)", "sqlite": f"IN ({people})"}[vendor]
        super().__init__(people=people, answer=answer, are_people=are_people, proof=proof)
        self.shape = self.shapes[vendor]
        self["guards"] = " AND ".join(guard.format_map(self) for guard in GUARDS.values())

    def __missing__(self, name: str) -> str:
        return self.shape.format(name)


def _arm_function() -> str:
    written = _Names("postgresql")
    return f"""CREATE OR REPLACE FUNCTION publishing_arm_all(
    v_deliveries bigint[], v_fences integer[], v_hashes text[], v_lease interval)
RETURNS TABLE (v_delivery bigint, v_attempt bigint, v_now timestamptz, v_waited double precision)
LANGUAGE plpgsql VOLATILE
-- Planning all the guards anew for each delivery costs more than they do.
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_began timestamptz := clock_timestamp();
    v_lease_until timestamptz;
    v_just_now timestamptz;
    v_fence integer;
    v_hash text;
    v_people bigint[];
    v_everyone bigint[];
    v_accounts bigint[];
    d publishing_delivery;
BEGIN
    FOR d IN SELECT * FROM publishing_delivery WHERE id = ANY(v_deliveries) LOOP
        v_accounts := v_accounts || d.account_id;
        v_everyone := v_everyone || ARRAY({written["people"]});
    END LOOP;
    -- Wait for, and then keep out, everyone who is changing what is looked at below. The order is
    -- the same wherever these rows are locked: by kind, and by number among those of a kind.
    PERFORM 1 FROM policy_rulebookgeneration WHERE id = 1 FOR SHARE;
    PERFORM 1 FROM accounts_force WHERE id IN (SELECT a.force_id FROM accounts_socialaccount a
        WHERE a.id = ANY(v_accounts)) ORDER BY id FOR SHARE;
    PERFORM 1 FROM accounts_lpt WHERE id IN (SELECT a.lpt_id FROM accounts_socialaccount a
        WHERE a.id = ANY(v_accounts)) ORDER BY id FOR SHARE;
    PERFORM 1 FROM accounts_socialaccount WHERE id = ANY(v_accounts) ORDER BY id FOR SHARE;
    PERFORM 1 FROM accounts_user WHERE id = ANY(v_everyone) ORDER BY id FOR SHARE;
    PERFORM 1 FROM publishing_delivery WHERE id = ANY(v_deliveries) ORDER BY id FOR UPDATE;
    v_now := clock_timestamp();
    v_waited := EXTRACT(EPOCH FROM v_now - v_began);
    v_lease_until := v_now + v_lease;
    v_just_now := v_now - interval '{JUST_NOW.total_seconds()} seconds';
    FOR turn IN 1 .. cardinality(v_deliveries) LOOP
        v_delivery := v_deliveries[turn];
        v_fence := v_fences[turn];
        v_hash := v_hashes[turn];
        SELECT * INTO d FROM publishing_delivery WHERE id = v_delivery;
        v_people := ARRAY({written["people"]});
        -- Whoever has come since the locks is not locked.
        IF v_people <@ v_everyone AND d.account_id = ANY(v_accounts) AND {written["guards"]} THEN
            {_ARM.format_map(written)};
            {_OPEN.format_map(written)} INTO v_attempt;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$"""


# What the version before calls, one delivery at a time, by the same guards as all.
_ARM_ONE = """CREATE OR REPLACE FUNCTION publishing_arm(
    v_delivery bigint, v_fence integer, v_hash text, v_lease interval,
    OUT v_attempt bigint, OUT v_now timestamptz, OUT v_waited double precision)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    SELECT f.v_attempt, f.v_now, f.v_waited INTO v_attempt, v_now, v_waited
    FROM publishing_arm_all(ARRAY[v_delivery], ARRAY[v_fence], ARRAY[v_hash], v_lease) f;
END $$"""


def _publish_function() -> str:
    written = _Names("postgresql")
    return f"""CREATE OR REPLACE FUNCTION publishing_publish(
    v_delivery bigint, v_fence integer, v_attempt bigint, v_now timestamptz,
    v_external_id text, v_external_url text, v_draft text, v_draft_name text, v_data jsonb,
    v_author bigint, v_email text, v_text text, v_link text)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    {_PUBLISH.format_map(written)};
    IF NOT FOUND THEN
        RETURN FALSE;
    END IF;
    {_CLOSE.format_map(written)};
    {_RECORD.format_map(written)};
    {_TELL.format_map(written)};
    RETURN TRUE;
END $$"""


FUNCTIONS = [
    Function("publishing_arm_all()", _arm_function),
    Function("publishing_arm()", lambda: _ARM_ONE),
    Function("publishing_publish()", _publish_function),
]


# --- calling them


@dataclass(frozen=True, slots=True)
class Leave:
    """What ARM gave: the open attempt, and its moment on the database's and on our own clock."""

    attempt_id: int
    at: datetime
    #: Never later than the true moment on the monotonic clock, which is before the commit.
    monotonic: float


def claim_rows(
    *,
    now: datetime,
    owner: str,
    lease_until: datetime,
    limit: int,
    busy: Collection[int],
    full: Collection[str],
) -> list[tuple[int, int]]:
    """Claim for `owner`; (id, fence) of each, in the order of their ids."""
    claim = _CLAIM.format(
        turns=_TURNS[connection.vendor],
        lock=_LOCK[connection.vendor],
        # Nobody has the number 0 or the alias ''; an empty list would be no SQL.
        busy=", ".join(str(int(key)) for key in (0, *busy)),
        full=", ".join(["''", *(f"%(full{number})s" for number in range(len(full)))]),
    )
    values = {"now": now, "limit": limit, "owner": owner, "lease_until": lease_until}
    aliases = {f"full{number}": alias for number, alias in enumerate(full)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(claim, _adapted(values | aliases))
        return sorted((row[0], row[1]) for row in cursor.fetchall())


def arm_rows(wanted: Sequence[tuple[int, int, str]]) -> dict[int, Leave]:
    """Make the last check of each delivery (id, fence, hash of what would be sent).

    In one transaction for all of them: an attempt is open for each that is in the answer, and
    something objects to each that is not.
    """
    began = time.monotonic()
    if connection.vendor == "postgresql":
        deliveries, fences, hashes = (list(column) for column in zip(*wanted, strict=True))
        values = {"deliveries": deliveries, "fences": fences, "hashes": hashes}
        rows = _called(_CALL_ARM, values | {"lease": settings.DELIVERY_LEASE})
        return {
            delivery: Leave(attempt, now, began + waited) for delivery, attempt, now, waited in rows
        }
    leaves = {}
    with transaction.atomic(durable=True):
        now, at = database_now(), time.monotonic()
        moments = {
            "now": now,
            "lease_until": now + settings.DELIVERY_LEASE,
            "just_now": now - JUST_NOW,
        }
        for delivery, fence, content_hash in wanted:
            asked = {"delivery": delivery, "fence": fence, "hash": content_hash, **moments}
            if _run(_ARM + _IF_ALL_HOLD, asked):
                (attempt,) = _run(_OPEN, asked)
                leaves[delivery] = Leave(attempt, now, at)
    return leaves


def publish_rows(answers: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Record in one transaction that they went out; False for one that is no longer the caller's.

    Each takes what the function publishing_publish takes, without the v_.
    """
    if connection.vendor == "postgresql":
        names = answers[0].keys()
        calls = ", ".join(
            "publishing_publish({})".format(
                ", ".join(f"v_{name} => %({name}{turn})s" for name in names)
            )
            for turn in range(len(answers))
        )
        values = {
            f"{name}{turn}": answer[name] for turn, answer in enumerate(answers) for name in names
        }
        ((*done,),) = _called(f"SELECT {calls}", values)
        return [bool(each) for each in done]
    with transaction.atomic(durable=True):
        return [_publish(answer) for answer in answers]


def _publish(answer: Mapping[str, Any]) -> bool:
    if not _run(_PUBLISH, answer):
        return False
    for statement in (_CLOSE, _RECORD, _TELL):
        _run(statement, answer)
    return True


def is_proved(delivery: int) -> bool:
    """Whether a decision fits the delivery."""
    return _holds("proof", delivery)


def are_its_people_here(delivery: int) -> bool:
    """Whether nobody has left who answers for it, or who wrote some of it when it was approved."""
    return _holds("people", delivery)


def _holds(guard: str, delivery: int) -> bool:
    names = _Names(connection.vendor)
    names["are_people"] = f"IN ({names['people']})"
    condition = GUARDS[guard].format_map(names)
    with connection.cursor() as cursor:
        question = f"SELECT 1 FROM publishing_delivery d WHERE d.id = %s AND {condition}"
        cursor.execute(question, [delivery])
        return cursor.fetchone() is not None


def _called(call: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows that a function returns. It is a transaction by itself, and must be one."""
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("A delivery's step cannot be nested within another atomic block.")
    with connection.cursor() as cursor:
        cursor.execute(call, values)
        return list(cursor.fetchall())


def _run(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Run one statement on SQLite; the row that it returns, or the number of those it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format_map(_Names("sqlite")), _adapted(values))
        if cursor.description:
            row: tuple[Any, ...] = cursor.fetchone()
            return row
        return (cursor.rowcount,) if cursor.rowcount else ()


def _adapted(values: Mapping[str, Any]) -> dict[str, Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return {k: adapt(v) if isinstance(v, datetime) else v for k, v in values.items()}
