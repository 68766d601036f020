"""What may hurt people, operations or the force: shock, libel, secrets, swearing.

The lists are small: most of this only a person can judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Param, ParamKind, Rule, Span, params, tweets
from policy.core.rules.lexicon import apart, phrases, places, says, spans
from policy.core.types import Post, Severity

_MORE: Final = params(words=Param("Further words and phrases", ParamKind.WORDS, ()))

_GRAPHIC: Final = (
    *("gruesome", "gory", "grisly", "blood-soaked", "blood soaked", "bloodbath", "blood bath"),
    *("pool of blood", "pools of blood", "covered in blood", "blood everywhere", "carnage"),
    *("decapitated", "decapitation", "beheaded", "dismembered", "mutilated", "mangled"),
    *("butchered", "severed head", "severed arm", "severed leg", "severed hand", "body parts"),
    *("charred body", "charred remains", "horror crash", "horror smash", "house of horrors"),
    *("death crash", "death smash", "hacked to death", "burned alive", "burnt alive"),
    *("bled to death", "slit his throat", "slit her throat", "throat slit", "image distressing"),
    *("images distressing", "distressing image", "distressing images", "distressing footage"),
    *("footage distressing", "video distressing", "graphic image", "graphic images"),
    *("graphic footage", "graphic content", "disturbing image", "disturbing images"),
    *("skull split", "split skull", "skull crushed", "crushed skull", "brains all over"),
    *("brains over the", "brains everywhere", "blood all over the", "limbs everywhere"),
    *("disturbing footage", "viewer discretion", "blood and guts", "guts everywhere"),
)


def graphic_words(case: Case) -> Iterator[Span]:
    """Words that shock more than they tell."""
    met = places(case, phrases(_GRAPHIC, case.words("words")))
    yield from spans(case, met, "“{}” may shock people and hurt a family.")


GRAPHIC_SENSATIONAL: Final = Rule(
    id="graphic-sensational",
    title="It may shock",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.GRAPHIC,
    advice="Say it soberly, and think of the family who may read it.",
    find=graphic_words,
    wrong=(
        *tweets(
            "Horror crash on the A34: blood everywhere",
            "Distressing image: our officer was hurt on Friday",
        ),
        Example(Post("Absolute CARNAGE in Kingsmarl last night"), note="Capitals change nothing."),
    ),
    right=(
        *tweets(
            "Two people were badly hurt in a crash on the A34.",
            "It took guts to come forward. Thank you.",
        ),
        Example(Post("Blood donors are wanted in Saltmere"), note="Blood, and no shock."),
    ),
    params=_MORE,
)

_LIBEL: Final = (
    *("liar", "liars", "crooks", "con man", "con men", "conman", "conmen", "con artist"),
    *("con artists", "nonce", "nonces", "paedo", "paedos", "pedo", "pedos", "bent copper"),
    *("fraudsters at", "cowboy builder", "cowboy builders", "rip-off merchant"),
    *("rip off merchants", "is a thief", "are thieves", "is a fraud", "is a criminal"),
    *("are all criminals", "known dealer", "known drug dealer", "well known to us"),
    *("well-known criminal", "dodgy firm", "dodgy company", "dodgy garage", "dodgy dealer"),
    *("dodgy landlord", "shady dealer", "guilty as sin", "obviously guilty", "clearly guilty"),
    *("we know who did it", "a crook", "corrupt cop", "corrupt cops"),
)


def libellous_words(case: Case) -> Iterator[Span]:
    """Words that say the worst of somebody as if it were proved."""
    met = places(case, phrases(_LIBEL, case.words("words")))
    yield from spans(case, met, "“{}” may be libel unless a court has found so.")


LIBEL: Final = Rule(
    id="libel",
    title="It may be libel",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.LIBEL,
    advice="Say only what a court has decided or what you can prove, or ask comms first.",
    find=libellous_words,
    wrong=(
        *tweets(
            "Do not use the dodgy garage on Mill Lane",
            "The owner is a crook and a liar",
        ),
        Example(Post("We all know he is obviously guilty"), note="No court has said so."),
    ),
    right=(
        *tweets(
            "A 41-year-old man was convicted of fraud today.",
            "Scams: nobody from a bank asks for your PIN.",
        ),
        Example(Post("A corruption trial ends in Kingsmarl on Friday"), note="Names nobody."),
    ),
    params=_MORE,
)

_SOMEBODY_ELSES: Final = (
    *("getty images", "shutterstock", "alamy", "istock", "adobe stock", "google images"),
    *("screenshot from", "screen grab from", "screengrab from", "not my photo", "not our photo"),
    *("all rights reserved", "lyrics by", "song lyrics", "scanned from", "copied from"),
    *("cut out of", "photographer unknown", "artist unknown", "source unknown", "author unknown"),
)
_BORROWED: Final = regex.compile(
    r"(?i)\b(?:pics?|pictures?|photos?|images?|memes?|videos?|clips?|gifs?|cartoons?|maps?"
    r"|articles?|screenshots?|footage)\b(?:(?!\bour\b)[^.!?\n]){0,24}?\b"
    r"(?:from|off|via|on|nicked|pinched|borrowed|stolen|lifted|copied|found)\s"
    r"(?:(?:the|a|from|off|on|his|her|their|someone's|somebody's|somebody\selse's)\s){0,2}"
    r"(?:google|internet|web|facebook|fb|instagram|tiktok|youtube|pinterest|whatsapp|online"
    r"|newspaper|paper|tv|bbc|itv|sky\snews|website|page|profile)\b"
    r"|©|\(c\)\s(?=\p{Lu}|\d{4})"
)
_PICTURED: Final = (
    *("pic", "pics", "picture", "pictures", "photo", "photos", "image", "images", "meme", "memes"),
    *("video", "videos", "clip", "clips", "gif", "gifs", "cartoon", "cartoons", "map", "maps"),
    *("article", "articles", "screenshot", "screenshots", "footage", "c"),
)


def borrowed_works(case: Case) -> Iterator[Span]:
    """Words and marks that say: somebody else made this."""
    words = phrases(_SOMEBODY_ELSES, case.words("words"))
    seems_so = says(case, *_PICTURED) or "©" in case.reading.raw
    met = places(case, words, *((_BORROWED,) if seems_so else ()))
    yield from spans(case, met, "“{}” sounds like somebody else's work.")


COPYRIGHT: Final = Rule(
    id="copyright",
    title="It may be somebody else's work",
    subject="Pictures",
    severity=Severity.ADVISE,
    cites=authorities.COPYRIGHT,
    advice="Use your own pictures and words, or note who gave you leave.",
    find=borrowed_works,
    wrong=(
        *tweets(
            "Great picture of Oldermoor, found on the internet",
            "Our patrol in the snow. © Ann Sample",
        ),
        Example(Post("Loving this meme pinched from Facebook"), note="Said lightly, and still so."),
    ),
    right=(
        *tweets(
            "Picture: our new cycle patrol on the towpath",
            "See the pictures on our Facebook page",
        ),
        Example(
            Post("Do not share images of the crash online."),
            note="Asks people not to do it.",
        ),
    ),
    params=_MORE,
)

_PLANNED: Final = regex.compile(
    r"(?i)\b(?:warrants?|raids?|swoops?)\b"
    r"[^.!?\n]{0,30}?\b(?:planned|due|set|happening|going\sin|to\sbe\sexecuted|to\scome|coming\sup)\b"
    r"[^.!?\n]{0,20}?\b(?:tonight|tomorrow|later|soon|in\sthe\smorning|next\sweek|this\sweek"
    r"|(?:on\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\b(?:warrants?|raids?)\s(?:tomorrow|tonight|later\s(?:today|tonight|this\sweek)|next\sweek"
    r"|(?:this|next|on)\s(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\bwarrants?\b(?!\scards?\b)(?![^.!?\n]{0,60}\b(?:execut|carri|conduct|result|led|found|recover|arrest|seiz"
    r"|issu|was|were|has|have))[^.!?\n]{0,30}?\b(?:tomorrow|tonight)\b"
    r"|\b(?:tomorrow|tonight)\b[^.!?\n]{0,20}?\bwarrants?\sto\b"
    r"|\b(?:we|team|officers|they)(?:'re|\sare|\swill\sbe|'ll\sbe|\swill|'ll)\s(?:all\s)?"
    r"(?:raid(?:ing)?|execut(?:e|ing)\s(?:a\s|the\s|some\s|more\s|\w+\s)?(?:drugs\s)?warrants?"
    r"|doing\sa\s(?:drugs\s)?(?:raid|warrant))\b"
)
_SECRETS: Final = (
    *("keep this quiet", "keep it quiet", "covert camera", "covert cameras", "hidden camera"),
    *("hidden cameras", "undercover officer", "undercover officers", "undercover today"),
    *("surveillance team", "surveillance teams", "surveillance operation", "our informant"),
    *("our informants", "an informant told", "informants tell", "our source told", "chis"),
    *("cell site", "phone intercept", "phone intercepts", "wire tap", "wiretap"),
    *("listening device", "tracking device on", "tracker on his", "tracker on her"),
    *("tracker on their", "in our unmarked", "an unmarked car on", "in an unmarked car on"),
    *("plain clothes today", "in plain clothes tonight", "plain clothes tonight"),
    *("plain clothes patrol tonight", "plain clothes officers will", "undercover officers will"),
    *(
        "on surveillance",
        "doing surveillance",
        "plain clothes in an unmarked",
        "sat in an unmarked",
    ),
    *("unmarked cars will", "covert operation", "covert patrols", "covert officers"),
)


def operations(case: Case) -> Iterator[Span]:
    """Operations whose names are listed, and raids that are still to come; methods only advise."""
    names = case.pack.lists["operation_names"]
    named = _operation_names(case, names) if names else []
    yield from spans(case, named, "“{}” is an operation that must not be named.")
    planned = [found.span() for found in case.matches(_PLANNED)] if says(case, *_RAIDS) else []
    yield from spans(case, apart(planned), "“{}” warns those whom it is meant for.")
    secrets = places(case, phrases(_SECRETS, case.words("words")))
    yield from spans(case, secrets, "“{}” tells how you work.", Severity.ADVISE)


_RAIDS: Final = (*("warrant", "warrants", "raid", "raids", "raiding", "swoop", "swoops"),)
_OPERATION: Final = regex.compile(r"(?i)^(?:operation|op)\b\.?\s*")


def _operation_names(case: Case, names: tuple[str, ...]) -> list[tuple[int, int]]:
    bare = [_OPERATION.sub("", name).strip() for name in names]
    words = phrases(tuple(f"{prefix} {name}" for name in bare for prefix in ("op", "operation")))
    met = places(case, words)
    tags = {name.casefold().replace(" ", "") for name in bare}
    for tag in case.reading.entities.hashtags:
        plain = tag.hashtag.casefold().replace("_", "")
        if {plain, plain.removeprefix("op"), plain.removeprefix("operation")} & tags:
            met.append((tag.start, tag.end))
    return met


OPERATIONAL_HARM: Final = Rule(
    id="operational-harm",
    title="It may harm an operation",
    subject="Sensitive material",
    severity=Severity.NEEDS_REASON,
    cites=authorities.OPERATIONS,
    advice="Leave it out until the operation is over and comms has agreed.",
    find=operations,
    wrong=(
        *tweets(
            "Warrants planned in Saltmere for tomorrow morning",
            "We will be raiding a flat in Kingsmarl tonight",
        ),
        Example(
            Post("Our undercover officers watched the shop from across the road"),
            note="Tells how you work: this only advises.",
        ),
    ),
    right=(
        *tweets(
            "Three men were arrested after warrants in Saltmere this morning.",
            "#OpJemima: 14 drivers were spoken to last week.",
        ),
        Example(Post("Search the archive tomorrow: our museum is open"), note="Nothing but words."),
    ),
    answers=(
        "The operation is over and may be named",
        "Comms and the officer in charge have agreed",
        "The words mean something else here",
    ),
    params=_MORE,
)

_UNWORTHY: Final = (
    *("bloody hell", "bloody idiots", "bloody cold", "damn it", "crap", "crappy", "piss", "pissed"),
    *("pissed off", "arse", "arsehole", "shit", "shite", "shitty", "bullshit", "bollocks"),
    *("bugger", "buggers", "sod off", "sod it", "fuck", "fucking", "fucked", "wanker", "wankers"),
    *("twat", "bastard", "bastards", "tosser", "tossers", "bellend", "knobhead", "dickhead"),
    *("bitch", "hate this job", "hate my job", "boring shift", "bored at work"),
    *("can't be bothered", "could not care less", "couldn't care less", "not our problem"),
    *("not my problem", "whatever", "waste of police time", "waste of our time", "the bosses"),
    *("our bosses", "senior management", "hung over", "hungover", "on the lash"),
    *("bother ringing us", "bother calling us", "bother reporting it", "we never catch anyone"),
    *("we never catch anybody", "we're useless", "we are useless", "no point ringing us"),
    *("no point calling us", "waste of time ringing us", "we can't do anything about"),
    *("kicking down doors", "kicking doors in", "kicking doors down", "love kicking", "hangover"),
)
_FED_UP: Final = regex.compile(r"(?i)\b(?:sick|fed\sup)\s(?:of|with)\b(?![^.!?\n]*+\?)")
_WHATEVER: Final = regex.compile(r"(?i)\bwhatever\b(?!\s?+(?:[.!?…]|$))")
_STARRED: Final = regex.compile(r"(?i)\b[abcdfpstw][a-z]?\*{1,4}+[a-z]{0,5}+")


def unworthy_words(case: Case) -> Iterator[Span]:
    """Swearing, moaning and bragging."""
    met = places(case, phrases(_UNWORTHY, case.words("words")))
    if says(case, "whatever"):
        ordinary = {found.start() for found in case.matches(_WHATEVER)}
        met = [m for m in met if m[0] not in ordinary]
    if says(case, "sick", "fed"):
        met += [found.span() for found in case.matches(_FED_UP)]
    if "*" in case.reading.folded.text:
        met += [found.span() for found in case.matches(_STARRED)]
    yield from spans(case, apart(met), "“{}” may damage people's trust in the force.")


REPUTATION: Final = Rule(
    id="reputation",
    title="It may damage trust in the force",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.REPUTATION,
    advice="Would you say it to the public's face? Take it out.",
    find=unworthy_words,
    wrong=(
        *tweets(
            "Fed up with calls about parking in Brackenford",
            "Kicking down doors is the best part of this job",
        ),
        Example(Post("What a sh*t night in Kingsmarl"), note="A star hides nothing."),
    ),
    right=(
        *tweets(
            "We know that you are tired of parking on Mill Lane. We are back on Friday.",
            "Whatever you saw, call 101.",
        ),
        Example(
            Post("Wasting police time is an offence: a man was fined today."),
            note="An offence, no complaint.",
        ),
    ),
    params=_MORE,
)
