"""Whom a tweet talks to, mentions or passes on."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
