"""One text of a post as rules read it: raw, folded, and with what a platform finds in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import regex

from policy.core.names import NameDetector, NameSpan
from policy.core.normalise import Normalised, normalise
from policy.core.text import Entities
from policy.core.types import Post, Where

# No pattern runs over more than this; what lies beyond is refused unread.
CAP = 4_000
# How many characters together tell which phrases a text may hold.
LETTERS: Final = 4
_SENTENCE_END: Final = regex.compile(r"[.!?](?=\s)|\n")
# Digits in the place of letters, with letters on both sides: "m1ssing", "0n scene".
_IMITATIONS: Final = regex.compile(r"(?<=[a-z])[013457$]{1,2}+(?=[a-z])|\b0(?=[a-z])")
_IMITATED: Final = str.maketrans("013457$", "oieasts")
_UNDERSCORE: Final = str.maketrans("_", " ")
# Addresses, handles and tags are passed over whole: what stands in them is no word of a sentence.
_WORDLIKE: Final = (
    r"(?:https?://|www\.)\S++|[@#$]\w++|([^\W_]++(?:['&][^\W_]++)*+)(?![\w.+\-]{0,64}+@\w)"
    r"|[\w.+\-]{1,64}+@[\w.\-]++|\w"
)
_ANY_TOKEN: Final = regex.compile(_WORDLIKE)
# Nearly every folded text is ASCII, which the plain engine reads in half the time.
_ASCII_TOKEN: Final = re.compile(_WORDLIKE, re.ASCII)
_Kept = TypeVar("_Kept")


class Word(NamedTuple):
    """A word of the folded text: without capitals, and its place there."""

    plain: str
    start: int
    end: int


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        # A few letters grow when they become small, and places would move.
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return lower


class Reading:
    """A text, where it comes from, and its folded form and entities once a rule asks for them.

    `raw` is what rules see, `is_cut` says that there was more of it than may be read.
    """

    def __init__(self, raw: str, where: Where = Where.TEXT, index: int = 0) -> None:
        self.raw = raw[:CAP]
        self.is_cut = len(raw) > CAP
        self.where = where
        self.index = index
        self._kept: dict[object, Any] = {}

    @cached_property
    def folded(self) -> Normalised:
        return normalise(self.raw)

    @cached_property
    def entities(self) -> Entities:
        return Entities.of(self.raw)

    @cached_property
    def plain(self) -> str:
        """The folded text in small letters, "m1ssing" as "missing" and "_" as a space.

        Its places are those of the folded text.
        """
        lower = _lower(self.folded.text).translate(_UNDERSCORE)
        return _IMITATIONS.sub(lambda found: found.group().translate(_IMITATED), lower)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every LETTERS characters that stand together in `plain`."""
        plain = self.plain
        return frozenset(map("".join, zip(*(plain[at:] for at in range(LETTERS)), strict=False)))

    @cached_property
    def _tokens(self) -> list[re.Match[str]] | list[regex.Match[str]]:
        text = self.folded.text
        if text.isascii():
            return [found for found in _ASCII_TOKEN.finditer(text) if found[1]]
        return [found for found in _ANY_TOKEN.finditer(text) if found[1]]

    @cached_property
    def plain_words(self) -> list[str]:
        """The words of the folded text in small letters; not those in links, handles, hashtags.

        Letters and digits, held together by single apostrophes and ampersands:
        "don't", "s&s".
        """
        return [found[1].casefold() for found in self._tokens]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """`plain_words`, each with its place."""
        return tuple(map(self.word, range(len(self._tokens))))

    def word(self, number: int) -> Word:
        """One of `plain_words` with its place."""
        return Word(self.plain_words[number], *self._tokens[number].span(1))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.plain_words)

    @cached_property
    def word_places(self) -> dict[str, list[int]]:
        """Where in `words` each of them stands."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.plain_words):
            found.setdefault(word, []).append(place)
        return found

    @cached_property
    def digits(self) -> int:
        """How many digits the folded text has."""
        return sum(map(str.isdigit, self.folded.text))

    @cached_property
    def _sentences(self) -> list[int]:
        """Where the sentences of the folded text begin."""
        return [0, *(found.end() for found in _SENTENCE_END.finditer(self.folded.text))]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence of the folded text that holds `place`, as code points."""
        number = bisect_right(self._sentences, place)
        ends = (*self._sentences[number : number + 1], len(self.folded.text))
        return self._sentences[number - 1], ends[0]

    def says(self, pattern: regex.Pattern[str]) -> bool:
        """Whether `pattern` matches anywhere in the folded text."""
        return self.kept(pattern, lambda: pattern.search(self.folded.text) is not None)

    def says_at(self, pattern: regex.Pattern[str], place: int) -> bool:
        """Whether `pattern` matches in the sentence of the folded text that holds `place`."""
        start, end = self.sentence(place)
        text = self.folded.text
        key = (pattern, start)
        return self.kept(key, lambda: pattern.search(text[start:end]) is not None)

    def names(self, detector: NameDetector) -> tuple[NameSpan, ...]:
        """The names that `detector` finds in the folded text; asked once for each text."""
        return self.kept(detector, lambda: detector.names(self.folded.text))

    def kept(self, key: object, make: Callable[[], _Kept]) -> _Kept:
        """What `make` makes: made once for this text, whichever rule asks for it first."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: _Kept = self._kept[key]
        return kept


class Stems:
    """Parts of words, in small letters, without one of which some pattern cannot match.

    A pattern over a whole text costs a hundred times what it costs to ask for its stems.
    """

    def __init__(self, *stems: str) -> None:
        self._long: dict[str, list[str]] = {}
        for stem in stems:
            if len(stem) >= LETTERS:
                self._long.setdefault(stem[-LETTERS:], []).append(stem)
        self._letters = frozenset(self._long)
        self._short = tuple(stem for stem in stems if len(stem) < LETTERS)

    def are_in(self, reading: Reading) -> bool:
        """Whether one of them is in `reading.plain`."""
        plain = reading.plain
        for stem in self._short:
            if stem in plain:
                return True
        # Most texts have the last letters of few of them or of none.
        for letters in self._letters & reading.letters:
            for stem in self._long[letters]:
                if stem in plain:
                    return True
        return False


def readings(post: Post) -> list[Reading]:
    """Every text of `post` that goes out under the force's name, its own text first."""
    texts = [Reading(post.text)]
    texts += [Reading(alt, Where.ALT, index) for index, alt in enumerate(post.alt_texts) if alt]
    if post.source_text:
        texts.append(Reading(post.source_text, Where.SOURCE))
    return texts
