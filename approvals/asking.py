"""Asking the database for several small things in one query."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Field, IntegerField, JSONField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from accounts.models import User


class Question(RawSQL):
    """What is asked of some rows as they are now; they are no part of another query.

    Compiled by itself, as a Subquery would first be fitted into the query that it stands in, which
    takes as long again and is of no use here.
    """

    # Around the rows, by the kind of database where they differ.
    template = "%s"
    templates: Mapping[str, str] = {}
    # What it is where there can be no rows.
    nothing = "NULL"

    def __init__(self, rows: "QuerySet[Any, Any]", output_field: "Field[Any, Any]") -> None:
        connection = connections[rows.db]
        template = self.templates.get(connection.vendor, self.template)
        try:
            sql, params = rows.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            sql, params = self.nothing, ()
        else:
            sql = template.replace("%s", sql)
        super().__init__(sql, params, output_field)


class ValueOf(Question):
    """The only column of the first row; None where there is none."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        super().__init__(rows[:1], rows.query.output_field)


class NumberOf(Question):
    """How many rows a query has; `up_to` ends the counting."""

    template = "SELECT COUNT(*) FROM (%s) AS counted"
    nothing = "0"

    def __init__(self, rows: "QuerySet[Any]", *, up_to: int) -> None:
        super().__init__(rows.order_by().values("pk")[:up_to], IntegerField())


class RowsOf(Question):
    """Some fields of each row, in order, as a list of dictionaries; None where there are none."""

    template = "SELECT JSONB_AGG(each) FROM (%s) AS rows_of"
    templates: Mapping[str, str] = {
        "sqlite": "SELECT JSON_GROUP_ARRAY(JSON(each)) FROM (%s) AS rows_of"
    }

    def __init__(self, rows: "QuerySet[Any]", *fields: str) -> None:
        each = rows.annotate(each=JSONObject(**{f: F(f) for f in fields})).values("each")
        super().__init__(each, JSONField())


class KeysOf(Question):
    """The keys of up to `up_to` drafts, the oldest due first where all are there; None for none.

    Put in order once they have been found: a database that is asked for an order and for an end
    at once would rather go through the whole queue in that order than look for a rare word.
    """

    template = (
        "SELECT JSONB_AGG(id) FROM (SELECT id FROM (%s) AS found ORDER BY queue_at, id) AS ordered"
    )
    templates: Mapping[str, str] = {"sqlite": template.replace("JSONB_AGG", "JSON_GROUP_ARRAY")}

    def __init__(self, drafts: "QuerySet[Any]", *, up_to: int) -> None:
        super().__init__(drafts.order_by().values("queue_at", "id")[:up_to], JSONField())


def ask(person: User, questions: Mapping[str, Question]) -> dict[str, Any]:
    """The answer to each question by its name, in one query."""
    if not questions:
        return {}
    # The row of somebody who is there is the table that it is asked of.
    rows = User.objects.filter(pk=person.pk).annotate(
        **{f"answer_{name}": question for name, question in questions.items()}
    )
    found = rows.values_list(*(f"answer_{name}" for name in questions)).get()
    return dict(zip(questions, found, strict=True))
