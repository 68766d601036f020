"""Which patterns a pack may hold: none that could use up a server's memory or time."""

from __future__ import annotations

from math import prod
from typing import Final

import regex

# The engine writes a counted group out, and one count within another multiplies.
MOST_REPEATS: Final = 10_000
# It reads brackets by recursion.
MOST_BRACKETS: Final = 100
_ESCAPED: Final = regex.compile(r"\\[pPN]\{[^}]*+\}|\\.|\s", regex.DOTALL)
_BRACES: Final = regex.compile(r"\{([^}]*+)\}")
_COUNT: Final = regex.compile(r"\d{0,9}(?:,\d{0,9})?")
_RECURSION: Final = regex.compile(r"\(\?(?:R|&|P>|[+\-]?\d)")


def why_refused(pattern: str) -> str:
    """Why `pattern` may stand in no pack, as a sentence; empty where it may.

    The time limit of a search does not hold for these: approximate matching, a pattern that calls
    itself, and counts that multiply.
    """
    bare = _ESCAPED.sub("", pattern)
    if bare.count("(") > MOST_BRACKETS:
        return f"It has more than {MOST_BRACKETS} brackets. Use several patterns."
    counts = _BRACES.findall(bare)
    if not all(map(_COUNT.fullmatch, counts)):
        return "Use curly brackets for counts only, such as {1,3}, of nine digits at most."
    if _RECURSION.search(bare):
        return "A pattern cannot call itself."
    if prod(max(int(part or 1) for part in count.split(",")) or 1 for count in counts) > (
        MOST_REPEATS
    ):
        return f"Its counts multiply to more than {MOST_REPEATS:,}. Use smaller ones."
    return ""
