"""The shorthand of text messages, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import (
    OWN_WORDS,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from policy.core.rules.lexicon import Hit, Lexicon, like, phrases
from policy.core.types import Post, Severity

_SHORTHAND: Final = {
    "2day": "today", "2nite": "tonight", "2night": "tonight", "2moro": "tomorrow",
    "2morro": "tomorrow", "2morrow": "tomorrow", "2mrw": "tomorrow", "2moz": "tomorrow",
    "2mro": "tomorrow", "tomo": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow",
    "tmoz": "tomorrow", "tomoz": "tomorrow", "tomorro": "tomorrow", "2gether": "together",
    "2geva": "together", "2wards": "towards", "tonite": "tonight", "2nyt": "tonight",
    "4ever": "forever", "4eva": "forever", "4get": "forget", "4got": "forgot", "4ward": "forward",
    "4wards": "forwards", "b4hand": "beforehand", "be4": "before", "bfore": "before",
    "any1": "anyone", "ne1": "anyone", "some1": "someone", "sum1": "someone", "every1": "everyone",
    "evry1": "everyone", "gr8": "great", "gr8t": "great", "gr8ful": "grateful", "str8": "straight",
    "l8r": "later", "l8rs": "later", "l8er": "later", "l8st": "latest", "l8ly": "lately",
    "m8s": "mates", "m8y": "matey", "w8ing": "waiting", "w8in": "waiting", "w8ed": "waited",
    "h8": "hate", "h8s": "hates", "h8ers": "haters", "f8": "fate", "d8": "date", "cre8": "create",
    "cre8d": "created", "upd8": "update", "upd8s": "updates", "upd8d": "updated",
    "appreci8": "appreciate", "loc8d": "located", "loc8": "locate", "el8d": "elated",
    "sk8": "skate", "pls": "please", "plz": "please", "plse": "please", "pleez": "please",
    "plzz": "please", "thx": "thanks", "thnx": "thanks", "thanx": "thanks", "tnx": "thanks",
    "tks": "thanks", "thnks": "thanks", "thks": "thanks", "thankx": "thanks", "thku": "thank you",
    "thanku": "thank you", "tku": "thank you", "tyvm": "thank you very much", "ta muchly": "thanks",
    "lol": "", "lolz": "", "lmao": "", "rofl": "", "roflmao": "", "omg": "", "omfg": "", "wtf": "",
    "wth": "", "smh": "", "lmfao": "", "xoxo": "", "tbh": "to be honest", "tbf": "to be fair",
    "imo": "in my opinion", "imho": "in my opinion", "btw": "by the way", "idk": "I do not know",
    "irl": "in real life", "brb": "back soon", "ttyl": "talk to you later", "nvm": "never mind",
    "ngl": "to be honest", "ikr": "I know", "ily": "", "bff": "best friend", "bffs": "best friends",
    "gtg": "got to go", "g2g": "got to go", "hth": "hope that helps", "afaik": "as far as I know",
    "yolo": "", "fomo": "", "ftw": "", "jk": "just kidding", "icymi": "in case you missed it",
    "tldr": "in short", "wyd": "what are you doing", "hmu": "contact me", "fwiw": "", "iirc": "",
    "ppl": "people", "peeps": "people", "msg": "message", "msgs": "messages", "txt": "text",
    "txts": "texts", "txting": "texting", "coz": "because", "cuz": "because", "bcoz": "because",
    "becoz": "because", "bcuz": "because", "bcos": "because", "cya": "see you", "cu": "see you",
    "cul8r": "see you later", "soz": "sorry", "sry": "sorry", "srsly": "seriously",
    "obvs": "obviously", "defo": "definitely", "deffo": "definitely", "deffos": "definitely",
    "totes": "totally", "probs": "probably", "whatevs": "whatever", "abt": "about", "nxt": "next",
    "frm": "from", "wiv": "with", "luv": "love", "luvs": "loves", "wud": "would", "cud": "could",
    "shud": "should", "wot": "what", "wats": "what is", "wat": "what", "wen": "when", "gud": "good",
    "nite": "night", "nites": "nights", "thru": "through", "tho": "though", "altho": "although",
    "thort": "thought", "enuf": "enough", "rite": "right", "avin": "having", "hav": "have",
    "jus": "just", "jst": "just", "dnt": "don't", "dunno": "do not know", "dat": "that",
    "dis": "this", "dem": "them", "da": "the", "wk": "week", "wks": "weeks", "wkend": "weekend",
    "wknd": "weekend", "wkends": "weekends", "w'end": "weekend", "y'day": "yesterday",
    "yday": "yesterday", "ystrday": "yesterday", "yest": "yesterday", "b'day": "birthday",
    "bday": "birthday", "hols": "holidays", "fone": "phone", "fones": "phones",
    "fab u lous": "fabulous", "fotos": "photos", "foto": "photo", "vry": "very",
    "v gd": "very good", "gd": "good", "gdnite": "good night", "gnite": "good night", "nr": "near",
    "ur": "your", "urs": "yours", "urself": "yourself", "u": "you", "u'r": "you are",
    "u're": "you are", "u've": "you have", "u'll": "you will", "u'd": "you would", "r u": "are you",
    "u r": "you are", "how r": "how are", "where r": "where are", "what r": "what are",
    "we r": "we are", "they r": "they are", "who r": "who are", "r we": "are we",
    "r they": "are they", "r the": "are the", "r there": "are there", "c u": "see you",
    "c ya": "see you", "c you": "see you", "4 u": "for you", "2 u": "to you", "4 ur": "for your",
    "2 ur": "to your", "4 the": "for the", "4 all": "for all", "4 your": "for your",
    "4 you": "for you", "4 info": "for info", "2 c": "to see", "2 b": "to be", "2 do": "to do",
    "2 go": "to go", "2 get": "to get", "2 see": "to see", "2 say": "to say", "2 help": "to help",
    "2 everyone": "to everyone", "2 the": "to the", "2 your": "to your", "2 let": "to let",
    "2 make": "to make", "2 keep": "to keep", "2 call": "to call", "thx 4": "thanks for",
    "thanks 4": "thanks for", "looking 4": "looking for", "b safe": "be safe",
    "b careful": "be careful", "b aware": "be aware", "b there": "be there", "will b": "will be",
    "to b": "to be", "ya": "you", "k thx": "thanks", "x x": "", "b4": "before", "m8": "mate",
    "w8": "wait", "l8": "late", "w/e": "weekend", "u can": "you can", "u are": "you are",
    "u will": "you will", "u have": "you have", "u need": "you need", "u want": "you want",
    "u know": "you know", "u see": "you see", "u go": "you go", "u should": "you should",
    "u could": "you could", "u all": "you all", "u guys": "you guys", "u must": "you must",
    "u think": "you think", "u get": "you get", "u would": "you would", "if u": "if you",
    "do u": "do you", "can u": "can you", "are u": "are you", "will u": "will you",
    "see u": "see you", "thank u": "thank you", "for u": "for you", "when u": "when you",
    "have u": "have you", "did u": "did you", "would u": "would you", "could u": "could you",
    "should u": "should you", "before u": "before you", "as u": "as you", "that u": "that you",
    "r": "are", "xx": "", "ttfn": "goodbye", "g8": "great", "dats": "that is", "thot": "thought",
    "2 late": "too late", "2 many": "too many", "2 much": "too much", "2 soon": "too soon",
    "2 early": "too early", "2 fast": "too fast", "2 busy": "too busy", "b4 u": "before you",
    "wont b": "won't be", "2 moro": "tomorrow", "2 nite": "tonight", "2 morrow": "tomorrow",
    "2 mrw": "tomorrow", "gr 8": "great", "l0l": "", "str8away": "straight away",
    "gr8est": "greatest", "gr8ly": "greatly", "2morow": "tomorrow", "tomoro": "tomorrow",
    "2nyte": "tonight", "2niite": "tonight", "plis": "please", "pleaz": "please",
    "thankz": "thanks", "thx u": "thank you", "ty vm": "thank you very much", "rly": "really",
    "ofc": "of course", "bc": "because", "tmr": "tomorrow", "w/out": "without",
    "sumthing": "something", "sumthin": "something", "nuffin": "nothing", "nothin": "nothing",
    "lotta": "lots of", "gimme": "give me", "lemme": "let me", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "dont u": "don't you", "hru": "how are you",
    "ruok": "are you OK", "u ok": "are you OK", "ur welcome": "you are welcome", "l8a": "later",
    "m8ey": "mate", "b4u": "before you", "4u": "for you", "2u": "to you", "luv u": "love you",
    "u2": "you too", "wtaf": "", "lmk": "let us know", "tfti": "thanks",
    "wuu2": "what are you doing", "c us": "see us", "no1 was": "no one was",
    "no1 is": "no one is", "no1 else": "no one else", "lookin 4": "looking for", "2 hot": "too hot",
    "2 cold": "too cold", "4 sale": "for sale",
    "gd morning": "good morning", "gd evening": "good evening",
    "gd job": "good job",
    "gd work": "good work", "gd news": "good news", "gd afternoon": "good afternoon",
    "dont b": "don't be", "don't b": "don't be", "ty all": "thank you all",
    "ty for": "thank you for",
    "ty so": "thank you so",
    "no1 hurt": "no one hurt", "no1 injured": "no one injured",
    "no1 has": "no one has", "no1 knows": "no one knows", "hv u": "have you",
    "yr local": "your local", "yr team": "your team",
    "yr car": "your car", "yr door": "your door", "yr help": "your help",
    "yr house": "your house", "4 u all": "for you all", "tx for": "thanks for",
    "tx 4": "thanks for",
    "cos": "because", "cmon": "come on", "w8 4": "wait for", "gr8 2": "great to", "2b": "to be",
    "4 more": "for more", "4 any": "for any", "4 ya": "for you", "4 us": "for us",
    "thnku": "thank you", "tnks": "thanks", "thanq": "thank you", "cheerz": "cheers",
    "sum1s": "someone's", "evry": "every", "evrybody": "everybody", "hve": "have",
    "wiv u": "with you",
    "shld": "should", "wld": "would", "cld": "could", "thr": "there", "ths": "this",
    "bk": "back", "l8 nite": "late night",
    "nyt": "night", "nytes": "nights", "mornin": "morning", "gd luck": "good luck",
    "ruff nite": "rough night", "r u ok": "are you OK", "omw": "on my way",
    "tia": "thanks in advance",
    "afk": "", "oml": "", "istg": "", "pmsl": "", "lolol": "", "hahah": "",
}  # fmt: skip

_LEXICON: Final = Lexicon(_SHORTHAND)
# Roads, postcodes, pitches and names that look the same. Small letters tell them apart.
_SMALL_ONLY: Final = frozenset(
    (
        *("m8", "w8", "l8", "b4", "d8", "f8", "h8", "sk8", "cu", "dis", "dat", "dem", "da", "wen"),
        *("wat", "hav", "rite", "ya", "nr", "nite", "cud", "imo", "jk", "u", "wk", "wks", "gd"),
        *("yest", "tomo", "urs", "coz", "abt", "frm", "hols", "2 go", "2 do", "4 the", "2 the"),
        *("4 all", "2 see", "2 get", "2 b", "2 c", "r the", "r we", "c u", "to b", "will b", "irl"),
        *("smh", "ily", "ppl", "msg", "hth", "ikr", "ngl", "b safe", "b aware", "b there", "we r"),
        *("who r", "r", "xx", "g8", "2 many", "2 much", "2 late", "2 early", "2 soon", "2 fast"),
        *("2 busy", "bc", "u2", "2u", "tmr", "gr 8", "rly", "u ok"),
        *(
            "cos",
            "2b",
            "4 any",
            "4 more",
            "4 us",
            "shld",
            "wld",
            "cld",
            "thr",
            "bk",
            "tia",
            "nyt",
            "omw",
        ),
    )
)
# What makes an ordinary thing of the next or last word: "the m8", "U-turn", "2 do", "rite of".
_NO_SHORTHAND: Final = regex.compile(
    r"(?i)(?:\b(?:the|a|on|junction|postcode)\s(?:m8|b4|w8|l8)\b|\b(?:m8|b4)\s(?:j\d|junction|at\b"
    r"|between|eastbound|westbound|northbound|southbound|motorway)"
    r"|\bu[ -](?:turn|bend|bolt|boat|lock|value|shaped?|tube)s?\b|\b(?:last|final)\srites?\b"
    r"|\brite\s(?:of|aid)\b|\blol\s(?:surprise|dolls?)\b|\bcos\s(?:lettuce|[\d(])|\b(?:type|vitamin|part|section|unit|block|class|grade)\s[a-z]\b"
    r"|\ba\sto\sb\b|(?<=\b(?:at|until|till?|from|to|of|section|unit|aged?|number|no|stage|phase"
    r"|tier|part|step|day|and|by|around|about|between|size|terminal|platform|bay|year|for|with"
    r"|these|those|the|our|my|other|first|last|next|all|top|only|just|\d++)\s|(?:^|[.!?;:\n])\s{0,2})[24]\s(?!(?-i:u|ur)\b)\w"
    r"|\bda\s(?:vinci|silva|costa|nang)\b|\b(?:leonardo|vasco)\sda\b|\bteam\s\w\b|\bda's\b"
    r"|\bcud\b(?<=\bchew\w{0,5}\s(?:the\s)?cud)|\bjk\s(?:rowling|rally)\b)"
)
_STRETCHED: Final = regex.compile(r"(\p{L})\1{2,}+")
# The same of any character: the plain engine tells it in a tenth of the time.
_REPEATED: Final = re.compile(r"(.)\1\1")
# With a capital these are roads and postcodes, unless they begin a sentence that goes on so.
_BEGINS: Final = regex.compile(
    r"(?:^|[.!?\n]\s{0,2})(?:(?P<mate>M8)(?=,\s|!|\s(?:well|good|nice|great|thanks|thx"
    r"|u|you|how|cheers|that|it'?s))"
    r"|(?P<before>B4)(?=\s(?:you|u|ur|we|it|i|they|going|leaving|heading|driving|posting|calling)\b)"
    r"|(?P<wait>W8)(?=\s(?:for|til|till|until|4|up|there|here|a)\b)"
    r"|(?P<late>L8)(?=\s(?:night|nite|shift|again|for|turn)\b))"
)
_SIGNS: Final = ("@", "_", "#")
_JOINED: Final = ("-", "/", "&", ".", ":", *_SIGNS)


def _is_part_of_something(case: Case, start: int, end: int) -> bool:
    """Whether it belongs to an address, a handle or a reference: "R&R", "b4-12", "example.org/gr8".

    A longer word stands for itself on either side of a stroke: "pls/thx".
    """
    text = case.reading.folded.text
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _JOINED and text[start].isdigit():
        return True
    if end - start > 2:
        place, _ = case.place(start, end)
        is_linked = any(url.start <= place < url.end for url in case.reading.entities.urls)
        return is_linked or before in _SIGNS or after in _SIGNS
    is_glued = before in _JOINED and (text[start - 2 : start - 1].isalnum() or before in "@./")
    return is_glued or (after in ("-", "/", "&", "_", "@") and text[end + 1 : end + 2].isalnum())


def shorthand(case: Case) -> Iterator[Span]:
    """Each abbreviation of text messages, with the words that it stands for."""
    text = case.reading.folded.text
    ordinary: frozenset[int] | None = None
    own = phrases(case.words("words"))
    for hit in (
        *_LEXICON.hits(case.reading),
        *own.hits(case.reading),
        *_stretched(case),
        *_beginning(case),
    ):
        typed = text[hit.start : hit.end]
        if hit.phrase in _SMALL_ONLY and not typed.islower() and not _is_loud(case, hit.phrase):
            continue
        if _is_part_of_something(case, hit.start, hit.end):
            continue
        if ordinary is None:
            ordinary = _ordinary_places(case)
        if hit.phrase == "ur" and _is_in_a_name(text, hit.end):
            continue
        if not ordinary.isdisjoint(range(hit.start, hit.end)):
            continue
        yield _span(case, hit.start, hit.end, hit.value)


def _ordinary_places(case: Case) -> frozenset[int]:
    found = case.matches(_NO_SHORTHAND)
    return frozenset(place for match in found for place in range(*match.span()))


def _stretched(case: Case) -> Iterator[Hit]:
    """Words such as "plsss" and "loool", with the letters that were drawn out."""
    if _REPEATED.search(case.reading.folded.text):
        for number, typed in enumerate(case.reading.plain_words):
            if not _REPEATED.search(typed):
                continue
            plain = _STRETCHED.sub(r"\1", typed)
            if plain != typed and len(plain) > 2 and plain in _SHORTHAND:
                word = case.reading.word(number)
                yield Hit(word.start, word.end, plain, _SHORTHAND[plain])


def _beginning(case: Case) -> Iterator[Hit]:
    """Shorthand with the capital of a sentence."""
    if case.reading.digits:
        for found in case.matches(_BEGINS):
            group = found.lastgroup or ""
            yield Hit(*found.span(group), group, group)


def _is_in_a_name(text: str, end: int) -> bool:
    """Whether a word with a capital follows: Zia ur Rehman."""
    following = text[end:].lstrip()[:2]
    return following[:1].isupper() and not following.isupper()


def _is_loud(case: Case, phrase: str) -> bool:
    """Whether the whole text is in capitals, so that they tell nothing apart."""
    return len(phrase) > 2 and len(case.reading.raw) > 12 and case.reading.raw.isupper()


def _span(case: Case, start: int, end: int, plain: str) -> Span:
    typed = case.reading.folded.text[start:end]
    place = case.place(start, end)
    if not plain:
        return Span(*place, f"“{typed}” is text speak.", "Leave it out, or say it in words.")
    written = like(typed, plain)
    return Span(*place, f"“{typed}” is text speak.", f"Write “{written}”.", replacements=(written,))


TEXT_SPEAK: Final = Rule(
    id="text-speak",
    title="Text speak",
    subject="Wording",
    severity=Severity.ADVISE,
    cites=authorities.TEXT_SPEAK,
    advice="Write the words out.",
    find=shorthand,
    wrong=(
        *tweets(
            "gr8 work 2nite lol",
            "If you can help pls call 101",
            "Thx to all who came. C u 2moro at the library",
        ),
        Example(
            Post("\uff27\uff32\uff18 result in Oldermoor"), note="In letters that look different."
        ),
    ),
    right=(
        *tweets(
            "U-turns are not allowed on the A34",
            "The M8 is closed at J2. K9 unit and a 4x4 are on scene in B4.",
            "Meeting at 4 the day after tomorrow, 2 tables are set up",
        ),
        Example(Post("#Gr8Get2Gether on Saturday"), note="An event may call its tag as it likes."),
    ),
    reads=OWN_WORDS,
    params=params(words=Param("Further abbreviations", ParamKind.WORDS, ())),
)
