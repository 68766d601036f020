"""What belongs to a good tweet beside its words: links, tags, pictures, earlier tweets."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
