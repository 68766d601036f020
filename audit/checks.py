from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Weak
from django.db import connections

from audit.models import Record
from audit.triggers import missing


def triggers_installed(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """`manage.py check --database default --fail-level WARNING` finds lost triggers and functions.

    A warning and no error: an error would also stop `migrate`, which is the remedy.
    """
    return [
        Weak(
            f"{name} is missing from the database.",
            hint="Run `manage.py migrate`, which installs every trigger and function again.",
            id="audit.W001",
        )
        for alias in databases or []
        if Record._meta.db_table in connections[alias].introspection.table_names()
        for name in missing(connections[alias])
    ]
