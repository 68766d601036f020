"""Jokes at somebody's expense, as far as words and pictures give them away.

Irony is not found: silence says nothing about the tone of a tweet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Param, ParamKind, Rule, Span, params, tweets
from policy.core.rules.lexicon import phrases, places, says, spans
from policy.core.types import Post, Severity

_FUN: Final = (
    *("muppet", "muppets", "numpty", "numpties", "plonker", "plonkers", "pillock", "pillocks"),
    *("twit", "dimwit", "dimwits", "halfwit", "nitwit", "dumbo", "wazzock", "d'oh", "doh"),
    *("oopsie", "whoopsie", "facepalm", "face palm", "lmao", "lmfao", "rofl"),
    "you had one job",
    *("not the sharpest", "not the brightest", "not too bright", "not very bright"),
    *("lights are on but", "sandwich short of", "criminal mastermind", "criminal masterminds"),
    *("criminal genius", "master criminal", "what a genius", "absolute genius", "bright spark"),
    *("epic fail", "rookie error", "rookie mistake", "schoolboy error", "nice try"),
    *("better luck next time", "winner winner", "bye bye car", "only joking", "just kidding"),
    *("just joking", "only kidding", "no pun intended", "pun intended", "excuse the pun"),
    *("pardon the pun", "dad joke", "dad jokes", "hilarious", "a-paws", "pawsome", "pawfect"),
    *("paw-some", "paw-fect", "furtastic", "paw-trol", "pawtrol", "pawlice", "punbelievable"),
    *("some people eh", "stop laughing", "stopped laughing", "made us laugh", "made us chuckle"),
    *("made us giggle", "had a giggle", "had us in stitches", "laugh out loud", "laughing stock"),
    *("couldn't stop laughing", "walked into a bar", "darwin award", "darwin awards"),
    *("sorry not sorry", "muppetry", "another one bites the dust", "walk of shame"),
    *("gave us a laugh", "give us a laugh", "free ride in our", "free lift in our", "free taxi to"),
    *("free bed for the night", "custody hotel", "hotel custody", "bed and breakfast in custody"),
    *("not so clever now", "what could possibly go wrong", "what could go wrong"),
    *("well that went well", "no prizes for guessing", "christmas came early", "sleep well in"),
    *("who's laughing now", "silly sausage", "silly billy", "prize idiot", "prize plonker"),
    *("taxi for one", "taxi for two", "ha ha", "comedy gold", "you had to be there"),
    *("unlucky mate", "unlucky son", "see you later alligator", "what a wally", "not his finest"),
    *("not her finest", "not their finest", "note to self", "dear burglar", "dear burglars"),
    *("dear thief", "dear thieves", "dear criminals", "guest of his majesty"),
    *("guest of her majesty", "worst parking award", "gotcha", "instant karma"),
)
_LAUGHTER: Final = regex.compile(
    r"(?i)[😂🤣😹😆😝😜🤪🤡🤦🙄]++|\b(?:b?w?a?ha(?:ha)++h?|he(?:he)++|lolol(?:ol)*+)\b"
)
_NOT_THE_WISEST: Final = regex.compile(
    r"(?i)\b(?:not|hardly|(?:is|was|are|were)n't)\b[^.!?\n]{0,24}?"
    r"\b(?:wisest|smartest|brightest|cleverest|sharpest)\s"
    r"(?:idea|move|plan|decision|thing|choice|tool|criminals?|people|person|of)\b"
    r"|\b(?:(?:was|were|is|are)n't|(?:was|were)\snot)\s(?:exactly\s|quite\s)?the\s(?:sharpest|brightest|smartest|cleverest)\b"
    r"|\b(?:wasn't|weren't|was\snot|not\s(?:his|her|their))\s(?:\w+\s){0,2}?best\s(?:idea|move|plan|decision)\b"
    r"|\b(?:this|these|that|our|local|absolute|complete|total|utter)\s(?:\w+\s)?genius(?:es)?\b"
    r"|\b(?:could|can)(?:n't|\snot|not)\smake\s(?:it|this|that)\sup\b(?!\s(?:to|the|here|there|on|for|in))"
    r"|(?<=[.!?]\s{0,2})genius(?=[.!])"
    r"|\boo+ps(?:ie|y)?(?=\s?(?:[!.…,😂🤣🙈]|$))"
)
_SHOW: Final = regex.compile(r"(?i)\bthe muppets\b|\bmuppets? (?:show|christmas|treasure|movie)\b")
_TAGS: Final = frozenset(
    (
        *("fail", "epicfail", "facepalm", "doh", "muppet", "muppets", "awkward", "oops", "numpty"),
        *("youhadonejob", "sorrynotsorry", "lol", "lmao", "haha", "punintended", "dadjoke"),
        *("gotcha", "instantkarma"),
    )
)


def jokes(case: Case) -> Iterator[Span]:
    """Laughter, mockery and puns."""
    words = phrases(_FUN, case.words("words"))
    met = places(case, words, _LAUGHTER)
    if says(
        case,
        "wisest",
        "smartest",
        "brightest",
        "cleverest",
        "sharpest",
        "best",
        "genius",
        "geniuses",
        "oops",
        "make",
    ):
        met += [found.span() for found in case.matches(_NOT_THE_WISEST)]
    if says(case, "muppets", "muppet"):
        shows = [found.span() for found in case.matches(_SHOW)]
        met = [m for m in met if not any(start <= m[0] < end for start, end in shows)]
    yield from spans(case, met, "“{}” can look like a joke.")
    for tag in case.reading.entities.hashtags:
        if tag.hashtag.casefold() in _TAGS:
            yield Span(tag.start, tag.end, f"“#{tag.hashtag}” can look like a joke.")


JOKE: Final = Rule(
    id="joke",
    title="It may look like a joke",
    subject="Tone",
    severity=Severity.NEEDS_REASON,
    cites=authorities.JOKES,
    advice="Say what happened without making fun of it, or explain why nobody can be hurt by it.",
    find=jokes,
    wrong=(
        *tweets(
            "You could not make it up! What a muppet 😂",
            "Not the wisest idea to park on a police bay in Oldermoor",
            "Seized this one today. Bye bye car! Better luck next time #fail",
        ),
        Example(
            Post("Give a-paws to PD Rex of Foxhollow, please"),
            note="A pun, made to look like an ordinary word.",
        ),
    ),
    right=(
        *tweets(
            "Beat the burglar: lock doors and windows when you leave the house",
            "A car with no insurance was seized in Oldermoor today.",
            "Do not laugh it off: report hate crime on 101.",
        ),
        Example(
            Post("The Muppets are at the Saltmere theatre: expect traffic at 7pm"),
            note="A show of that name.",
        ),
    ),
    answers=(
        "Nobody is made fun of",
        "Comms has agreed this for a campaign",
        "These words are no joke here",
    ),
    params=params(words=Param("Further words and phrases", ParamKind.WORDS, ())),
)
