"""Opinions, politics, insults and subjects on which people are deeply divided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Param, ParamKind, Rule, Span, params, tweets
from policy.core.rules.lexicon import phrases, places, says, spans
from policy.core.types import Post, Severity

_INSULTS: Final = (
    *("thug", "thugs", "scum", "scumbag", "scumbags", "lowlife", "lowlifes", "low life"),
    *("low lifes", "covidiot", "covidiots", "idiot", "idiots", "moron", "morons", "yob", "yobs"),
    *("yobbos", "chav", "chavs", "toerag", "toerags", "toe-rag", "toe rags", "scrote", "scrotes"),
    *("scroat", "scroats", "imbecile", "imbeciles", "pond life", "waste of space", "waster"),
    *("wasters", "nasty piece of work", "dregs of society", "cretin", "imbecilic", "idiotic"),
    *("moronic", "oxygen thief", "oxygen thieves", "feral youths", "feral kids", "little brats"),
)
_VIEWS: Final = (
    *("in my opinion", "in our opinion", "in my view", "if you ask me", "i personally think"),
    *("personally i think", "my personal view", "i reckon", "am i the only one"),
    *("unpopular opinion", "shame on", "should be ashamed", "what a disgrace", "it's a disgrace"),
    *("is a disgrace", "absolute disgrace", "national disgrace", "an utter disgrace", "is a joke"),
    *("are a joke", "throw away the key", "good riddance", "deserves everything"),
    *("deserve everything", "got what he deserved", "got what she deserved"),
    *("got what they deserved", "bring back hanging", "should have got longer"),
    *("should've got longer", "too lenient", "soft sentence", "soft sentences", "lenient sentence"),
    *("lenient sentences", "pathetic sentence", "pathetic decision", "ridiculous decision"),
    *("ridiculous sentence", "disgusting decision", "ridiculous law", "hang him"),
    *("slap on the wrist", "let off lightly", "got off lightly", "soft on crime"),
    *("political correctness", "nanny state", "the mainstream media", "broken britain"),
    *("the country has gone mad", "gone to the dogs", "do-gooders", "do gooders"),
    *("years is not long enough", "months is not long enough", "sentence is not long enough"),
    *("not a long enough sentence", "disgraceful sentence", "disgraceful decision", "utter filth"),
    *("pathetic excuse for", "rot in jail", "rot in prison", "rot in hell", "hope he rots"),
    *("hope she rots", "hope they rot", "bring back the death penalty"),
    *("should have been jailed for life", "bleeding heart", "joke of a sentence"),
    "disagree with the verdict",
    *("disagree with the sentence", "disagree with the government", "agree with the verdict"),
    *("so called journalists", "should be deported", "i personally believe"),
    *("lefty lawyers", "couldn't care less about victims"),
)
_POLITICS: Final = (
    *("tory", "tories", "lib dem", "lib dems", "liberal democrats", "ukip", "plaid cymru"),
    *("reform uk", "labour party", "conservative party", "brexit party", "labour government"),
    *("conservative government", "labour mp", "conservative mp", "labour mps", "conservative mps"),
    *("labour councillor", "conservative councillor", "labour councillors", "labour leader"),
    *("leftie", "lefties", "government cuts", "cuts to policing", "cuts to the police"),
    *("austerity", "vote labour", "vote conservative", "vote green", "vote reform", "vote tory"),
    *("vote leave", "vote remain", "voting labour", "voting conservative", "voted labour"),
    *("voted conservative", "voted tory", "vote them out", "party politics", "socialists"),
    *("remoaner", "remoaners", "brexiteer", "brexiteers", "westminster elite"),
    *("corrupt politicians", "useless politicians", "vote snp", "vote plaid", "vote ukip"),
    *("vote for labour", "vote for the labour", "vote for the conservatives"),
    *("vote for the tories", "vote lib dem", "vote for the greens", "tory government"),
    *("labour council", "tory council", "tory cuts"),
)
_MESSAGE: Final = "“{}” can be read as an opinion or as taking sides."
_INSULTING_TAGS: Final = frozenset(
    "".join(filter(str.isalpha, phrase)) for phrase in (*_INSULTS, *_POLITICS)
)
_WHOSE: Final = (
    r"(?:the\s)?(?:government|govt|prime\sminister|pm|home\s(?:secretary|office)|council|judges?"
    r"|courts?|cps|bbc|politicians?|ministers?|mps|mayor|pcc|press|media|parliament|opposition"
    r"|boris(?:\sjohnson)?|johnson|sunak|starmer|farage|corbyn|truss|trump|biden|putin)"
)
_BLAME: Final = (
    r"(?:(?:is|are|was|were|has\sbeen|have\sbeen|remains?)\s"
    r"(?:(?:an?|the|just|simply|so|very|really|completely|totally|utterly|absolute(?:ly)?|still|all"
    r"|clearly|once|again|now|such|complete|total|utter|fucking|bloody)\s){0,3}"
    r"(?:shambles|disgrace(?:ful)?|useless|pathetic|shameful|incompetent|clueless|hopeless|a\sjoke"
    r"|appalling|rubbish|lying|liars?|out\sof\stouch|failing|to\sblame|wrong|biased|corrupt"
    r"|letting\s(?:us|you|everyone|victims|people)\sdown|ruining|waste\sof)"
    r"|fail(?:ed|s)\s(?:us|you|the\spublic|victims)|let(?:s)?\s(?:us|you|everyone|victims)\sdown"
    r"|ruin(?:ed|s)|got\s(?:it|this(?:\sone)?|that)\s(?:all\s)?wrong|ha(?:s|ve)\sno\sidea"
    r"|should\s(?:resign|be\sashamed|be\ssacked|wake\sup|do\smore)|must\s(?:go|resign)"
    r"|(?:does|do)(?:n't|\snot)\s(?:care|listen|understand))"
)
_HOW: Final = (
    r"(?:(?:really|just|simply|once|again|more|ha(?:s|ve)|clearly|still|all|always)\s){0,3}"
)
_CRITICISM: Final = regex.compile(
    rf"(?i)\b{_WHOSE}\s{_HOW}{_BLAME}\b"
    r"|\b(?:useless|rubbish|pathetic|hopeless|corrupt|lying|clueless|incompetent|spineless)\s"
    r"(?:council|government|mps|politicians|ministers|press|media|judges?|courts?)"
    rf"|\b(?:blame|resign|sack|vote\sout|get\srid\sof)\s(?:{_WHOSE})\b(?!\sof\b)"
)
_PARTIES: Final = regex.compile(
    r"(?<!\b(?:Forced|Hard|Slave|Child|Casual|Cheap|of|and)\s)"
    r"\b(?:Labour|Conservatives|Greens)\s(?:have|has|will|would|won't|can't|want|wants|are|were|say"
    r"|says|did|voters?|supporters?|manifesto|candidate|policy|policies)\b"
    r"|\bGreen Party\b|\bthe Conservatives\b"
)
_PARTY_WORDS: Final = ("labour", "conservatives", "greens", "green")
_SUBJECTS: Final = (
    *("government", "govt", "minister", "secretary", "office", "council", "judge", "judges"),
    *("court", "courts", "cps", "politician", "politicians", "ministers", "mps", "mayor", "pcc"),
    *("press", "media", "parliament", "opposition", "pm", "bbc", "boris", "johnson", "sunak"),
    *("starmer", "farage", "corbyn", "truss", "trump", "biden", "putin"),
)
# What somebody else was called, and idiots that are none.
_QUOTED: Final = regex.compile(
    r"(?i)\b(?:call(?:ed|ing)|branded|shouted|yelled)\b(?!\s(?:us|me|in|on|for|101|999|the\spolice)\b)"
    r"[^.!?\n]{0,40}"
    r"|\b(?:idiot[- ]?proof|village idiot|the idiot's guide)\b"
)
_QUOTING: Final = ("idiot", "idiot's", "called", "calling", "branded", "shouted", "yelled")


def opinions(case: Case) -> Iterator[Span]:
    """Party politics, blame for those in office, insults, and views that announce themselves."""
    words = phrases(_INSULTS, _VIEWS, _POLITICS, case.words("words"))
    patterns: tuple[regex.Pattern[str], ...] = (_CRITICISM,) if says(case, *_SUBJECTS) else ()
    if says(case, *_PARTY_WORDS):
        patterns = (*patterns, _PARTIES)
    met = places(case, words, *patterns)
    if says(case, *_QUOTING):
        ordinary = [found.span() for found in case.matches(_QUOTED)]
        met = [m for m in met if not any(start <= m[0] < end for start, end in ordinary)]
    yield from spans(case, met, _MESSAGE)
    for tag in case.reading.entities.hashtags:
        if tag.hashtag.casefold() in _INSULTING_TAGS:
            yield Span(tag.start, tag.end, _MESSAGE.format(f"#{tag.hashtag}"))


OPINION_POLITICS: Final = Rule(
    id="opinion-politics",
    title="An opinion or politics",
    subject="Tone",
    severity=Severity.NEEDS_REASON,
    cites=authorities.OPINIONS,
    advice="Keep to what happened and what people can do. Take out opinions, parties and blame.",
    find=opinions,
    wrong=(
        *tweets(
            "Vote Labour? No thanks, the government is a shambles",
            "One less thug on our streets in Brackenford",
            "Two years is not long enough. Throw away the key.",
        ),
        Example(
            Post("The council has once more let you down over the lights on Mill Lane"),
            note="It criticises others.",
        ),
    ),
    right=(
        *tweets(
            "Vote for your winner in the Marlshire community awards",
            "A parcel was sent to a former Prime Minister. A man was jailed today.",
            "Please follow the government's guidance when you travel.",
        ),
        Example(
            Post("Modern slavery: forced labour can happen in a car wash near you"),
            note="Not the party.",
        ),
    ),
    answers=(
        "It is a fact, not a view",
        "These are somebody else's words in a statement that comms has agreed",
        "The words mean something else here",
    ),
    params=params(words=Param("Further words and phrases", ParamKind.WORDS, ())),
)

_EMOTIVE: Final = (
    *("brexit", "abortion", "abortions", "death penalty", "capital punishment", "euthanasia"),
    *("assisted dying", "illegal immigrants", "illegal immigration", "migrant crisis"),
    *("small boats", "asylum seekers", "asylum hotel", "migrant hotel", "badger cull"),
    *("fox hunting", "hunt saboteurs", "gaza", "palestine", "hillsborough", "battle of orgreave"),
    *("anti-vax", "anti-vaxxers", "vaccine passports", "gender identity", "trans rights"),
    *("defund the police", "just stop oil", "extinction rebellion", "black lives matter"),
    *("all lives matter", "legalise cannabis", "legalising cannabis", "legalisation of cannabis"),
    *("scottish independence", "gun control", "irish unification", "benefit cheats"),
    *("grooming gangs", "immigration policy", "deportation"),
)


def emotive_subjects(case: Case) -> Iterator[Span]:
    """Subjects on which a team's account seldom wins anything."""
    words = phrases(_EMOTIVE, case.words("words"))
    yield from spans(case, places(case, words), "People feel strongly about “{}”.")


EMOTIVE_SUBJECT: Final = Rule(
    id="emotive-subject",
    title="A subject that divides people",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.EMOTIVE,
    advice="Leave the subject to the force's own account, or ask comms how to word it.",
    find=emotive_subjects,
    wrong=(
        *tweets(
            "Lots of talk about Brexit at our surgery in Oldermoor today",
            "What do you think of the death penalty?",
        ),
        Example(
            Post("The badger-cull row goes on outside Saltmere farm"),
            note="A hyphen changes nothing.",
        ),
    ),
    right=(
        *tweets(
            "Badgers were found dead near Saltmere. Call 101 if you saw anything.",
            "A march goes through Kingsmarl on Saturday: expect delays from noon.",
        ),
        Example(
            Post("Vaccine deliveries were stolen in Foxhollow. Call 101."),
            note="A theft, and no view of what was stolen.",
        ),
    ),
    params=params(words=Param("Further subjects", ParamKind.WORDS, ())),
)
