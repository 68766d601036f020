"""Counting many things in one query, none of them further than anybody needs to know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from accounts.models import Force

# Counting stops here: "100+" is all that anybody needs to know.
COUNT_CAP = 100


class _Rows(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def count_capped(force: Force, queries: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each has, by its name; one more than COUNT_CAP stands for any number above."""
    # A name that no field of the force has.
    counts = {
        f"number_of_{name}": _Rows(rows.order_by().values("pk")[: COUNT_CAP + 1])
        for name, rows in queries.items()
    }
    found = Force.objects.filter(pk=force.pk).annotate(**counts).values_list(*counts)
    return dict(zip(queries, found.get(), strict=True))


def capped(count: int) -> str:
    """The count in words; empty for none."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count or "")
