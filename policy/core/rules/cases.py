"""The law around a case, decided from declared facts."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
