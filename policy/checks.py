from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Weak
from django.db import connections

from policy.core import PackError, ner
from policy.core.changes import digest, fitting
from policy.models import PackVersion
from policy.services import file_pack, packs


def packs_load(**_: Any) -> list[CheckMessage]:
    """A pack that cannot be read stops the start, with file, key and line."""
    try:
        packs()
    except PackError as error:
        return [Error(str(error), id="policy.E001")]
    return []


def names_model_is_there(**_: Any) -> list[CheckMessage]:
    """A model that is asked for and not installed stops the start, not every check of a text."""
    if settings.POLICY_NAMES_MODEL and not ner.is_installed():
        return [
            Error(
                "POLICY_NAMES_MODEL is on, and spaCy or its English model is not installed.",
                hint="Install requirements/ner.txt, or switch the setting off.",
                id="policy.E003",
            )
        ]
    return []


def versions_fit(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """`manage.py check --database default` finds versions in force that a release left behind."""
    table = PackVersion._meta.db_table
    return [
        message
        for alias in databases or []
        if table in connections[alias].introspection.table_names()
        for version in PackVersion.objects.using(alias).in_force().select_related("force")
        for message in _misfits(version)
    ]


def _misfits(version: PackVersion) -> list[CheckMessage]:
    file = file_pack(version.force)
    if digest(file, fitting(file, version.changes)) == digest(file, version.changes):
        return []
    return [
        Weak(
            f"{version} of the rulebook of {version.force} changes what is no longer there.",
            hint="Have a policy owner look at the rules desk and propose it anew.",
            id="policy.W001",
        )
    ]
