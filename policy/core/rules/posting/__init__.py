"""What belongs to a good tweet beside its words: links, tags, pictures, earlier tweets."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.posting.content import (
    EMOJI_FEW_AND_LAST,
    LINK_BACK,
    MEETING_DETAILS,
    WEATHER_SOURCE,
)
from policy.core.rules.posting.pictures import ALT_TEXT_MISSING, MEDIA_ATTESTATION_MISSING
from policy.core.rules.posting.repeats import DUPLICATE_TEXT
from policy.core.rules.posting.reports import CRIME_REPORT_HANDLING, DM_SENSITIVE
from policy.core.rules.posting.tags import HASHTAG_CASE, HASHTAG_LONG, HASHTAG_UNKNOWN

RULES: Final[tuple[Rule, ...]] = (
    CRIME_REPORT_HANDLING,
    DM_SENSITIVE,
    DUPLICATE_TEXT,
    MEDIA_ATTESTATION_MISSING,
    ALT_TEXT_MISSING,
    WEATHER_SOURCE,
    LINK_BACK,
    MEETING_DETAILS,
    HASHTAG_UNKNOWN,
    HASHTAG_LONG,
    HASHTAG_CASE,
    EMOJI_FEW_AND_LAST,
)
