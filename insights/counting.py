"""Counting many things in one query, none of them further than anybody needs to know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from approvals.asking import NumberOf

# Counting stops here: "100+" is all that anybody needs to know.
COUNT_CAP = 100


def capped_numbers(queries: Mapping[str, QuerySet[Any]]) -> dict[str, NumberOf]:
    """What asks how many rows each has; one more than COUNT_CAP stands for any number above."""
    return {name: NumberOf(rows, up_to=COUNT_CAP + 1) for name, rows in queries.items()}


def capped(count: int) -> str:
    """The count in words; empty for none."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count or "")
