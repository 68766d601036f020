"""Jokes at somebody's expense, as far as words and pictures give them away.

Irony is not found: silence says nothing about the tone of a tweet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Reading, Stems
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
    *("lol", "couldn't write it", "could not write it", "can't write this stuff", "awks"),
    *("spoiler alert", "plot twist", "book him danno", "gone to pot", "knock knock"),
    *("what do you call a", "why did the chicken", "oh dear oh dear", "april fool", "april fools"),
    *("fast and furious", "lewis hamilton", "pants down", "ho ho ho"),
    *("dog ate", "tut tut", "nul points", "own goal"),
    *("surprise surprise", "guess what happened next", "you'll never guess", "pull the other one"),
    *("computer says no", "that's one way to", "honest guv", "fair cop", "wheely", "wheelie bad"),
    *("five star hotel", "5 star hotel", "free bracelets", "matching bracelets", "shiny bracelets"),
    *("silver bracelets", "stay in our cells", "night in our cells", "cells for the night mate"),
    *("bless him", "nobody told him", "nobody told her"),
    *("sleeping beauty", "not today mate", "jog on", "good luck explaining", "funny that"),
    *(
        "nice parking",
        "great parking",
        "lovely parking",
        "wrong house mate",
        "sorry pal",
        "sorry mate",
    ),
    *("you're nicked", "no brain", "legs it", "roses are red"),
    *("packed a toothbrush", "up in smoke", "whale of a time", "let's play guess"),
    *(
        "guess the excuse",
        "excuse of the day",
        "prize for bad",
        "prize for worst",
        "prize for the worst",
    ),
    *("award for worst", "award for the worst", "whoops", "resting his eyes", "resting her eyes"),
    *("just hanging around", "caught napping", "egg on his face"),
    *("silly me", "face like thunder", "cunning plan", "best excuse", "stroke of genius"),
    *("not so fast", "slippery customer", "stuck in a rut", "high as a kite"),
    *("pun of the day", "see what i did there", "see what we did there", "sat nav said"),
    *("must try harder", "slow clap", "slow hand clap"),
    *("wacky races", "mr bean", "del boy", "home alone burglar"),
    *("world's worst", "britain's worst", "britain's dumbest", "worst burglar", "worst criminal"),
)
_LAUGHTER: Final = regex.compile(
    r"(?i)[😂🤣😹😆😝😜🤪🤡🤦🙄]++|(?<=\s);-?[)pd](?!\w)|\b(?:b?w?a?ha(?:ha)++h?|he(?:he)++|lolol(?:ol)*+)\b"
)
_LAUGHS: Final = Stems("haha", "hehe", "olol")
_NOT_THE_WISEST: Final = regex.compile(
    r"(?i)\b(?:not|hardly|(?:is|was|are|were)n't)\b[^.!?\n]{0,24}?"
    r"\b(?:wisest|smartest|brightest|cleverest|sharpest)\s"
    r"(?:idea|move|plan|decision|thing|choice|tool|criminals?|people|person|of)\b"
    r"|\b(?:(?:was|were|is|are)n't|(?:was|were)\snot)\s(?:exactly\s|quite\s)?the\s(?:sharpest"
    r"|brightest|smartest|cleverest)\b"
    r"|\b(?:wasn't|weren't|was\snot|not\s(?:his|her|their))\s(?:\w+\s){0,2}?best\s(?:idea|move"
    r"|plan|decision)\b"
    r"|\b(?:this|these|that|our|local|absolute|complete|total|utter)\s(?:\w+\s)?genius(?:es)?\b"
    r"|\b(?:could|can)(?:n't|\snot|not)\smake\s(?:it|this|that)\sup\b(?!\s(?:to|the|here|there"
    r"|on|for|in))"
    r"|(?<=[.!?]\s{0,2})(?:genius|awkward)(?=[.!])"
    r"|\b(?:crime\sscene|criminal|local)\scomedians?\b|\bthought\s(?:he|she|they)\s(?:was"
    r"|were)\s(?:in\sa\s\w+"
    r"\sfilm|lewis|an?\s(?:racing|rally|formula|f1)\w*|invisible|james\sbond|superman|batman)\b"
    r"|\b(?:the\sonly\sthing|he\swon't\sbe|she\swon't\sbe)\s(?:\w+['\w]*\s){1,5}(?:now"
    r"|any\s?more|home)\b"
    r"|\bhope\s(?:he|she|they)\s(?:likes?|packed|enjoys?|brought)\b"
    r"|\btrip(?:s|ped)\sover\s(?:his|her|their)\sown\b"
    r"|\boo+ps(?:ie|y)?(?=\s?(?:[!.…,😂🤣🙈]|$))"
)
_SHOW: Final = regex.compile(r"(?i)\bthe muppets\b|\bmuppets? (?:show|christmas|treasure|movie)\b")
_TAGS: Final = frozenset(
    (
        *("fail", "epicfail", "facepalm", "doh", "muppet", "muppets", "awks", "oops", "numpty"),
        *("youhadonejob", "sorrynotsorry", "lol", "lmao", "haha", "punintended", "dadjoke"),
        *("gotcha", "instantkarma"),
    )
)


def _may_laugh(reading: Reading) -> bool:
    text = reading.folded.text
    return not text.isascii() or ";" in text or _LAUGHS.are_in(reading)


def jokes(case: Case) -> Iterator[Span]:
    """Laughter, mockery and puns."""
    words = phrases(_FUN, case.words("words"))
    laughter = (_LAUGHTER,) if _may_laugh(case.reading) else ()
    met = places(case, words, *laughter)
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
        "comedian",
        "comedians",
        "thought",
        "only",
        "awkward",
        "won't",
        "hope",
        "trips",
        "tripped",
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
