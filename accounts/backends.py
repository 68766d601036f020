"""Django's authorisation question, answered from the apps' permission tables."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.tables import is_permitted


class PermissionTables(BaseBackend):
    """`user.has_perm("approvals.decide", draft)`, in the way that Django asks its backends."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return is_permitted(user_obj, perm, obj)
