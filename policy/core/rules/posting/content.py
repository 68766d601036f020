"""What certain sorts of tweet owe the reader: a source, a link, a day, a time and a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

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
from policy.core.rules.lexicon import says
from policy.core.text.emoji import EMOJI
from policy.core.types import Context, Kind, Post, Severity

_WARNING: Final = regex.compile(
    r"(?i)\b(?:(?:yellow|amber|red)\s(?:(?:severe|weather|wind|snow|ice|rain|fog|thunderstorms?"
    r"|lightning|heat|storm|and|or|&)\s){0,4}warnings?(?!\s(?:triangle|light|sign|card|tape|label))"
    r"|(?:weather|wind|gale|snow|ice|heavy\srain|rain|fog|thunderstorm|lightning|extreme\sheat"
    r"|heatwave|storm)\s(?:warnings?|alert)s?)\b"
)
_ALERTS: Final = ("warning", "warnings", "alert", "alerts")
_WEATHER: Final = (
    *("weather", "wind", "winds", "windy", "gale", "gales", "storm", "storms", "snow", "ice"),
    *("icy", "rain", "sleet", "hail", "fog", "frost", "flood", "floods", "flooding", "thunder"),
    *("heat", "thunderstorm", "thunderstorms", "lightning", "heatwave", "forecast"),
    *("temperatures", "cold"),
)
_MET_OFFICE: Final = regex.compile(r"(?i)\bmetoffice\.gov\.uk\b|@metoffice\b")
_BY_NAME: Final = regex.compile(r"(?i)\b(?:the\s)?met\soffice\b")


def weather_without_source(case: Case) -> Iterator[Span]:
    """A weather warning without the Met Office; naming it in words is half the way.

    Of ordinary weather it only advises.
    """
    is_weather = case.post.category in case.words("categories") and says(case, *_WEATHER)
    found = next(case.matches(_WARNING), None) if says(case, *_ALERTS) else None
    if not is_weather and found is None:
        return
    text = case.reading.folded.text
    if case.post.source_account.lstrip("@").casefold() == "metoffice" or _MET_OFFICE.search(text):
        return
    named = _BY_NAME.search(text)
    if named:
        yield Span(
            *case.place(*named.span()),
            "People cannot tap on the words “Met Office”.",
            "Write @metoffice, or link to its warnings.",
            replacements=("@metoffice",),
            at_most=Severity.ADVISE,
        )
        return
    place = case.place(*found.span()) if found else (0, len(case.reading.raw))
    yield Span(
        *place,
        "This says nothing of the Met Office, where weather comes from.",
        at_most=None if found else Severity.ADVISE,
    )


WEATHER_SOURCE: Final = Rule(
    id="weather-source",
    title="Weather without its source",
    subject="Links",
    severity=Severity.NEEDS_REASON,
    cites=authorities.WEATHER,
    advice="Retweet the Met Office, link to metoffice.gov.uk or name @metoffice.",
    find=weather_without_source,
    wrong=(
        *tweets(
            "Yellow wind warning for the coast tonight. Stay back from the quay wall.",
            "Weather warning: heavy snow in Foxhollow tomorrow",
        ),
        Example(
            Post("Gales tonight, stay in.", category="weather"),
            note="Ordinary weather in the category Weather: this only advises.",
        ),
        Example(
            Post("Amber snow and ice warning. Updates from the Met Office."),
            note="Named, but nobody can tap on it: this only advises.",
        ),
    ),
    right=(
        *tweets(
            "Yellow wind warning tonight: https://www.metoffice.gov.uk/weather/warnings",
            "@metoffice has issued an amber warning for snow. Stay in if you can.",
            "Icy this morning. Clear the whole windscreen before you set off.",
        ),
        Example(
            Post("Flood warning for the Saltmere: see the river levels."),
            note="Floods are the Environment Agency's.",
        ),
    ),
    answers=(
        "The Met Office says so: I have looked",
        "This is about floods or roads, not the weather",
        "A partner's warning that comms has agreed to pass on",
    ),
    reads=TEXT_ONLY,
    params=params(
        categories=Param("Categories that are about the weather", ParamKind.WORDS, ("weather",)),
    ),
)

_LINK_LENGTH: Final = 24
_WORD: Final = regex.compile(r"\S++")
_TAG: Final = regex.compile(r"#\w++")


def no_link_back(case: Case) -> Iterator[Span]:
    """A tweet without a link, where the team's page would help."""
    page = case.context.team_page
    is_fitting = case.post.category in case.words("categories") and case.post.kind is Kind.ORIGINAL
    if not page or not is_fitting or case.reading.entities.urls:
        return
    words = list(case.raw_matches(_WORD))
    # A link goes before the hashtags at the end.
    while len(words) > 1 and _TAG.fullmatch(words[-1].group()):
        words.pop()
    if not words or case.measure.weighted + _LINK_LENGTH > case.measure.limit:
        return
    yield Span(
        words[-1].end(),
        words[-1].end(),
        "This links to nothing.",
        f"Add your team's page: {page}",
        replacements=(f" {page}",),
    )


_TEAM: Final = Context(team_page="https://marlshire.example.org/oldermoor")

LINK_BACK: Final = Rule(
    id="link-back",
    title="No link to your page",
    subject="Links",
    severity=Severity.ADVISE,
    cites=authorities.LINK_BACK,
    advice="Add your team's page, so that people find out more.",
    find=no_link_back,
    wrong=(
        Example(Post("Surgery on Thursday, 6pm #Oldermoor", category="meeting"), _TEAM),
        Example(Post("You said: speeding. We did: two checks.", category="you-said-we-did"), _TEAM),
        Example(Post("Lock your shed.", category="advice"), _TEAM),
    ),
    right=(
        Example(
            Post("Surgery: https://marlshire.example.org/oldermoor", category="meeting"),
            _TEAM,
            "It links.",
        ),
        Example(Post("A man was arrested.", category="arrest"), _TEAM, "Nothing more to read."),
        Example(Post("Lock your shed. " * 17, category="advice"), _TEAM, "No room."),
        *tweets("Surgery on Thursday, 6pm #Oldermoor"),
    ),
    reads=TEXT_ONLY,
    params=params(
        categories=Param(
            "Categories that profit from a link",
            ParamKind.WORDS,
            ("meeting", "you-said-we-did", "priorities", "advice", "newsletter", "local-issue"),
        ),
    ),
)

_DAY: Final = regex.compile(
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|weekly|monthly"
    r"|daily|every\s\w+|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b"
    r"|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[/.]\d{1,2}|(?:\d{1,2}\s)?(?:jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|sept|oct|nov|dec)[a-z]{0,6}+(?:\s\d{1,2})?)\b"
)
_TIME: Final = regex.compile(
    r"(?i)\b(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o'?clock|hrs?|hours)|\d{1,2}[:.]\d\d"
    r"|\d{4}\s?(?:hrs?|hours)|noon|midday|midnight|lunchtime|all\sday|half\spast|quarter\s(?:to|past)"
    r"|\d{1,2}\s?(?:-|to|till|until)\s?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m)?"
    r"|(?:at|from)\s\d{1,2})\b"
)
_PLACE: Final = regex.compile(
    r"(?i:\b(?:library|hall|centre|church|school|station|co-?op|supermarket|caf[eé]|coffee\sshop|market"
    r"|park|square|pub|club|theatre|pavilion|museum|college|university|online|teams|zoom"
    r"|hospital|garden\scentre|shop|store|mosque|temple|street|road|lane|avenue|green|quay|hub"
    r"|playground|facebook\slive|asda|tesco|sainsbury'?s|morrisons|aldi|lidl|waitrose)\b)"
    r"|\b(?i:at|in|outside|by|near|from)\s(?i:the\s|our\s)?(?:[@#]\w|\p{Lu}\p{L})"
)
_PARTS: Final = (("the day", _DAY), ("the time", _TIME), ("the place", _PLACE))

_INVITING: Final = (
    *("surgery", "surgeries", "meeting", "meetings", "meet", "coffee", "drop", "come", "join"),
    *("pop", "invited", "invite", "welcome", "chat", "cuppa", "forum", "session", "event"),
)
_OVER: Final = ("thank", "thanks", "came", "attended", "cancelled", "postponed", "minutes", "was")


def incomplete_meetings(case: Case) -> Iterator[Span]:
    """A meeting of which people cannot tell when or where it is."""
    if case.post.category not in case.words("categories") or case.post.kind is not Kind.ORIGINAL:
        return
    if not says(case, *_INVITING) or says(case, *_OVER):
        return
    missing = [part for part, pattern in _PARTS if not any(case.matches(pattern))]
    if missing:
        yield Span(
            0,
            len(case.reading.raw),
            f"People cannot tell {' and '.join(missing)} of the meeting.",
        )


MEETING_DETAILS: Final = Rule(
    id="meeting-details",
    title="When and where the meeting is",
    subject="Meetings",
    severity=Severity.ADVISE,
    cites=authorities.MEETINGS,
    advice="Say the day, the time and the place.",
    find=incomplete_meetings,
    wrong=(
        Example(Post("Come to our surgery this week", category="meeting"), note="None of them."),
        Example(Post("Surgery on Thursday, 6pm. All welcome!", category="meeting"), note="Where?"),
        Example(Post("Surgery at Oldermoor Library, 6pm", category="meeting"), note="Which day?"),
    ),
    right=(
        Example(Post("Surgery: Thursday, 6pm, Oldermoor Library.", category="meeting")),
        Example(Post("Coffee with us 3 May, 10:30, outside Boots", category="meeting")),
        Example(Post("Drop-in tomorrow 2-4pm @SaltmereHub, in the hub", category="meeting")),
        Example(
            Post("Thank you for coming to our meeting", category="meeting"), note="It is over."
        ),
    ),
    reads=TEXT_ONLY,
    params=params(
        categories=Param("Categories that are about meetings", ParamKind.WORDS, ("meeting",)),
    ),
)

_PICTORIAL: Final = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]")
_MIDDLE: Final = regex.compile(r"[^\s.!?:|…\-]\s?+$")
_GOES_ON: Final = regex.compile(r"\s?+[\p{Ll}]")
_SIGNS: Final = frozenset("©®™↔↕↩↪ℹ‼⁉〰〽㊗㊙Ⓜ")


def many_emoji(case: Case) -> Iterator[Span]:
    """More emoji than `max`, or one within a sentence."""
    raw = case.reading.raw
    if raw.isascii() or not _PICTORIAL.search(raw):
        return
    found = [
        match.span()
        for match in case.raw_matches(EMOJI)
        if match.group()[0] not in _SIGNS and not match.group().isascii()
    ]
    most = case.number("max")
    if len(found) > most:
        yield Span(
            found[most][0],
            found[-1][1],
            f"You have {len(found)} emoji. Use at most {most}.",
        )
        return
    for start, end in found:
        if _MIDDLE.search(raw[max(0, start - 2) : start]) and _GOES_ON.match(raw, end):
            yield Span(start, end, "An emoji interrupts the sentence.")


EMOJI_FEW_AND_LAST: Final = Rule(
    id="emoji-few-and-last",
    title="Emoji within the words",
    subject="Characters",
    severity=Severity.ADVISE,
    cites=authorities.CLEAR,
    advice="Put few emoji, at the end: screen readers read out the name of each one.",
    find=many_emoji,
    wrong=(
        *tweets("Lock it 🔒🔑🚪🏠", "Our 🚲 patrol is out today"),
        Example(
            Post("👮🏽\u200d♀️👮🏽\u200d♀️👮🏽\u200d♀️👮🏽\u200d♀️"),
            note="Four, however they are made.",
        ),
    ),
    right=(
        *tweets("Our cycle patrol is out today 🚲", "Well done all! 👏 See you on Friday."),
        Example(Post("🔒 Lock it. 🔑 Hide the keys. ☎ Call us."), note="Each before a sentence."),
    ),
    reads=TEXT_ONLY,
    params=params(max=Param("The greatest number of emoji", ParamKind.NUMBER, 3)),
)
