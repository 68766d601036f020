"""Characters that hide from the reader: invisible ones, and look-alikes from other alphabets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

import regex

from policy.core.normalise import HIDDEN, fold
from policy.core.rules import authorities
from policy.core.rules.base import MAY_OVERRIDE, OWN_WORDS, Case, Example, Rule, Span, tweets
from policy.core.text.characters import REFUSED
from policy.core.types import Post, Severity, Where

# Scripts in which joiners decide how a word looks.
_JOINING: Final = (
    r"\p{Arabic}\p{Syriac}\p{NKo}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}"
    r"\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}"
)
_PICTURE: Final = r"\p{Extended_Pictographic}\p{Emoji_Modifier}"
_HARMLESS: Final = (
    rf"(?<=[{_PICTURE}\uFE0F])\u200D(?=\p{{Extended_Pictographic}})",
    rf"(?<=[{_PICTURE}])[\uFE0E\uFE0F]",
    r"(?<=[0-9#*])\uFE0F(?=\u20E3)",
    "🏴[\U000e0020-\U000e007e]++\U000e007f",
    rf"(?<=[{_JOINING}])[\u200C\u200D]",
    r"(?<=\p{Han})[\uFE00-\uFE02\U000E0100-\U000E01EF]",
)
_UNSEEN = regex.compile(rf"(?:{'|'.join(_HARMLESS)})(*SKIP)(*FAIL)|(?![{REFUSED}])[{HIDDEN}]")
# In a text that is written from right to left these put numbers and names in their place.
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}\p{NKo}]")


def _unseen(case: Case) -> list[int]:
    if case.reading.folded.starts is None:
        # Nothing had to be folded or left out.
        return []
    places = [found.start() for found in case.raw_matches(_UNSEEN)]
    raw = case.reading.raw
    if places and _RIGHT_TO_LEFT.search(raw):
        places = [place for place in places if raw[place] not in _DIRECTION]
    return places


def hidden(case: Case) -> Iterator[Span]:
    """Everything that cannot be seen, in one finding with the cleaned words."""
    places = _unseen(case)
    if not places:
        return
    raw = case.reading.raw
    start, end = places[0], places[-1] + 1
    # A character without width cannot be underlined: take in the words around it.
    while start > 0 and not raw[start - 1].isspace():
        start -= 1
    while end < len(raw) and not raw[end].isspace():
        end += 1
    unseen = frozenset(places)
    clean = "".join(raw[place] for place in range(start, end) if place not in unseen)
    count = "a character" if len(places) == 1 else f"{len(places)} characters"
    yield Span(
        start,
        end,
        f"Your text holds {count} that cannot be seen ({_names(raw, places)}).",
        replacements=() if case.reading.where is Where.SOURCE else (clean,),
    )


def _names(raw: str, places: list[int]) -> str:
    characters = sorted({raw[place] for place in places})
    names = [unicodedata.name(character, f"U+{ord(character):04X}") for character in characters]
    return ", ".join(name.lower() if " " in name else name for name in names[:3])


HIDDEN_CHARACTERS: Final = Rule(
    id="hidden-characters",
    title="Characters that cannot be seen",
    subject="Characters",
    severity=Severity.BLOCK,
    cites=authorities.CLEAR,
    advice="Press Clean text. They mislead screen readers, and they can hide words and links.",
    find=hidden,
    wrong=tweets(
        "Burglary at the shop\u200b in Oldermoor",
        "\u202egnitset ylno\u202c Oldermoor",
        "Neigh\u00adbourhood team",
    ),
    right=tweets(
        "Well done 👮🏽\u200d♀️ and 👨\u200d👩\u200d👧, rated 1️⃣ in 🏴\U000e0067\U000e0062\U000e0077"
        "\U000e006c\U000e0073\U000e007f",
        "Tŷ'r heddlu, Llanrhaeadr-ym-Mochnant: croeso i bawb",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u06cc\u0645",
    ),
)

_WORD = regex.compile(r"[\p{L}\p{M}]{2,}+")
_LATIN = regex.compile(r"\p{Latin}")
_FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}]")
_UNIT = regex.compile(r"[μΩΔ]\p{Latin}{1,3}")


def mixed_scripts(case: Case) -> Iterator[Span]:
    """Words that take some letters from another alphabet."""
    if case.reading.raw.isascii() or not _FOREIGN.search(case.reading.raw):
        return
    for word in case.raw_matches(_WORD):
        letters = word.group()
        if letters.isascii() or not _LATIN.search(letters) or not _FOREIGN.search(letters):
            continue
        if _UNIT.fullmatch(letters):
            continue
        plain = fold(letters)
        is_cleaned = not _FOREIGN.search(plain) and case.reading.where is not Where.SOURCE
        yield Span(
            *word.span(),
            f"“{letters}” mixes letters of two alphabets.",
            replacements=(plain,) if is_cleaned else (),
        )


MIXED_SCRIPT: Final = Rule(
    id="mixed-script",
    title="Letters of two alphabets in one word",
    subject="Characters",
    severity=Severity.BLOCK,
    cites=authorities.CLEAR,
    advice="Press Clean text, or type the word again. Look-alike letters can hide words and links.",
    find=mixed_scripts,
    wrong=tweets(
        "P\u043elice surgery in Oldermoor",
        "See m\u0430rlshire.example.org",
        "Call Crimest\u03bfppers if you saw it",
    ),
    right=tweets(
        "Croeso i Ynys Môn, gŵyl y tŷ", "Vítejte, добро пожаловать, welcome", "A dose of 5 μg"
    ),
    overridable_by=MAY_OVERRIDE,
)

# Letters of mathematics, wide, circled, squared and small capitals. 🅰 🅱 🅾 🅿 and Ⓜ are emoji.
_STYLED: Final = (
    "\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24c1\u24c3-\u24e9"
    "\U0001f110-\U0001f149\U0001f150-\U0001f169\U0001f172-\U0001f17d\U0001f180-\U0001f189"
    "\u1d00-\u1d22\u1d2c-\u1d5b\u0299\u029c\u029f\u0262\u026a\u0274\u0280\u028f\ua730\ua731"
)
# Letters that look the part only among styled ones.
_AMONG: Final = (
    "\u2102\u210a-\u2113\u2115\u2118-\u211d\u2124\u2128\u212c-\u2134"
    "\U0001f170\U0001f171\U0001f17e\U0001f17f\u24c2\ufe0f"
)
_STYLED_WORDS = regex.compile(
    rf"[{_AMONG}]*+[{_STYLED}](?:[ \t'’,.!?&\-]{{0,2}}+[{_STYLED}{_AMONG}\uff10-\uff19]++)++"
)
_ANY_STYLED = regex.compile(f"[{_STYLED}]")
_WIDE_SCRIPTS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_SQUARED: Final = {
    first + offset: ord("A") + offset for first in (0x1F150, 0x1F170) for offset in range(26)
}


def styled(case: Case) -> Iterator[Span]:
    """Words in letters that only look like letters; a single one may be a formula's."""
    raw = case.reading.raw
    if raw.isascii() or not _ANY_STYLED.search(raw):
        return
    if _WIDE_SCRIPTS.search(raw):
        return
    for found in case.raw_matches(_STYLED_WORDS):
        plain = fold(found.group().translate(_SQUARED)).replace("\ufe0f", "")
        yield Span(
            *found.span(),
            f"Screen readers cannot read these letters: {plain}",
            replacements=(plain,),
        )


STYLED_LETTERS: Final = Rule(
    id="styled-letters",
    title="Letters made to look different",
    subject="Characters",
    severity=Severity.BLOCK,
    cites=authorities.CLEAR,
    advice="Press Clean text: it puts ordinary letters in their place.",
    find=styled,
    wrong=(
        *tweets(
            "\U0001d5e0\U0001d5f2\U0001d5f2\U0001d601 \U0001d606\U0001d5fc\U0001d602\U0001d5ff"
            " \U0001d601\U0001d5f2\U0001d5ee\U0001d5fa on Friday",
            "\uff33\uff35\uff32\uff27\uff25\uff32\uff39 on Friday",
        ),
        Example(
            Post("Stay \U0001f182\U0001f170\U0001f175\U0001f174 tonight"),
            note="White letters on black squares.",
        ),
    ),
    right=(
        *tweets("Meet your team on Friday", "Croeso i Ynys Môn. Parking 🅿 at the library"),
        Example(
            Post("警察\uff30\uff23\uff33\uff2f"),
            note="Wide letters belong to Chinese and Japanese.",
        ),
    ),
    overridable_by=MAY_OVERRIDE,
    reads=OWN_WORDS,
)
