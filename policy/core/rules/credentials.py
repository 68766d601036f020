"""Passwords and sign-in details."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import MAY_OVERRIDE, Case, Example, Rule, Span, tweets
from policy.core.rules.details.base import word_set
from policy.core.types import Post, Severity

_WORD: Final = r"p\s?[a@4]\s?[s5$]\s?[s5$][\s\-]?w\s?[o0]\s?r\s?d"
_CODE: Final = (
    r"(?:door|gate|alarm|unlock|key\s?safe|keypad|entry|access|padlock|lock|security|safe|login"
    r"|verification|authentication|authenticator|one[ -]time|recovery|reset|back-?up|2fa|sms)"
    r"\s(?:entry\s)?(?:code|pin)|(?:safe|lock|padlock|locker)\s(?:combination|combo)|otp|(?:code|pin)\s(?:for|to|of)\s(?:the\s)?(?:\w+\s){0,2}"
    r"(?:door|gate|alarm|key\s?safe|safe|padlock|station|office|nick|lock)"
)
_KEY: Final = (
    rf"(?:{_WORD}|p[a@4][s5$]{{2}}[\s\-]?(?:c[o0]de|phrase|key)|pa?ss?wo?r?d|pass(?=\s?=|\s?:\s?(?=\S{{0,20}}\p{{L}})(?=\S{{0,20}}\d)\S{{6}})|pwd?|p/w"
    rf"|(?:access|api|session)\s(?:token|key)"
    rf"|pin(?:\s?(?:number|code|no\.?))?|log[ -]?[io]n|wi-?fi\s(?:key|code|pass)|{_CODE})"
)
_NAME: Final = (
    r"(?:user\s?-?(?:name|id)|user|log[ -]?in(?:\s(?:name|id))?|sign[ -]?in|account\sname)"
)
_SAYS: Final = (
    r"(?:'s\s|\s?(?:is\snow|is\sstill|is\sset\sto|was|is|are|now|=>|->|=|>|:|;|-|will\sbe"
    r"|has\sbeen\schanged\sto|changed\sto|set\sto)\s?:?\s?)"
)
_ANY: Final = r"""[^\s'"]"""
_VALUE: Final = regex.compile(
    rf"(?i)(?<!\w)(?P<secret>{_KEY})(?:\s(?:for|to|of|on|at|in)\s(?:@?[\w']+\s){{0,4}}?@?[\w']+)?"
    rf"{_SAYS}(?P<quote>['\"])?(?P<value>{_ANY}{{2,64}}+)"
)
# "the door code 4821", "our password Hunter2024": nothing between, so the value must look like one,
# and "PIN 1000 followers" goes on with what is counted.
_GOES_ON: Final = (
    r"(?!\w|\s(?!(?:if|and|for|to|so|now|please|from|until|at|in|by|which|opens|gets|works|lets|on)"
    r"\b)\p{Ll})"
)
_BARE: Final = regex.compile(
    rf"(?i)(?<!\w)(?:(?:{_CODE}|p[a@4][s5$]{{2}}\s?code(?:\sfor(?:\s\w+){{1,3}})?)\s\#?"
    rf"(?P<value>\d{{3,10}}){_GOES_ON}"
    rf"|pin(?:\s?(?:number|code|no\.?))?\s(?P<value>\d{{4,6}}){_GOES_ON}"
    rf"|(?:{_CODE}|pin)(?:\s(?:is|was)|:)?\s(?P<value>\d(?:\s\d){{3,7}})(?!\s?\d)"
    rf"|key\s?(?:safe|pad)(?:\s(?:no|number|code|pin))?(?:\sis)?:?\s(?P<value>\d{{4,6}}){_GOES_ON}"
    rf"|{_WORD}\s(?P<quote>['\"])(?P<value>{_ANY}{{4,40}}+)['\"]"
    rf"|(?:(?:{_WORD}|pwd?|p/w)(?:\sis)?|pass\sis)\s['\"(]?"
    rf"(?P<value>(?=\S{{0,20}}\p{{L}})(?=\S{{0,20}}\d){_ANY}{{6,64}}+))"
)
_PAIR: Final = regex.compile(
    rf"(?i)(?<!\w){_NAME}(?:\sis)?\s?[:=]?\s?(?P<user>[^\s:=,;/]{{2,64}}+)[\s,;/&+]{{1,3}}"
    rf"(?:and\s|with\s)?(?:(?:the|my|our)\s)?(?:{_WORD}|p[a@4][s5$]{{2}}|pwd?|p/w|pin)(?:\sis)?"
    rf"\s?[:=]?\s?(?P<value>{_ANY}{{3,64}}+)"
)
_LOGGED_IN: Final = regex.compile(
    r"(?i)\b(?:(?:log|sign)(?:ging|ing)?[ -]?(?:in|on)(?:to)?\s(?:\w+\s){0,4}?(?:with|using|as)\s"
    r"|(?:log[ -]?in|sign[ -]?in|credentials)(?:\sdetails)?(?:\s?[:=]|\s(?:is|are))?\s)"
    r"(?P<user>[^\s,;:/]{2,64}+)(?:\s?/{1,2}\s?|\sand\s|,\s|\s?\+\s?|\s(?=\p{L}))(?:password\s)?"
    rf"(?P<value>(?=\S{{0,20}}\p{{L}})(?=\S{{0,20}}\d){_ANY}{{5,64}}+)"
)
# "If your password is 123456", "never use", "the worst": advice, not disclosure.
_ADVICE: Final = regex.compile(
    r"(?i)\b(?:if|never|don'?t|do\snot|avoid|isn'?t|aren'?t|wasn'?t|worst|weak|common(?:ly|est)?"
    r"|top\s\d+|like|such\sas|e\.?g|example|instead\sof|change\syour|your\s(?:own\s)?|is\s(?:it|your)"
    r"|stop\susing|hacked|scam\w*|fraud\w*|guess(?:ed|able)?|popular|strong|stronger|criminals?"
    r"|asks?|asking)\b[^.!?\n]{0,60}\Z"
)
_NOT_A_GOOD_ONE: Final = regex.compile(
    r"""(?ix)\A['"]{0,2}\s(?:is|are|isn't|was|won't|will)\s
    (?:not|never|too|the\s(?:most|worst)|easy|weak|no|a\s(?:bad|weak|terrible)|often|one)\b
    |\A['"]{0,2}[,?]?\s?(?:then\s)?(?:change\sit|think\sagain|you\sneed)|\A['"]{0,2}\?"""
)
_COUNTED: Final = regex.compile(
    r"(?i)\A\s?\+?\s?(?:or\smore\s)?(?:characters?|letters?|digits?|words?|numbers?|random"
    r"|symbols?|times|years?|different|attempts?|in\s\d|pounds?|per\s?cent|%)"
)
_DISGUISED: Final = regex.compile(r"[@45$0]|\s")
_HOLDS_A_SIGN: Final = regex.compile(r"\d|[^\W\d_][!@$%&*_#][^\W_]|\p{Ll}\p{Lu}")
# A code or a PIN that holds no digit is none.
_IS_CODE: Final = regex.compile(r"(?i)\b(?:code|pin|otp|token|key|combination|combo)\Z")
_EQUALS: Final = regex.compile(r"(?i)\w=\w")
_ONLY_SIGNS: Final = regex.compile(r"[\W_]*+")
_WHOSE: Final = regex.compile(
    r"""(?ix)\b(?:my|our|the|his|her|their|team'?s?|account'?s?|twitter|wifi|wi-?fi|login|x|email
      |new|current|force'?s?)
    \s(?:(?:new|account|twitter|login|wi-?fi|team|current|admin|shared|email|mail|x)\s){0,2}\Z"""
)
_ORDINARY: Final = word_set(
    """
    the a an is are not no your our their his her my it its this that important strong weak
    safe secure unique long short good bad easy hard hacked stolen compromised leaked known
    shared changed reset forgotten lost wrong right correct different secret private kept used
    required needed protected never always too so very still just only also what how why where
    when which like something anything nothing more less enough updated expired sent given
    stored saved guessed vulnerable essential vital key crucial complex simple complicated
    memorable personal yours mine ours being been going made at least to be in on by for of
    and or with as use using three random words make create choose pick think keep don't do
    change update get set check visit see click here now tips tip advice protect one two
    different please asked requested emailed confidential old new out available down up
    working back broken disabled blocked locked open closed difficult everything gold power
    enabled live
    """
)
# "use 'truncheon' as the password"
_USED: Final = regex.compile(
    rf"(?i)\b(?:use|using|type|enter|try|with|it's|is)\s(?P<quote>['\"])?(?P<value>{_ANY}{{3,40}}+)"
    rf"['\"]?\s(?:as|for)\s(?:the|our|your|a)\s(?:\w+\s){{0,2}}(?:{_WORD}|pwd?|pin|passcode)\b(?!\s?s)"
    rf"|(?<!\S)(?P<value>(?=\S{{0,20}}\p{{L}})(?=\S{{0,20}}\d){_ANY}{{5,40}}+)\sis\s(?:our|my)\s(?:\w+\s){{0,2}}{_WORD}\b"
)
_MEETING: Final = regex.compile(r"(?i)\b(?:zoom|teams|meeting|webinar|webex|virtual|online|join)\b")
_ADDRESS: Final = regex.compile(r"(?i)https?://|www\.|\w\.(?:com|uk|org|net)\b|\A@|\w@[\w\-]+\.\w")


def credentials(case: Case) -> Iterator[Span]:
    """A password, PIN or code together with what it is; advice about them passes."""
    text = case.reading.folded.text
    floor = 0
    for found in sorted(_found(case), key=lambda found: found.start()):
        if found.start() < floor or not _is_disclosed(text, found):
            continue
        floor = found.end()
        # What people dial in to a public meeting with is meant for them.
        is_meeting = _MEETING.search(text) is not None
        yield Span(
            *case.place(*found.span()),
            "This gives away a password or a code.",
            at_most=Severity.NEEDS_REASON if is_meeting else None,
        )


_GATE: Final = regex.compile(
    r"(?i)p\s?[a@4]\s?[s5$]|\bpw|p/w|\bpin\b|log|code|sign|\bpwd|\bpa?ssw|key|token|creden|combi?|\botp\b"
)


_PASS: Final = regex.compile(r"(?i)p\s?[a@4]\s?[s5$]")
_STEMS: Final = Stems(
    *("pw", "p/w", "pin", "log", "code", "sign", "ssw", "key", "token", "creden", "comb", "otp"),
)


def _found(case: Case) -> Iterator[regex.Match[str]]:
    text = case.reading.folded.text
    if (_STEMS.are_in(case.reading) or _PASS.search(text)) and _GATE.search(text):
        for pattern in (_VALUE, _BARE, _PAIR, _LOGGED_IN, _USED):
            yield from case.matches(pattern)


def _is_disclosed(text: str, found: regex.Match[str]) -> bool:
    value = found["value"].rstrip(".,;:)!?")
    leading = text[max(0, found.start() - 90) : found.start()]
    user = found.groupdict().get("user") or ""
    is_nothing = (
        user.lower() in _ORDINARY or _ONLY_SIGNS.fullmatch(value) or _ADDRESS.search(found["value"])
    )
    is_advice = (
        _ADVICE.search(leading)
        or _NOT_A_GOOD_ONE.search(text[found.end() :])
        or _COUNTED.match(text, found.end())
    )
    if is_nothing or is_advice:
        return False
    return _HOLDS_A_SIGN.search(value) is not None or _is_word(text, found, value, leading)


def _is_word(text: str, found: regex.Match[str], value: str, leading: str) -> bool:
    """Whether a value without digits and signs is one all the same: "our password is bluelamp"."""
    parts = found.groupdict()
    secret = parts.get("secret") or ""
    if _IS_CODE.search(secret):
        return False
    if value.lower() in _ORDINARY:
        return bool(parts.get("quote")) and "=" in found.group()
    if parts.get("quote") or parts.get("user") or _DISGUISED.search(secret[:9].strip()):
        return True
    if _EQUALS.search(found.group()):
        return True
    is_last = not text[found.end("value") : found.end("value") + 2].strip(" .,!\n'\"")
    return is_last and _WHOSE.search(leading) is not None


CREDENTIAL_DISCLOSURE: Final = Rule(
    id="credential-disclosure",
    title="A password or a code",
    subject="Sensitive material",
    severity=Severity.BLOCK,
    cites=authorities.CREDENTIALS,
    advice="Take it out, and tell comms at once so that it can be changed.",
    find=credentials,
    wrong=(
        *tweets(
            "my password is Hunter2024!",
            "Team: username oldermoor, pw Bluelamp7",
            "The key safe code is 4821, let yourselves in",
            "New login for the Saltmere account: OldBill99",
        ),
        Example(Post("our p@ssw0rd = Kingsmarl1"), note="Disguised, and still a password."),
        Example(Post("ｐａｓｓｗｏｒｄ: Foxhollow22"), note="In full-width letters."),
    ),
    right=(
        *tweets(
            "Your password is the key to your front door: use three random words",
            "If your password is 123456, change it today",
            "Never tell anyone your PIN. Your bank will not ask for it",
            "Log in: https://www.police.uk/ and report online",
            "Password tip: 12 characters or more. Password: use three random words",
        ),
        Example(
            Post("Passwords like Password1 are guessed in seconds"), note="Advice with an example."
        ),
    ),
    overridable_by=MAY_OVERRIDE,
)

RULES: Final[tuple[Rule, ...]] = (CREDENTIAL_DISCLOSURE,)
