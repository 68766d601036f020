"""Police terms and official language, with everyday words for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.pack import JARGON as LIST
from policy.core.rules import authorities
from policy.core.rules.base import OWN_WORDS, Case, Example, Rule, Span, tweets
from policy.core.rules.lexicon import Hit, Lexicon, like, pairs
from policy.core.types import Post, Severity

_STOPS: Final = regex.compile(
    r"(?<![\w.@/])(?:\p{Lu}\d?\.){2,5}(?:\p{Lu}\d?(?![\w.@]))?(?!\w)|(?<![\w.@/])S\.\s?\d{2,3}(?!\w)"
)
# Terms that mean something else to everybody beside these words.
_ORDINARY: Final = regex.compile(
    r"(?i)nominal\s(?:fees?|charges?|sums?|amounts?|prices?|costs?|fines?|rents?|values?|donations?)\b"
)


def jargon(case: Case) -> Iterator[Span]:
    """The terms of the pack's list, with what it puts in their place."""
    text = case.reading.folded.text
    lexicon = pairs(case.pack.lists[LIST])
    for hit in (*lexicon.hits(case.reading), *_inflected(case, lexicon), *_dotted(case, lexicon)):
        typed = text[hit.start : hit.end]
        # A part of a reference or of a longer name.
        if text[hit.start - 1 : hit.start] in ("/", "-", "_") or text[hit.end : hit.end + 1] in (
            "/",
            "_",
        ):
            continue
        if _ORDINARY.match(text, hit.start):
            continue
        # Capitals of an abbreviation say nothing about those of the words for it.
        is_abbreviation = typed.isupper() or hit.phrase.isupper()
        starts = not text[: hit.start].strip() or text[: hit.start].rstrip()[-1] in ".!?|"
        plain = like("A" if starts else "a", hit.value) if is_abbreviation else None
        written = plain or like(typed, hit.value)
        yield Span(
            *case.place(hit.start, hit.end),
            f"Not everybody knows what “{typed}” means."
            if is_abbreviation
            else f"“{typed}” is police or official language.",
            f"Say “{written}”.",
            replacements=(written,),
        )


def _inflected(case: Case, lexicon: Lexicon) -> Iterator[Hit]:
    """Terms with an ending of their own: "RTC's", "TWOC'd"."""
    if "'" not in case.reading.folded.text:
        return
    for number, plain in enumerate(case.reading.plain_words):
        stem, apostrophe, ending = plain.rpartition("'")
        entry = lexicon.entry(stem) if apostrophe and ending in {"s", "d", "ed"} else None
        if not entry:
            continue
        word = case.reading.word(number)
        if (
            not entry[0].isupper()
            or case.reading.folded.text[word.start : word.start + 2].isupper()
        ):
            yield Hit(word.start, word.end, *entry)


def _dotted(case: Case, lexicon: Lexicon) -> Iterator[Hit]:
    """Terms with a stop after each letter: "R.T.C."."""
    if "." in case.reading.folded.text:
        for found in case.matches(_STOPS):
            entry = lexicon.entry(found.group().replace(".", "").casefold())
            if entry:
                yield Hit(*found.span(), *entry)


JARGON: Final = Rule(
    id="jargon",
    title="Police or official language",
    subject="Wording",
    severity=Severity.ADVISE,
    cites=authorities.JARGON,
    advice="Use the words that people use.",
    find=jargon,
    wrong=(
        *tweets(
            "RTC on the A34 at Brackenford",
            "Our PCSOs proceeded to an address in the vicinity of Mill Lane",
            "IC1 male detained for TWOC",
        ),
        Example(
            Post("Please utilise the drop-in at Kingsmarl"), note="Official, if not of the police."
        ),
    ),
    right=(
        *tweets(
            "A crash on the A34 at Brackenford. A man was arrested for taking a car.",
            "Tell us about anti-social behaviour in Oldermoor #ASB",
        ),
        Example(Post("Quote crime reference 22/RTC/0042"), note="A reference, no word."),
    ),
    reads=OWN_WORDS,
)
