from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Weak
from django.db import connections

from accounts.models import SocialAccount
from publishing.publishers import publishers


def aliases_exist(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """`manage.py check --database default` finds accounts whose publisher is gone."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if SocialAccount._meta.db_table not in connections[alias].introspection.table_names():
            continue
        lost = SocialAccount.objects.using(alias).exclude(publisher__in=list(publishers))
        found += [
            Weak(
                f"{account} uses the publisher {account.publisher!r}, which is not in PUBLISHERS.",
                hint="Configure it again, or give the account another publisher.",
                obj=account,
                id="publishing.W001",
            )
            for account in lost
        ]
    return found
