"""What is going on now: live incidents, missing people, appeals, deaths."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
