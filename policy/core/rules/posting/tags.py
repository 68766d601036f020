"""Hashtags that people find, remember and can read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import (
    TEXT_ONLY,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from policy.core.types import Post, Severity


def _known(case: Case) -> tuple[str, ...]:
    lists = case.pack.lists
    return (*lists["campaign_hashtags"], *lists["area_hashtags"])


def unknown_tags(case: Case) -> Iterator[Span]:
    """Tags that are on none of the pack's lists. Without lists nothing is unknown."""
    known = {tag.casefold() for tag in _known(case)}
    if not known:
        return
    for tag in case.reading.entities.hashtags:
        if tag.hashtag.casefold() not in known:
            yield Span(tag.start, tag.end, f"Nobody has listed #{tag.hashtag} yet.")


HASHTAG_UNKNOWN: Final = Rule(
    id="hashtag-unknown",
    title="A hashtag that is not on the list",
    subject="Hashtags",
    severity=Severity.ADVISE,
    cites=authorities.AREA_TAGS,
    advice="Use the tag of your area or of the campaign, or ask comms to list this one.",
    find=unknown_tags,
    wrong=(
        *tweets("Surgery on Friday #Oldermore", "Lock your shed #ShedWatch2000"),
        Example(Post("Surgery on Friday \uff03Elsewhere"), note="The wide sign makes a tag, too."),
    ),
    right=(
        *tweets("Surgery on Friday #Oldermoor", "Lock your shed #lockitorloseit"),
        Example(Post("We are #1"), note="A number is no tag."),
    ),
    reads=TEXT_ONLY,
)


def long_tags(case: Case) -> Iterator[Span]:
    """Tags that take too much room from the words."""
    most = case.number("max")
    for tag in case.reading.entities.hashtags:
        if len(tag.hashtag) > most:
            yield Span(
                tag.start,
                tag.end,
                f"#{tag.hashtag} has {len(tag.hashtag)} characters. Keep tags to {most}.",
            )


HASHTAG_LONG: Final = Rule(
    id="hashtag-long",
    title="A long hashtag",
    subject="Hashtags",
    severity=Severity.ADVISE,
    cites=authorities.SHORT_TAGS,
    advice="Use a shorter tag: nobody types a long one, and it takes room from your words.",
    find=long_tags,
    wrong=(
        *tweets(
            "Come along #OldermoorNeighbourhoodPolicingTeam", "#KeepingBrackenfordSafeTogether"
        ),
        Example(Post("#TwentyOneCharactersXx"), note="One character too many."),
    ),
    right=(
        *tweets("Come along #Oldermoor", "#TwentyCharactersHere"),
        Example(
            Post("https://marlshire.example.org/#oldermoor-neighbourhood-policing"),
            note="A part of an address is no tag.",
        ),
    ),
    reads=TEXT_ONLY,
    params=params(max=Param("The greatest length without the #", ParamKind.NUMBER, 20)),
)

# Words that stand in tags of police accounts. A tag is split only where it is made of nothing
# else, into as few words as can be, if there is but one such way.
_VOCABULARY: Final = """
    about action against alert all always animal antisocial anyone april attack autumn aware
    awareness background bail bank be beat because become behaviour behind better bike bikes bin
    bonfire breakfast bright building burglar burglars burglary business call calm campaign
    cannot car care carry cars catch caught challenge change charity check chief child children
    christmas city clean close clubs code coffee cold come coming communities community control
    cop cops country county court crash crime crimes criminal cup cyber cycle dark day daylight
    days did dog dogs domestic don dont door doors double down drink drive driver drivers
    driving drug drugged drugs drunk early easter end every everyday everyone eyes fair family
    farm fatal fest festival fight fire fireworks first five follow football for forget found
    four fraud free friday from game girls give go good great guilty guy halloween handover hard
    hate have headlight headlights health hear heart heatwave help here hero heroes herself high
    himself hit home homeless horse horses hour hours house how ice in incident inside inspector
    is it its jail jailed january job join july june keep keeping kids kill kind knife know lamp
    land last law leave lets library life lifeline light lights listen live lives local lock
    lockdown locked look lost love make making march mark market marking me meet mental mind
    missing mobile monday money more morning motorway move music my national near neighbour
    neighbourhood neighbours never new newcomer news night nightlife nights no not now nowhere
    off office officer officers offline on one online open operation our out outside over
    overcome overnight park parking partner partners partnership party patrol patrols peace
    people phone pick place plan plus police policing prevent prevention pride problem project
    protect proud pub public question quiet race ready recruit report respect response result
    ride right river road roads roadside rural safe safer safety saturday save say scam scams
    school schools season seatbelt see seized sentenced serve service sharp shed shop shopping
    show sign silver simple sleep slow small snow social solve someone something speak special
    specials speed speeding sport stalking stand station stay staying stop stopped storm street
    streets strong student summer sunday support surgery survivor take talk talking team teams
    tell thank thanks the thief thieves think thinking this thursday time tip tips to today
    together tomorrow tonight tool toolkit tools town traffic training travel truck trust
    tuesday turn two under undercover underpass understand up update updates upset upskirting
    van vehicle victim victims village violence virtual visit volunteer volunteers wales walk
    wanted warm warning watch water we wear weather wednesday week weekend welcome well what
    wheel when who why wild wildlife will winter wise with without witness women word work
    working workshop workshops world year years yellow yes you young your youth zero
"""
_WORDS: Final = frozenset(_VOCABULARY.split())
_LONGEST: Final = 15
_SHORTEST_TAG: Final = 6
_LONGEST_TAG: Final = 60


def _splits(tag: str, known: frozenset[str]) -> list[tuple[str, ...]]:
    """The two ways with the fewest words to write `tag` as a row of known words."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in tag)]
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - _LONGEST), end):
            if ways[start] and tag[start:end] in known:
                ways[end] += [(*way, tag[start:end]) for way in ways[start]]
        ways[end] = sorted(ways[end], key=len)[:2]
    return ways[-1]


@lru_cache(maxsize=64)
def _spellings(
    known: tuple[str, ...], places: tuple[str, ...]
) -> tuple[dict[str, str], frozenset[str]]:
    own = {tag.casefold(): tag for tag in known}
    return own, _WORDS | {place.casefold() for place in places if place.isalpha()}


def _spelling(case: Case, tag: str) -> str:
    """`tag` with a capital for every word, or "" where its words are not certain."""
    own, words = _spellings(_known(case), case.pack.lists["places"])
    if tag.casefold() in own:
        return own[tag.casefold()]
    if not _SHORTEST_TAG <= len(tag) <= _LONGEST_TAG or tag.casefold() in words:
        return ""
    ways = _splits(tag.casefold(), words)
    if not ways or (len(ways) > 1 and len(ways[0]) == len(ways[1])):
        return ""
    return "".join(word.capitalize() for word in ways[0])


def small_letters(case: Case) -> Iterator[Span]:
    """Tags of several words without a capital for each."""
    for tag in case.reading.entities.hashtags:
        written = tag.hashtag
        if written[1:].islower() and written.isalpha():
            spelling = _spelling(case, written)
            if spelling and sum(map(str.isupper, spelling)) > 1 and spelling != written:
                yield Span(
                    tag.start,
                    tag.end,
                    f"Screen readers read #{written} as one word.",
                    f"Write #{spelling}.",
                    replacements=(f"#{spelling}",),
                )


HASHTAG_CASE: Final = Rule(
    id="hashtag-case",
    title="A hashtag in small letters",
    subject="Hashtags",
    severity=Severity.ADVISE,
    cites=authorities.CLEAR,
    advice="Begin each word of a tag with a capital, so that screen readers read the words.",
    find=small_letters,
    wrong=(
        *tweets("Come and see us on Friday #meetyourteam", "Stay in and #staysafe"),
        Example(Post("#Lockitorloseit"), note="The spelling of the force's list is offered."),
    ),
    right=(
        *tweets("Come and see us on Friday #MeetYourTeam", "Surgery in #oldermoor"),
        Example(Post("#sublimetown #harbourfront"), note="Words that are not certain."),
    ),
    reads=TEXT_ONLY,
)
