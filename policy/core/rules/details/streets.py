"""Streets: names that end in Road, Lane and the like, with the number of a house before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.rules.details.base import word_set

# Names in small letters are streets only with the first of these, and only after a preposition.
_PLAIN: Final = "road|rd|street|avenue|ave|lane|crescent|terrace|grove"
_SURE: Final = f"{_PLAIN}|av|ln|cres|cresc|terr|mews|drive|close|boulevard|gdns|st"
# Squares, places and views are streets only after a preposition.
_PERHAPS: Final = (
    "way|place|walk|park|hill|bank|brow|fold|heights|meadows?|orchard|paddock|spinney|vale|wynd|brae|square|gardens|row|rise|parade|croft|embankment|view|wharf|quay|parkway"
    "|dr|approach|promenade|esplanade|causeway|passage|circus|court|house"
)
# Begun with the blank, which is found faster than what follows it.
_ENDING: Final = regex.compile(rf"(?i)(?<=[\w'.]) ({_SURE}|{_PERHAPS})(?![\w\-])")
# Without one of these there is none: the plain engine tells it in a quarter of the time.
_MAYBE_ENDING: Final = re.compile(rf" (?:{_SURE}|{_PERHAPS})(?![a-z])")
# Parts of towns and greens as well: streets only after "on", or with a house before them.
_AREA_ENDING: Final = word_set(
    "park hill bank brow fold heights meadow meadows orchard paddock spinney vale wynd brae"
)
_HOUSE_IN: Final = regex.compile(
    r"(?i)\b(?:house|home|flat|bungalow|address|property|premises|garage|shed|driveway|drive|doorstep"
    r"|door|dwelling|maisonette|apartment)s?\s(?:in|on|at|along|off)\s\Z"
)
# "Burglary: Mill Way", "Orchard Way, a shed was broken into".
_SET_OFF: Final = regex.compile(r"(?:^|[.!?:;,|\-\u2013(]\s?)\Z", regex.MULTILINE)
# These are an address only with a number before them.
_COURT_OF_LAW: Final = regex.compile(
    r"(?i)(?:crown|county|magistrates'?|high|youth|family|appeals?|supreme|tennis|food|coroner'?s'?"
    r"|police|rights|justice|civil|criminal|squash|basketball|netball|the)\s\Z"
)
_ROBBERY: Final = regex.compile(r"(?i)[ -]robber\w++")
_NUMBERED_ENDING: Final = frozenset({"court", "house"})
_PLAIN_ENDING: Final = frozenset((*_PLAIN.split("|"), "drive", "close"))
_UNSURE_ENDING: Final = frozenset(_PERHAPS.replace("meadows?", "meadow|meadows").split("|"))
# "Oldermoor Road Safety", "a Leeds Street Robbery", "Mill Close protection", "at St John's".
_OTHERWISE: Final = regex.compile(
    r"""(?ix)[ -](?:traffic|safety|polic\w+|crimes?|users?|rage|works?|tax|robber\w+|drinking
      |pastors?
    |angels?|art|part(?:y|ies)|rac(?:e|ing|er)|watch|triage|light(?:s|ing)|dealers?|victims?|runners?|fc|united|gangs?|violence
    |harassment|sleep\w*|level|food|markets?|signs?|surger\w+|briefings?|closures?|running
      |conditions
    |network|markings|legal|carefully|safely|home|smart|protection|death\w*|casualt\w+|patrols?
      |naming
    |vote|banks?|shops?|retail\w*|stores?|brands?|chains?|scams?|clean\w*|cams?|accidents?|haulage|charge|fund)\b"""
)
_SAINT: Final = regex.compile(r"\.?\s\p{Lu}\p{Ll}")
# What stands before: a street is not called "the road", "Bus Lane", "Drink Drive".
_NO_NAME: Final = word_set(
    """
    in on at of off the a an and or to from into near nr after before over under for by with
    via along down up outside inside between across towards toward behind around through this
    that these those your our my his her their its one no not any all each every some same
    which what other another is was are were has have had police officers officer
    magistrates youth supreme ring slip bus cycle middle fast slow nearside offside hard drink
    drug test dual rail safe safer
    serious fatal sesame coronation downing wall memory flash usb pen whist recruitment membership
    food toy charity christmas please never always don't dont just if when while as who but we
    you they he she it i's i appeal collision crash robbery burglary stabbing incident stay
    get very too so how road street no-one only it's let's high-street victim victims uk pc
    pcso dc ds di dci sgt sergeant insp inspector mr mrs miss ms
    dr cllr councillor constable detective supt superintendent
    """
)
# Nor, in small letters, "a busy street", "main road".
_NO_SMALL_NAME: Final = _NO_NAME | word_set(
    """
    main trunk side back country rural residential local busy quiet wrong open public private
    wet icy major minor closed whole entire two three four narrow single access service
    perimeter long short nearby neighbouring adjacent urban city town village farm dark lonely
    clear dirt toll approach shopping pedestrian pedestrianised overtaking left right first
    last second third slippery unlit empty good bad new rough high top wall down out live
    living live working worst best cul-de-sac leafy popular well-known bike bicycle motorway
    inner outer opposite oncoming different small big little wide winding straight steep snowy
    flooded gritted untreated treated many several few lots most both quieter safer busier
    winter night victim's dead someone's somebody's people's neighbour's neighbours person's
    man's woman's hot own front sunday pleasant school hard sex lust coming extremely too family
    gravel shared block driveway owner's watching keep come came stand draw drew stay gets
    """
)
_PREPOSITIONS: Final = word_set(
    """
    in on at of along off near nr to from into onto down up outside by between and via through
    around behind opposite
    """
)
# "Burglary Mill Lane Oldermoor": in a hurry the preposition goes.
_CRIMES: Final = word_set(
    """
    burglary burglaries robbery stabbing assault theft shooting fight arson incident collision
    fire hit hits raided searched targeted
    """
)
_NO_HOUSE: Final = word_set(
    """
    january february march april may june july august september october november december jan
    feb mar apr jun jul aug sept sep oct nov dec junction j jct bus route age aged over last
    next for are page day ward district sector zone grade op lane platform approx about around
    exit past the another with and route section
    """
)
_TOKEN: Final = regex.compile(r"\S++")
_NAME: Final = regex.compile(r"[\p{Lu}][\p{L}'’.\-]*+|\d{1,2}(?:st|nd|rd|th)", regex.IGNORECASE)
_HOUSE: Final = regex.compile(r"(?:\d{1,3}[a-zA-Z]?|\d{1,3}\s?-\s?\d{1,3}),?")
_AREA: Final = regex.compile(
    r"(?:,\s|\sin\s)(?:#|(?:in|near)\s#?)?(?P<area>\p{Lu}[\p{L}'\-]++"
    r"(?: (?!(?:Thanks?|Please|Pls|Call|Ring|Did|If|We|The|Anyone|Were|Was|Seen|Contact|An?|Our"
    r"|This|It|Can|No|One|Two|Three|Police|Officers|Any|Do|You|Information|Witness(?:es)?)\b)\p{Lu}[\p{L}'\-]++)?+)"
    r"(?![\p{L}\d])"
)
_DAYS: Final = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december police officers please anyone
    """
)
_TAG: Final = regex.compile(
    r"(?<!\w)#(?P<first>\p{Lu}[\p{Ll}']++)(?:_?\p{Lu}[\p{Ll}']*+)*?_?(?P<last>Road|Rd|Street|Lane|Avenue|Ave|Grove"
    r"|Close|Drive|Crescent|Terrace|Hill|Gardens|Square)(?!\w)"
)
_SMALL_TAG: Final = regex.compile(
    r"(?<!\w)#(?P<first>\p{Ll}{3,15}?)_?(?:avenue|road|street|lane|crescent|terrace|grove)(?!\w)"
)
_NO_TAG: Final = (
    word_set(
        """
    the on our my your every this high open main test bus cycle
    """
    )
    | _NO_NAME
)
# "On Saltgate", "in The Crescent".
_ONE_WORD: Final = regex.compile(
    r"(?<!\w)(?:(?:on|along|off)\s(?P<name>(?!Motorway|Railway|Highway|Express|Halfway|Subway|Norway|Galway|Half)\p{Lu}\p{Ll}{2,12}(?:gate|way))|(?:in|on|at|along|off|near|of|-|:)\s"
    r"(?P<name>(?:\d{1,3}[a-zA-Z]?,?\s)?The\s(?:Avenue|Crescent|Grove|Drive|Close|Mews|Parade|Terrace)|\d{1,3}[a-zA-Z]?,?\sThe\s(?:Green|Square)))(?!\w)"
)
_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Street:
    """A street in the folded text, code points `start:end`, from the number of the house on.

    `name` is where the name itself begins. `whole` reaches from the preposition before it to the
    area after it, where both are there, and `area` is that area's name or empty.
    """

    start: int
    end: int
    name: int
    has_house: bool = False
    area: str = ""
    whole: tuple[int, int] = (0, 0)


def streets(case: Case) -> list[Street]:
    """The streets of the folded text, those in hashtags included, each once."""
    return case.reading.kept("streets", lambda: list(_streets(case)))


def _streets(case: Case) -> Iterator[Street]:
    text = case.reading.folded.text
    floor = 0
    for found in case.matches(_ENDING) if _MAYBE_ENDING.search(text.lower()) else ():
        street = _street(text, *found.span(1))
        if street and street.start >= floor:
            floor = street.end
            yield street
    if "#" in text:
        for found in case.matches(_TAG):
            if found["first"].lower() not in _NO_TAG:
                yield Street(*found.span(), found.start())
        for found in case.matches(_SMALL_TAG):
            if found["first"] not in _NO_TAG:
                yield Street(*found.span(), found.start())
    if "gate" in text or "way" in text or " The " in text:
        for found in case.matches(_ONE_WORD):
            yield Street(*found.span("name"), found.start("name"))


def _street(text: str, begin: int, end: int) -> Street | None:
    ending = text[begin:end].lower()
    is_robbery = ending not in {"street", "st"} and _ROBBERY.match(text, end)
    if (_OTHERWISE.match(text, end) and not is_robbery) or (
        ending == "st" and _SAINT.match(text, end)
    ):
        return None
    tokens = list(_TOKEN.finditer(text, max(0, begin - _REACH), begin))
    is_small = text[begin].islower()
    name = _take_name(text, tokens, begin, is_small=is_small)
    start = _take_house(text, tokens, name)
    leading = tokens[-1].group().lower() if tokens else ""
    is_led = leading in _PREPOSITIONS or leading in _CRIMES
    if ending in _AREA_ENDING:
        is_led = not is_small and _leads_to_a_house(text, start, leading)
    elif not is_small and not is_led and start == name:
        is_led = _is_set_off(text, start, end)
    if ending == "court" and text.count(" ", name, begin) > 1 and leading in {"in", "on"}:
        is_court = _COURT_OF_LAW.search(text, name, begin) is not None
        return None if is_court or is_small else Street(start, end, name, start < name)
    if name == begin or not _is_likely(
        ending, is_small=is_small, is_led=is_led, has_house=start < name
    ):
        return None
    area = _AREA.match(text, end)
    if not area or leading not in _PREPOSITIONS or area["area"].split()[0].lower() in _DAYS:
        return Street(start, end, name, start < name)
    whole = (tokens[-1].start(), area.end())
    return Street(start, end, name, start < name, area=area["area"], whole=whole)


def _leads_to_a_house(text: str, start: int, leading: str) -> bool:
    """Whether a house, a flat or a car is said to be there: "a house in Manor Park"."""
    return leading == "on" or _HOUSE_IN.search(text, max(0, start - 40), start) is not None


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether stops stand on both sides, as where a place is told like a heading."""
    return _SET_OFF.search(text[max(0, start - 3) : start]) is not None and text[
        end : end + 2
    ].strip(" ")[:1] in ("", ",", ":", ";", ".", "-", "|", ")", "\n")


def _is_likely(ending: str, *, is_small: bool, is_led: bool, has_house: bool) -> bool:
    """Whether a name with this ending is a street, by how it is written and what leads to it."""
    if is_small:
        return is_led and ending in _PLAIN_ENDING
    if ending in _NUMBERED_ENDING:
        return has_house
    return is_led or has_house or ending not in _UNSURE_ENDING


def _take_name(text: str, tokens: list[regex.Match[str]], begin: int, *, is_small: bool) -> int:
    """Where the name before `begin` starts; its words are taken from the end of `tokens`."""
    known = _NO_SMALL_NAME if is_small else _NO_NAME
    first = begin
    for _ in range(3):
        if not tokens or text[tokens[-1].end() : first] != " ":
            break
        token = tokens[-1]
        word = token.group().lstrip("(['\"#")
        if not _NAME.fullmatch(word) or word.lower() in known:
            break
        if word[0].islower() and not is_small:
            break
        if word.endswith(".") and len(word) > 3:
            break
        first = token.end() - len(word)
        tokens.pop()
        if len(word) < len(token.group()):
            tokens.clear()
    return first


def _take_house(text: str, tokens: list[regex.Match[str]], name: int) -> int:
    """Where the number of the house before `name` starts, or `name` when there is none."""
    if (
        not tokens
        or text[tokens[-1].end() : name] != " "
        or not _HOUSE.fullmatch(tokens[-1].group())
    ):
        return name
    leading = tokens[-2].group().lower().strip(".,(") if len(tokens) > 1 else ""
    if leading in _NO_HOUSE:
        return name
    start = tokens.pop().start()
    if leading in {"no", "number"}:
        start = tokens.pop().start()
    return start
