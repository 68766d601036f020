"""Asking the database for several small things in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, IntegerField, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from accounts.models import User


class NumberOf(Subquery):
    """How many rows a query has; `up_to` ends the counting."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    empty_result_set_value = 0
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]", *, up_to: int) -> None:
        super().__init__(rows.order_by().values("pk")[:up_to])


class RowsOf(Subquery):
    """Some fields of each row, in order, as a list of dictionaries; None where there are none."""

    template = "(SELECT JSONB_AGG(each) FROM (%(subquery)s) AS rows_of)"
    output_field = JSONField()

    def __init__(self, rows: "QuerySet[Any]", *fields: str) -> None:
        super().__init__(rows.annotate(each=JSONObject(**{f: F(f) for f in fields})).values("each"))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self.as_sql(
            compiler,
            connection,
            template="(SELECT JSON_GROUP_ARRAY(JSON(each)) FROM (%(subquery)s) AS rows_of)",
        )


class KeysOf(Subquery):
    """The keys of up to `up_to` drafts, the oldest due first where all are there; None for none.

    Put in order once they have been found: a database that is asked for an order and for an end
    at once would rather go through the whole queue in that order than look for a rare word.
    """

    template = (
        "(SELECT JSONB_AGG(id) FROM"
        " (SELECT id FROM (%(subquery)s) AS found ORDER BY queue_at, id) AS ordered)"
    )
    empty_result_set_value = None
    output_field = JSONField()

    def __init__(self, drafts: "QuerySet[Any]", *, up_to: int) -> None:
        super().__init__(drafts.order_by().values("queue_at", "id")[:up_to])

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        template = self.template.replace("JSONB_AGG", "JSON_GROUP_ARRAY")
        return self.as_sql(compiler, connection, template=template)


def ask(person: User, questions: Mapping[str, Subquery]) -> dict[str, Any]:
    """The answer to each question by its name, in one query."""
    if not questions:
        return {}
    # The row of somebody who is there is the table that it is asked of.
    rows = User.objects.filter(pk=person.pk).annotate(
        **{f"answer_{name}": question for name, question in questions.items()}
    )
    found = rows.values_list(*(f"answer_{name}" for name in questions)).get()
    return dict(zip(questions, found, strict=True))
