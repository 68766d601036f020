"""The detector without machine learning: lists of names, the shape of words, and what is around.

A run of capitalised words is scored: what each word may be (given name, surname, word, place),
and what stands before and after it. No single sign is enough except a sure given name with a
second word that is not ordinary.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Final

import regex

from policy.core.names import cues
from policy.core.names.given import GIVEN, GIVEN_OR_WORD
from policy.core.names.spans import NameSpan, merged
from policy.core.names.surnames import SURNAMES, SURNAMES_OR_WORDS
from policy.core.names.vocabulary import PLACES, WORDS
from policy.core.names.words import NAMES, ORDINARY, Word, as_given, as_surname, is_shaped, words_of

# A name run together behind a #: “#AnnSample”.
_TAG = regex.compile(r"(?<![\w#@/&])#(\p{Lu}\p{Ll}++)(\p{Lu}[\p{L}'\-]++)(?![\w@/])")
# What may stand between two words of one name: a space, or the stop of an initial.
_JOIN = regex.compile(r"\.?[ \xa0]{1,3}")
# A nickname within a name: “Ann "Annie" Sample”.
_QUOTES: Final = {'"': '"', "'": "'", "(": ")"}
# The surname first, as in a register: “Sample, A.”, “SAMPLE Ann”, “Sample A”.
_REVERSED = regex.compile(
    r"(?<![\w#@/.'\-])(?P<surname>\p{Lu}[\p{L}'\-]{1,24}+)"
    r"(?:,[ ]?(?P<given>\p{Lu}\p{Ll}{1,14}+|\p{Lu}\.?)|[ ](?P<given>\p{Lu}))(?=[\s,.;:)(]|$)"
)
# Letters one by one: “A n n  S a m p l e”.
_FEWEST_SPREAD: Final = 5
_SPREAD = regex.compile(r"(?<![^\s#])(?:\p{L}[ .\-]{1,2}){4,24}\p{L}(?![^\s,.:;!?])")
_PARTICLES: Final = frozenset(
    {
        *("al", "ap", "ab", "bin", "ibn", "bint", "ben", "da", "das", "de", "del", "della", "den"),
        *("der", "di", "dos", "du", "el", "la", "le", "van", "von", "ter", "ul"),
    }
)
# Brands, brave people of long ago and customs that sound like people.
_NOT_PEOPLE: Final = frozenset(
    """john lewis,harvey nichols,marie curie,sue ryder,george cross,victoria cross,santa claus,
    father christmas,harry potter,austin reed,paul smith,ted baker,laura ashley,fred perry,
    karen millen,robert dyas,ann summers,william hill,paddy power,jack wills,charles dickens,
    florence nightingale,joe bloggs,john doe,jane doe,peter pan,thomas cook,jack daniels,ben nevis,
    ben sherman,calvin klein,ralph lauren,tommy hilfiger,hugo boss,michael kors,louis vuitton,
    vivienne westwood,stella artois,harley davidson,alfa romeo,aston martin,robert peel,rosa parks,
    martin luther king,nelson mandela,guy fawkes,mother teresa,max mara,marks spencer,oliver bonas,
    jimmy choo,mary poppins,mickey mouse,james bond,sherlock holmes,jack russell,jack russells,
    king charles,johnny walker,johnnie walker,uncle sam,union jack,black jack,rob roy,jack frost,
    jamie oliver,gordon bennett,monty python,ali baba,nancy drew,robin hood,dixie dean,
    leonard cheshire,terence higgins,terrence higgins,mary seacole,lewis capaldi,
    stanley knife,stanley knives,stanley blade,george ezra,elton john,olly murs,ed sheeran,
    john deere,ifor williams,massey ferguson,
    martin lewis,david beckham,taylor swift,tom jones,simon cowell,tyson fury,anthony joshua,
    tim peake,joe wicks,captain tom,tom moore,marcus rashford,harry kane,virgil van dijk""".replace(
        "\n    ", ""
    ).split(",")
)
_ENOUGH: Final = 4.0
_STRONG: Final = 3.0
# Whoever names that many people has been told so; the rest need not be looked for.
_MANY: Final = 40
# No platform takes a longer text, and no alternative text is longer.
_LONGEST: Final = 2_000


def _runs(text: str, words: list[Word]) -> Iterator[list[Word]]:
    """Words with a capital that follow each other with nothing but a space between them."""
    run: list[Word] = []
    for word in words:
        if run and not _is_joined(text, run[-1], word):
            yield from _cut(run)
            run = []
        if _may_be_in_a_name(word) or (run and word.low in _PARTICLES):
            run.append(word)
    yield from _cut(run)


def _is_joined(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    if between == " ":
        return True
    if len(between) == 2 and (_is_nickname(text, right) or _is_nickname(text, left)):
        return True
    is_stopped = between.startswith(".") and not left.is_initial
    return not is_stopped and _JOIN.fullmatch(between) is not None


def _is_nickname(text: str, word: Word) -> bool:
    """Whether the word stands in quotes or brackets by itself, between two others."""
    opening = text[word.start - 1 : word.start]
    closing = _QUOTES.get(opening)
    return closing is not None and text[word.end : word.end + 2] == f"{closing} "


def _may_be_in_a_name(word: Word) -> bool:
    return word.text[0].isupper() and (
        word.low not in WORDS
        or word.low in GIVEN_OR_WORD
        or word.low in SURNAMES_OR_WORDS
        or word.is_initial
    )


def _cut(run: list[Word]) -> Iterator[list[Word]]:
    while run and run[-1].low in _PARTICLES and not run[-1].is_capital:
        run = run[:-1]
    if run:
        yield run


def _before(text: str, start: int) -> str:
    return text[max(0, start - cues.REACH) : start]


def _after(text: str, end: int) -> str:
    return text[end : end + cues.REACH]


def _around(text: str, start: int, end: int) -> float:
    before, after = _before(text, start), _after(text, end)
    score = 0.0
    if cues.BEFORE.search(before):
        score += _STRONG
    elif cues.BEFORE_WEAK.search(before):
        score += 0.5
    coupled = cues.COUPLED.search(before)
    if coupled and coupled[1].casefold() in GIVEN:
        score += 3.0
    if cues.AFTER.match(after):
        score += _STRONG
    elif cues.AFTER_WEAK.match(after):
        score += 1.0
    return score


class _Headlines:
    """Which lines of a text write most of their words with a capital, names or not."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self._text = f"{text}\n"
        self._words = words
        self._known: dict[int, bool] = {}

    def hold(self, at: int) -> bool:
        """Whether `at` lies in such a line."""
        start = self._text.rfind("\n", 0, at) + 1
        if start not in self._known:
            self._known[start] = self._is_one(start, self._text.find("\n", start))
        return self._known[start]

    def _is_one(self, start: int, end: int) -> bool:
        first = bisect_left(self._words, start, key=attrgetter("start"))
        last = bisect_left(self._words, end, key=attrgetter("start"))
        long = [word for word in self._words[first:last] if len(word.text) > 3]
        return len(long) > 4 and sum(word.is_capital for word in long) > 0.7 * len(long)


def is_institution(text: str, start: int, end: int) -> bool:
    """Whether what stands around `start:end` makes it a road, a club, a law or an operation."""
    return bool(
        cues.INSTITUTION_BEFORE.search(_before(text, start))
        or cues.INSTITUTION_AFTER.match(text, end)
    )


def _likeliest(run: list[Word]) -> list[Word]:
    """The words of `run` from the best given name to the last word that fits as a surname."""
    fits = [as_given(word) for word in run[:-1]]
    first = next((at for at, fit in enumerate(fits) if fit >= _STRONG), None)
    if first is None:
        first = next((at for at, fit in enumerate(fits) if fit > 0), None)
    if first is None:
        return []
    last = len(run) - 1
    while last > first + 1 and as_surname(run[last]) < 1.0:
        last -= 1
    return run[first : last + 1]


def _is_of_a_place(name: list[Word]) -> bool:
    """“Mill Lane Oldermoor”, “Ann Sample Park”: a street or a building with its town."""
    inner = {word.low for word in name[1:-1]}
    if name[-1].low in cues.INSTITUTIONS:
        return bool(inner)
    return name[-1].low in PLACES and not cues.INSTITUTIONS.isdisjoint(inner)


def _fit(text: str, name: list[Word], headlines: _Headlines) -> float:
    """How well the words of `name` make a name, leaving aside what stands around them."""
    given, surname = name[0], name[-1]
    is_sure = given.low in GIVEN
    score = as_given(given) + as_surname(surname) + 0.5 * (len(name) - 2)
    doubts = (
        surname.low in cues.INSTITUTIONS,
        cues.PLACE_BEFORE.search(_before(text, given.start)) is not None,
    )
    score -= sum(doubts) * (1.0 if is_sure else 2.0)
    if given.low in PLACES and not is_sure:
        score -= 1.0
    if score < _STRONG and headlines.hold(given.start):
        score -= 1.5
    return score


def _full_name(text: str, name: list[Word], headlines: _Headlines) -> NameSpan | None:
    """`name`, two words or more, if it is one."""
    if " ".join(word.low for word in name) in _NOT_PEOPLE or _is_of_a_place(name):
        return None
    start, end = name[0].start, name[-1].end
    if is_institution(text, start, end):
        return None
    score = _fit(text, name, headlines) + _around(text, start, end)
    if score < _ENOUGH:
        return None
    return NameSpan(start, end, text[start:end], is_full=True, confidence=_confidence(score))


def _lone_name(text: str, word: Word) -> NameSpan | None:
    """A given name or a surname by itself, where the words around it tell of a person."""
    if word.is_initial or word.low in WORDS:
        return None
    before = _before(text, word.start)
    is_titled = cues.TITLE_BEFORE.search(before) is not None
    if word.low in GIVEN:
        score = 2.0
    elif is_shaped(word) or (word.low in SURNAMES and (word.low not in PLACES or is_titled)):
        score = 1.5
    elif word.low in PLACES or word.is_shouted:
        return None
    else:
        score = 0.5
    score += 1.0 if is_titled else 0.0
    score += _STRONG if cues.AFTER.match(_after(text, word.end)) else 0.0
    # What follows is cheaper to look at, and often settles it.
    if score + _STRONG < _ENOUGH or cues.PLACE_BEFORE.search(before):
        return None
    score += _STRONG if cues.BEFORE.search(before) else 0.0
    if score < _ENOUGH or is_institution(text, word.start, word.end):
        return None
    confidence = _confidence(score - 1.0)
    return NameSpan(word.start, word.end, word.text, is_full=False, confidence=confidence)


def _in_small_letters(text: str, words: list[Word]) -> Iterator[NameSpan]:
    """Names typed without capitals: only where both words are hardly anything else."""
    for given, surname in pairwise(words):
        if (
            given.low in GIVEN
            and not given.is_capital
            and not surname.is_capital
            and _is_small_surname(text, given, surname)
            and f"{given.low} {surname.low}" not in _NOT_PEOPLE
            and _is_joined(text, given, surname)
            and not is_institution(text, given.start, surname.end)
        ):
            span = text[given.start : surname.end]
            yield NameSpan(given.start, surname.end, span, is_full=True, confidence=0.6)


def _is_small_surname(text: str, given: Word, surname: Word) -> bool:
    """Whether a word in small letters is a surname, by itself or with what follows it."""
    if surname.low in SURNAMES:
        return surname.low not in PLACES
    if surname.low in WORDS or len(surname.low) < 3 or ORDINARY.search(surname.low):
        return False
    return cues.AFTER.match(_after(text, surname.end)) is not None


def _reversed(text: str) -> Iterator[NameSpan]:
    """Names with the surname first: only where the words after them tell of a person."""
    for found in _REVERSED.finditer(text):
        surname, given = found["surname"].casefold(), found["given"].rstrip(".").casefold()
        is_name = surname in NAMES and surname not in PLACES
        if (
            is_name
            and (len(given) == 1 or given in GIVEN)
            and cues.AFTER.match(_after(text, found.end()))
        ):
            yield NameSpan(*found.span(), found.group(), is_full=True, confidence=0.7)


def _spread(text: str) -> Iterator[NameSpan]:
    """Names whose letters stand one by one."""
    for found in _SPREAD.finditer(text):
        letters = "".join(filter(str.isalpha, found.group())).casefold()
        if any(
            letters[:at] in GIVEN and letters[at:] in NAMES for at in range(2, len(letters) - 2)
        ):
            yield NameSpan(*found.span(), found.group(), is_full=True, confidence=0.6)


def _in_hashtags(text: str) -> Iterator[NameSpan]:
    """Names made into a hashtag: only where the words around it tell of a person."""
    for found in _TAG.finditer(text):
        start, end = found.span()
        if found[1].casefold() not in GIVEN:
            continue
        # What is told right behind it makes a surname of any word.
        is_name = found[2].casefold() in NAMES or cues.AFTER.match(_after(text, end))
        if is_name and _around(text, start, end) >= _STRONG:
            yield NameSpan(start, end, f"{found[1]} {found[2]}", is_full=True, confidence=0.6)


def _confidence(score: float) -> float:
    return min(0.95, 0.5 + (score - _ENOUGH) / 10)


class LightNames:
    """Names of people by lists and by what stands around them. Takes some 100 µs a tweet."""

    def names(self, text: str) -> tuple[NameSpan, ...]:
        """The names in `text`, in their order, none overlapping another."""
        text = text[:_LONGEST]
        words = list(words_of(text))
        headlines = _Headlines(text, words)
        found: list[NameSpan] = []
        for run in _runs(text, words):
            name = _likeliest(run)
            if name:
                spans = [_full_name(text, name, headlines)]
            else:
                spans = [_lone_name(text, word) for word in run]
            found += filter(None, spans)
            if len(found) >= _MANY:
                break
        found += _in_small_letters(text, words)
        single = sum(len(word.text) == 1 for word in words) >= _FEWEST_SPREAD
        others = [*(_spread(text) if single else ()), *_reversed(text)]
        if "#" in text:
            found += _in_hashtags(text)
        return merged(others, found)


LIGHT: Final = LightNames()
