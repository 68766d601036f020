"""Jokes, opinions, rumours and other ways to lose the trust of the public."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
