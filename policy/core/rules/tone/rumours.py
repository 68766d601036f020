"""Rumours, and being drawn into arguments."""

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
from policy.core.rules.lexicon import apart, phrases, places, says, spans
from policy.core.types import Context, Kind, Post, Severity

_HEDGES: Final = (
    *("apparently", "supposedly", "unconfirmed", "rumour", "rumours", "rumor", "rumors"),
    *("rumoured", "rumored", "rumour has it", "hearsay", "word on the street", "word has it"),
    *("word around town", "the gossip is", "gossip", "a little bird", "little birdie"),
    *("don't quote me", "do not quote me", "not sure if true", "not sure if this is true"),
    *("not sure how true", "may or may not be true"),
    *("we hear that", "i hear that", "i've heard that", "we've heard that", "we have heard that"),
    *("heard on the grapevine", "on the grapevine", "people are saying", "some are saying"),
    *("some people say", "they say that", "locals say", "locals are saying", "so i'm told"),
    *("so we're told", "we are told it", "we think it might be", "we think it may be"),
    *("sounds like it was", "sounds as if", "my guess is", "our guess is", "reports coming in"),
    *("i hear there", "we hear there", "someone told me", "somebody told me", "someone told us"),
    *("not confirmed", "not yet confirmed", "there's talk of", "there is talk of", "speculation"),
    *("sources say", "a source tells", "i hear a", "we're being told", "we are being told"),
    *("speculation is", "reading on facebook", "saw on facebook", "seen on facebook"),
    *("according to facebook", "according to social media", "allegedly has been"),
    *("i have heard that", "heard from a friend", "heard from a mate", "heard from a neighbour"),
    *("heard from someone", "not 100 sure", "not sure but", "not certain but", "unverified"),
    *("can't confirm but", "cannot confirm but", "it's being said", "it is being said", "i'm told"),
    *("i am told", "whispers that", "we think it's", "we think it is", "heard there's been"),
    *("heard there has been", "i heard that", "unsure but", "some reports suggest"),
    *("early reports say", "early reports suggest", "can anyone confirm", "word round the"),
    *("chinese whispers", "not yet verified", "isn't confirmed", "hasn't been confirmed"),
    *("has not been confirmed", "haven't been confirmed", "have not been confirmed"),
    *("nothing confirmed", "yet to be confirmed by", "awaiting confirmation", "doing the rounds"),
    *("fake news", "misinformation", "disinformation", "false information", "false claims"),
    *("reports suggest", "reports suggesting", "reports on social media", "posts on social media"),
    *("reports on facebook", "posts on facebook", "some say", "some reckon", "many are saying"),
    *("what you may have read", "what you may have heard", "what you may have seen"),
    *("what you might have read", "what you might have heard", "what you've read"),
    *("what you've heard", "being said online", "being shared online", "said online that"),
    *("we don't know if", "no idea if true", "no idea if it's true", "if true", "if it's true"),
    *(
        "not 100 on",
        "not 100 certain",
        "but who knows",
        "could be a hoax",
        "might be a hoax",
        "may be a hoax",
    ),
    *("heard a whisper", "heard whispers", "gossip mill", "rumor mill", "rumour mill"),
    *("thought by some", "believed by some", "so they say", "as far as we know"),
    *("reportedly", "purportedly", "been told by locals", "told by locals"),
    *("told by a local", "told by residents that", "understand from social media"),
    *("understand from facebook", "seen on social media", "read on facebook", "read on twitter"),
    *("saw on twitter", "seen on twitter", "on the rumour mill", "take it with a pinch"),
    *("pinch of salt", "can't be sure", "cannot be sure", "don't know for sure"),
    *("do not know for sure", "no confirmation", "unsubstantiated", "not been verified"),
    *("believe everything on facebook", "believe everything you read", "jungle drums"),
    *("conspiracy theories", "conspiracy theory", "urban myth", "heard something about"),
    *("rumoured to be", "second hand information", "hearing from locals", "so i hear"),
    *("i've been told", "have it on good authority", "on good authority"),
    *("don't know how true", "talk of the town", "my theory", "our theory", "best guess"),
    *("word around the", "facebook says", "on facebook says", "it's said that", "it is said that"),
)
# "Hearing" and "word" are ordinary within a sentence: a hearing in court, a word of thanks.
_HEARD: Final = regex.compile(
    r"(?im)(?:^|[.!?:]\s{1,2}|\b(?:just|i'm|we're|am|are|also|only)\s)"
    r"(?:hearing\s(?:that|there|reports|rumours|of|about\sa|an?|some|lots)|(?:the\s)?word\sis)\b"
)
# Who says it is not named, or it is only a guess.
_SAID: Final = regex.compile(
    r"(?m)^\s*allegedly\b|\ballegedly\b[^.!?\n]{0,40}\ballegedly\b"
    r"|\b(?:people|some|folks?|locals?|residents|neighbours|everyone|others"
    r"|users)\s(?:on\s\w+\s)?(?:are\s)?"
    r"(?:saying|suggesting|claiming|reporting\sonline|speculating|reckon(?:ing)?)\b"
    r"|\b(?:not|n't)\s(?:yet\s)?been\sconfirmed\b(?=\s(?:mind|though|but|yet)|[.,!]|$)"
    r"|\b(?:claims?|posts?|stor(?:y|ies)|messages?|videos?|theor(?:y|ies)|talk|screenshots?"
    r"|voice\snotes?)\s"
    r"(?:(?:is|are|that\sis|that\sare|currently|now)\s)*(?:on\s(?:facebook|social\smedia"
    r"|twitter|whatsapp"
    r"|tiktok|snapchat)|online|claiming|circulating|going\s(?:a?round|about)|being\sshared"
    r"|spreading)\b"
    r"|\bthere\s(?:are|is|were)\s(?:\w+\s)?(?:stories|claims|talk|whispers|suggestions)\b"
    r"|\b(?:it|this|he|she|they)\s(?:may|might|could)\s(?:have\sbeen|be|well\sbe)\b[^.!?\n]{0,60}"
    r"\b(?:don't|do\snot|not)\s(?:yet\s)?(?:know|confirm\w*|sure)\b"
    r"|\b(?:i've|we've|i\shave|we\shave|just)\sheard\s(?:that|there|it|he|she|they|a|the)\b"
    r"|\bsounds\slike\s(?:an?\s(?:big|major|bad|nasty)|it|there|they|he|she|someone)\b"
    r"|\b(?:believed|thought|said)\b[^.!?\n]{0,60}\b(?:isn't|not|yet\sto\sbe"
    r"|hasn't\sbeen)\sconfirmed\b"
)
_SCAM: Final = regex.compile(
    r"(?i)\b(?:scams?|fraud\w*|phishing|bogus|fake\s(?:text|email"
    r"|call)s?)\b"
)
_SAYING: Final = (
    *("allegedly", "saying", "suggesting", "claiming", "speculating", "claim", "claims", "post"),
    *("posts", "story", "stories", "message", "messages", "video", "videos", "theory", "talk"),
    *("may", "might", "could", "heard", "sounds", "confirmed", "there", "screenshot"),
)
_REBUTTAL: Final = regex.compile(
    r"(?i)\b(?:no\struth|not\strue|un(?:true|founded)|false|incorrect|inaccurate|baseless|nonsense"
    r"|aware\sof\s(?:the\s|some\s|a\s)?(?:\w+\s)?(?:rumours?|speculation)"
    r"|wrong|contrary\sto|misinformation|disinformation|fake(?:\snews)?|hoax|false\sclaims"
    r"|(?:do\snot|don't|please|stop|avoid|not\sto|never|against|dispel|quash|despite|ignore)\s"
    r"(?:\w+\s){0,3}?(?:rumours?|gossip|speculat\w+|unconfirmed))\b"
)


def rumours(case: Case) -> Iterator[Span]:
    """Words that say: this is not known. Where a rumour is denied they only advise."""
    heard = (_HEARD,) if says(case, "hearing", "word") else ()
    said: list[tuple[int, int]] = []
    if says(case, *_SAYING) and not case.reading.says(_SCAM):
        plain = case.reading.plain
        said = [found.span() for found in _SAID.finditer(plain, timeout=case.deadline.remaining())]
    met = apart((*places(case, phrases(_HEDGES, case.words("words")), *heard), *said))
    if met:
        at_most = Severity.ADVISE if any(case.matches(_REBUTTAL)) else None
        yield from spans(case, met, "“{}” sounds like a rumour.", at_most)


RUMOUR: Final = Rule(
    id="rumour",
    title="It may be a rumour",
    subject="Tone",
    severity=Severity.NEEDS_REASON,
    cites=authorities.RUMOURS,
    advice="Post only what is confirmed, and say who confirmed it.",
    find=rumours,
    wrong=(
        *tweets(
            "Crash on Harbour Road, looks bad. Apparently two cars.",
            "Hearing reports of a fire at the Kingsmarl mill, unconfirmed",
            "Word on the street is that the shop in Foxhollow was hit again",
        ),
        Example(
            Post("There is no truth in the rumour of a shooting. Please see our website."),
            note="A denial spreads it as well: this only advises.",
        ),
    ),
    right=(
        *tweets(
            "Harbour Road is closed after a crash between two cars.",
            "A man has allegedly been assaulted in Foxhollow. Call 101 if you saw it.",
        ),
        Example(
            Post("Is it true what we hear? Come and tell us on Saturday."),
            note="A question to people, and nothing said about a case.",
        ),
    ),
    answers=(
        "It is confirmed, by the person I name below",
        "It denies a rumour and comms has agreed",
        "The word means something else here",
    ),
    params=params(words=Param("Further words and phrases", ParamKind.WORDS, ())),
)


def long_arguments(case: Case) -> Iterator[Span]:
    """One more answer to somebody who has had several already."""
    turns = case.context.reply_turns
    if case.post.kind is Kind.REPLY and turns >= case.number("turns"):
        yield Span(
            0,
            len(case.reading.raw),
            f"You have answered this person {turns} times already.",
        )


_AGAIN: Final = Post("@fernlea_demo We have told you what we can.", kind=Kind.REPLY)

ARGUMENT: Final = Rule(
    id="argument",
    title="You may be drawn into an argument",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.ARGUMENTS,
    advice="Leave it here, or tell your supervisor and comms and let them answer.",
    find=long_arguments,
    wrong=(
        Example(_AGAIN, Context(reply_turns=2), "The third answer to the same person."),
        Example(_AGAIN, Context(reply_turns=7)),
        Example(
            Post("Thank you! Have a nice day.", kind=Kind.REPLY),
            Context(reply_turns=3),
            "However friendly: it has gone on for long.",
        ),
    ),
    right=(
        Example(_AGAIN, Context(reply_turns=1), "The second answer."),
        Example(Post("We have told you what we can."), Context(reply_turns=5), "No reply."),
        *tweets("@fernlea_demo Thank you for telling us. Please call 101."),
    ),
    reads=TEXT_ONLY,
    params=params(
        turns=Param("So many answers to one person are enough", ParamKind.NUMBER, 2),
    ),
)
