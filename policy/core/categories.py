"""Guesses what sort of tweet a text is, so that the officer need not say it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

from policy.core.normalise import normalise
from policy.core.pack import Pack
from policy.core.reading import CAP

OTHER: Final = "other"


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> regex.Pattern[str]:
    # The longest first, so that "you said" is not taken for "you".
    longest_first = sorted(words, key=len, reverse=True)
    return regex.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(regex.escape, longest_first))})(?!\w)")


def guess_category(text: str, pack: Pack) -> str:
    """The id of the category most of whose words are in `text`; "other" when none has any.

    Between equals the one that the pack names first is taken.
    """
    folded = normalise(text[:CAP]).text
    best, most = OTHER, 0
    for category in pack.categories.values():
        if category.guess:
            found = {match.casefold() for match in _phrases(category.guess).findall(folded)}
            if len(found) > most:
                best, most = category.id, len(found)
    return best
