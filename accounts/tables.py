"""The apps' permission tables, put together: every permission there is and who has it."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from accounts.models import User

# (person, object or None) -> may they? Without an object: is there any they may do it to?
Predicate = Callable[["User", Any], bool]


@cache
def permission_table() -> dict[str, Predicate]:
    """Every permission and the predicate that answers it, from settings.PERMISSION_TABLES."""
    table: dict[str, Predicate] = {}
    for path in settings.PERMISSION_TABLES:
        for name, predicate in import_string(path).items():
            if name in table:
                message = f"The permission {name} stands in two tables."
                raise ValueError(message)
            table[name] = predicate
    return table


def is_permitted(user: "User", permission: str, obj: object = None) -> bool:
    """Whether an active `user` may. Raises KeyError for a permission that there is not.

    A misspelt permission must be found by the first test, not refused for ever in silence.
    """
    return user.is_active and permission_table()[permission](user, obj)
