"""Numbers and addresses that lead to a person: phones, mail, postcodes, cards, plates."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = ()
