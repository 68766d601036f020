"""What is going on now: live incidents, missing people, appeals, deaths."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.situations.deaths import DEATH_OR_SERIOUS_INJURY
from policy.core.rules.situations.live import LIVE_INCIDENT
from policy.core.rules.situations.missing import MISSING_PERSON
from policy.core.rules.situations.wanted import WANTED_OR_SUSPECT_APPEAL, WANTED_PICTURE

RULES: Final[tuple[Rule, ...]] = (
    LIVE_INCIDENT,
    MISSING_PERSON,
    WANTED_OR_SUSPECT_APPEAL,
    WANTED_PICTURE,
    DEATH_OR_SERIOUS_INJURY,
)
