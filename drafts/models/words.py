"""The words of a draft as PostgreSQL keeps them for the search."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler


class Words(Func):
    """`Words("text")`: the column that a trigger fills beside the text, on PostgreSQL alone.

    No field of the model: nothing of ours reads or writes it, and SQLite has none.
    """

    output_field = SearchVectorField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        (text,) = self.source_expressions
        assert isinstance(text, Col)
        return (
            f"{compiler.quote_name_unless_alias(text.alias)}.{connection.ops.quote_name('words')}",
            [],
        )
