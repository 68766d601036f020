"""Names of people who are no officers, and children who can be recognised."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
