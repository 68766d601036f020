from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Weak
from django.db import connections

from accounts.models import SocialAccount
from publishing.models import Credential
from publishing.publishers import publishers
from publishing.services.vault import has_its_key


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


def keys_are_here(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """`manage.py check --database default` finds credentials whose key is gone."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if Credential._meta.db_table not in connections[alias].introspection.table_names():
            continue
        stored = Credential.objects.using(alias).defer("ends_at").select_related("account")
        found += [
            Weak(
                f"The key {kept.key_id} that sealed the credentials of {kept.account} is not in"
                " PUBLISHER_KEYS: nothing goes out on that account.",
                hint="Put the key back into PUBLISHER_KEYS, or store the credentials again.",
                obj=kept.account,
                id="publishing.W002",
            )
            for kept in stored.order_by("pk")
            if not has_its_key(kept)
        ]
    return found
