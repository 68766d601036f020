"""Lists of words and phrases, found in one walk over the words of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from policy.core.pack import split_pairs
from policy.core.reading import Reading, Word
from policy.core.rules.base import Case, Span
from policy.core.types import Severity

_WORDS: Final = regex.compile(r"[^\W_]++(?:['&][^\W_]++)*+")
# Between the words of one phrase: blanks, hyphens, commas, percent; no new sentence.
_BETWEEN: Final = regex.compile(r"[\s\-/,%]{1,3}")


class Hit(NamedTuple):
    """A phrase of a lexicon in the folded text, and what the lexicon has for it."""

    start: int
    end: int
    phrase: str
    value: str


class Lexicon:
    """Phrases with a value each, found whatever their capitals.

    A phrase written in capitals only ("RTC") is found in capitals only, so that "it" is not
    taken for "IT". Takes time in proportion to the words of a text, not to those of the list.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for phrase, value in entries.items():
            words = tuple(word.casefold() for word in _WORDS.findall(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, phrase, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._firsts = frozenset(self._by_first)

    def entry(self, word: str) -> tuple[str, str] | None:
        """A phrase of the single `word`, in small letters, as it is written, and its value."""
        for phrase, written, value in self._by_first.get(word, ()):
            if phrase == (word,):
                return written, value
        return None

    def hits(self, reading: Reading) -> Iterator[Hit]:
        """Each phrase in the text, the longest at each place, none within another."""
        if self._firsts.isdisjoint(reading.vocabulary):
            return
        first = self._firsts & reading.vocabulary
        words, text = reading.plain_words, reading.folded.text
        floor = 0
        for place in sorted(place for word in first for place in reading.word_places[word]):
            if place < floor:
                continue
            for phrase, written, value in self._by_first[words[place]]:
                end = place + len(phrase)
                if tuple(words[place:end]) != phrase:
                    continue
                found = tuple(map(reading.word, range(place, end)))
                if _is_one_phrase(found, text) and _has_its_capitals(found, written, text):
                    floor = end
                    yield Hit(found[0].start, found[-1].end, written, value)
                    break


def _is_one_phrase(found: tuple[Word, ...], text: str) -> bool:
    return all(_BETWEEN.fullmatch(text, left.end, right.start) for left, right in pairwise(found))


def _has_its_capitals(found: tuple[Word, ...], written: str, text: str) -> bool:
    return not written.isupper() or text[found[0].start : found[-1].end].isupper()


@lru_cache(maxsize=256)
def phrases(*groups: tuple[str, ...]) -> Lexicon:
    """The lexicon of all phrases of `groups`, without values; made once for the same words."""
    return Lexicon({phrase: "" for group in groups for phrase in group})


@lru_cache(maxsize=64)
def pairs(entries: tuple[str, ...]) -> Lexicon:
    """The lexicon of one of a pack's lists of pairs; the later of two alike counts."""
    return Lexicon(dict(split_pairs(entries)))


def like(typed: str, plain: str) -> str:
    """`plain` with the capitals of `typed`: none, the first letter's, or all."""
    if len(typed) > 1 and typed.isupper() and sum(map(str.isalpha, typed)) > 3:
        return plain.upper()
    return plain[:1].upper() + plain[1:] if typed[:1].isupper() else plain


def places(case: Case, lexicon: Lexicon, *patterns: regex.Pattern[str]) -> list[tuple[int, int]]:
    """Where the lexicon or one of the patterns is met in the folded text, none within another."""
    met = [(hit.start, hit.end) for hit in lexicon.hits(case.reading)]
    met += [found.span() for pattern in patterns for found in case.matches(pattern)]
    return apart(met)


def apart(met: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`met` in order, without those that overlap an earlier or longer one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(met, key=lambda place: (place[0], -place[1])):
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def spans(
    case: Case, met: Iterable[tuple[int, int]], message: str, at_most: Severity | None = None
) -> Iterator[Span]:
    """A span for each place of the folded text; `{}` in the message stands for what is there."""
    for start, end in met:
        typed = case.reading.folded.text[start:end].strip()
        yield Span(*case.place(start, end), message.format(typed), at_most=at_most)


def says(case: Case, *words: str) -> bool:
    """Whether one of `words`, in small letters, is in the text: cheap to ask."""
    return not case.reading.vocabulary.isdisjoint(words)
