"""The rulebook: every rule there is, in the order of the catalogue."""

from __future__ import annotations

from typing import Final

from policy.core.rules import (
    cases,
    credentials,
    handles,
    identifiers,
    people,
    places,
    posting,
    situations,
    staff,
    tone,
    wording,
)
from policy.core.rules.base import EXAMPLE_LISTS, Example, Param, ParamKind, Rule
from policy.core.rules.characters import HIDDEN_CHARACTERS, MIXED_SCRIPT, STYLED_LETTERS
from policy.core.rules.duty import DUTY_TIMES
from policy.core.rules.hashtags import TOO_MANY_HASHTAGS
from policy.core.rules.incident import CRITICAL_INCIDENT_LOCK
from policy.core.rules.length import INVALID_CHARACTERS, TWEET_EMPTY, TWEET_LENGTH
from policy.core.rules.links import EXTERNAL_LINK
from policy.core.rules.markings import PROTECTIVE_MARKING

__all__ = ["EXAMPLE_LISTS", "RULEBOOK", "TWEET_LENGTH", "Example", "Param", "ParamKind", "Rule"]

RULEBOOK: Final[tuple[Rule, ...]] = (
    TWEET_LENGTH,
    TWEET_EMPTY,
    INVALID_CHARACTERS,
    HIDDEN_CHARACTERS,
    MIXED_SCRIPT,
    STYLED_LETTERS,
    TOO_MANY_HASHTAGS,
    EXTERNAL_LINK,
    PROTECTIVE_MARKING,
    CRITICAL_INCIDENT_LOCK,
    *identifiers.RULES,
    *credentials.RULES,
    *cases.RULES,
    *people.RULES,
    *places.RULES,
    *situations.RULES,
    DUTY_TIMES,
    *staff.RULES,
    *tone.RULES,
    *handles.RULES,
    *posting.RULES,
    *wording.RULES,
)
