"""Words as the detector of names sees them, and how well each fits into a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import normalize

import regex

from policy.core.names.given import GIVEN, GIVEN_OR_WORD
from policy.core.names.surnames import SURNAMES, SURNAMES_OR_WORDS
from policy.core.names.vocabulary import PLACES, WORDS

_WORDLIKE: Final = (
    r"(?<![\w#@/&.'\-])\p{L}[\p{L}\p{M}]*+(?:['\-01345](?<=\p{L}.)(?=\p{L})[\p{L}\p{M}]++)*+"
    r"(?![\w@/]|\.\p{L}{2}|://)"
)
ANY_TOKEN: Final = regex.compile(_WORDLIKE)
# Nearly every folded text is ASCII, which the plain engine reads in half the time.
ASCII_TOKEN: Final = re.compile(
    _WORDLIKE.replace(r"[\p{L}\p{M}]", "[A-Za-z]").replace(r"\p{L}", "[A-Za-z]"), re.ASCII
)
# Digits that imitate letters: “J0hn Sm1th”.
_IMITATIONS: Final = str.maketrans("01345", "oieas")
_ENDING = regex.compile(
    r"(?<=\p{L}{3})(?:ski|ska|sky|wicz|escu|eanu|ovic|ova|enko|oglu|opoulos|akis|idis|yan|sson|iuk|czyk"
    r"|auskas|aitis|kumar|deep|preet|jeet|inder|ullah|zadeh)$"
)
_CELTIC = regex.compile(r"(?:Mc|Mac|O'|Fitz)\p{Lu}\p{L}++$")
# Endings of ordinary words, which no list of words can hold all of.
ORDINARY = regex.compile(
    r"(?:[ts]ion|ment|ness|ity|ance|ence|ism|ists?|ings?|ology|graphy|ous|ive|[ai]ble|ful|less|ally"
    r"|ers|ors|ies|ical|i[sz]ed|i[sz]ation|ships?|hood|tions|ments|ism|ics|ware|phone|age)s?$"
)
# A word that cannot be what is asked, whatever else speaks for it.
NEVER: Final = float("-inf")
NAMES: Final = SURNAMES | SURNAMES_OR_WORDS


class Word(NamedTuple):
    """One word: where it stands, how it is written, what it is in small letters.

    `has_stop` says that a full stop follows it.
    """

    start: int
    end: int
    text: str
    low: str
    has_stop: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        return self.text.isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()


def _without_accents(word: str) -> str:
    return "".join(filter(str.isalpha, normalize("NFD", word)))


def words_of(text: str) -> Iterator[Word]:
    tokens = ASCII_TOKEN.finditer(text) if text.isascii() else ANY_TOKEN.finditer(text)
    for found in tokens:
        word = found.group()
        start, end = found.span()
        if word.endswith(("'s", "'S")):
            word = word[:-2]
            end -= 2
        low = word.casefold()
        if not low.isalpha():
            low = low.translate(_IMITATIONS)
        if not low.isascii():
            low = low if low in GIVEN or low in NAMES else _without_accents(low)
        yield Word(start, end, word, low, text[end : end + 1] == ".")


# How well a word fits as the first word of a name, and as its last.
_FIRST: Final = {
    **dict.fromkeys(PLACES | WORDS, NEVER),
    **dict.fromkeys(GIVEN_OR_WORD, 1.5),
    **dict.fromkeys(GIVEN_OR_WORD & WORDS, 0.7),
    **dict.fromkeys(GIVEN, 3.0),
}
_LAST: Final = {
    **dict.fromkeys(GIVEN_OR_WORD, 1.0),
    **dict.fromkeys(PLACES, 0.0),
    **dict.fromkeys(WORDS, NEVER),
    **dict.fromkeys(GIVEN, 1.5),
    **dict.fromkeys(SURNAMES_OR_WORDS, 1.0),
    **dict.fromkeys(SURNAMES, 2.0),
    **dict.fromkeys(SURNAMES & PLACES, 1.5),
}


def as_given(word: Word) -> float:
    if word.is_initial:
        # “A visitor” and “I” are no initials.
        return NEVER if word.low in {"a", "i"} and not word.has_stop else 1.0
    if word.low in _FIRST:
        return _FIRST[word.low]
    if word.low.partition("-")[0] in GIVEN:
        return 3.0
    return _unknown(word)


def as_surname(word: Word) -> float:
    if word.is_initial:
        return NEVER
    if word.low in _LAST:
        return _LAST[word.low]
    if is_shaped(word) or not SURNAMES.isdisjoint(word.low.split("-")):
        return 2.0
    return _unknown(word)


def is_shaped(word: Word) -> bool:
    """Whether it is built as surnames are: “McBain”, “O'Dell”, “Nowakowski”."""
    return bool(_CELTIC.match(word.text) or _ENDING.search(word.low))


def _unknown(word: Word) -> float:
    if word.is_shouted:
        return NEVER if len(word.text) < 4 else 0.0
    return 0.0 if ORDINARY.search(word.low) else 1.0
