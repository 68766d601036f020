"""Jokes, opinions, rumours and other ways to lose the trust of the public."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.tone.harm import (
    COPYRIGHT,
    GRAPHIC_SENSATIONAL,
    LIBEL,
    OPERATIONAL_HARM,
    REPUTATION,
)
from policy.core.rules.tone.humour import JOKE
from policy.core.rules.tone.opinions import EMOTIVE_SUBJECT, OPINION_POLITICS
from policy.core.rules.tone.rumours import ARGUMENT, RUMOUR

RULES: Final[tuple[Rule, ...]] = (
    OPERATIONAL_HARM,
    JOKE,
    OPINION_POLITICS,
    RUMOUR,
    EMOTIVE_SUBJECT,
    ARGUMENT,
    GRAPHIC_SENSATIONAL,
    LIBEL,
    COPYRIGHT,
    REPUTATION,
)
