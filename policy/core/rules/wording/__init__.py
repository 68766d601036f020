"""How it is said: text speak, jargon, capitals, blanks that nobody filled in."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.wording.jargon import JARGON
from policy.core.rules.wording.plain import SHOUTING, UNFILLED_BLANK
from policy.core.rules.wording.text_speak import TEXT_SPEAK

RULES: Final[tuple[Rule, ...]] = (UNFILLED_BLANK, TEXT_SPEAK, JARGON, SHOUTING)
