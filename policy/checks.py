from typing import Any

from django.core.checks import CheckMessage, Error

from policy.core import PackError
from policy.services import packs


def packs_load(**_: Any) -> list[CheckMessage]:
    """A pack that cannot be read stops the start, with file, key and line."""
    try:
        packs()
    except PackError as error:
        return [Error(str(error), id="policy.E001")]
    return []
