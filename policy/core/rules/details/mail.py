"""E-mail addresses of people, also those written out: "j dot smith at gmail dot com"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.hosts import host_of, is_allowed, lies_below
from policy.core.rules.base import Case
from policy.core.rules.details.base import Detail, is_warned_of, word_set
from policy.core.types import Severity

ADDRESS: Final = "a personal e-mail address"
_WORK: Final = "an e-mail address that may be somebody's own"

_PUBLIC: Final = word_set(
    """gov.uk police.uk nhs.uk ac.uk sch.uk mod.uk parliament.uk cjsm.net nhs.net mil.uk gov.wales
    gov.scot"""
)
_FREE: Final = (
    "gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|live|aol|btinternet|btopenworld|talktalk"
    "|proton(?:mail)?|pm|gmx|me|mac|msn|virginmedia|ntlworld|blueyonder|tiscali|sky|zoho|mail"
    "|tutanota|fastmail|plusnet|virgin|o2|rocketmail|hey"
)
_PROVIDERS: Final = frozenset(_FREE.replace("proton(?:mail)?", "proton|protonmail").split("|"))
_FREE_HOST: Final = regex.compile(rf"(?:{_FREE})\.(?:com|co\.uk|net|org|me|uk|fr|de|es|ie|it|eu)")
_ROLE: Final = regex.compile(
    r"""(?x)(?:^|[._\-\d])(?:info|contact|hello|enquir\w*|inquir\w*|admin|office|appeals?|events?
    |charity|press|media|news|support|help|sales|bookings?|reception|secretary|clerk|treasurer|chair
    |feedback|complaints|jobs|careers|webmaster|mail|post|no-?reply|report\w*|licensing|foi|hub|abuse
    |phishing|tickets?|customer\w*|recruit\w*|safeguarding|crime\w*)(?:$|[._\-\d])
    # A group's name is often run together: oldermoornhw@, saltmerechurch@.
    |nhw|watch|council|community|police|snt$|npt$|neighbourhood|cadets|parish|church|school|group
    |club|residents|forum|association|trust|centre|team|society|festival|partnership|volunteer
    |newsletter"""
)
_AT: Final = r"\s?(?:@|[\[({<]\s?(?:@|[Aa][Tt])\s?[\])}>])\s?"
_DOT: Final = r"(?:\.|\s?[\[({<]\s?(?:[Dd][Oo][Tt]|\.)\s?[\])}>]\s?|\s(?:[Dd][Oo][Tt])\s)"
_LOCAL: Final = rf"[\w+%'\-]{{1,64}}+(?:{_DOT}[\w+%'\-]{{1,64}}+){{0,3}}"
_HOST: Final = rf"[a-zA-Z0-9\-]{{1,63}}+(?:{_DOT}[a-zA-Z0-9\-]{{1,63}}+){{1,4}}"
_WRITTEN: Final = regex.compile(rf"(?<![\w@.])({_LOCAL}){_AT}({_HOST})")
_PART: Final = r"[\w+%'\-]{1,64}+"
_SPOKEN: Final = regex.compile(
    rf"(?i)(?<![\w@.])({_PART}(?:\s?(?:\bdot\b|\bunderscore\b|\bdash\b|[._])\s?{_PART}){{0,3}})"
    rf"(?:\sat\s|{_AT})((?:{_FREE})\s?(?:[.,]|[\[({{<]?\bdot\b[\])}}>]?)\s?"
    r"(?:com|co(?:\s?(?:\.|dot)\s?uk)?|net|uk|org)\b)"
)
# "Look at gmail.com", "accounts at hotmail.com": said of the provider.
_NO_NAME: Final = word_set(
    """look looking check is was are were phishing account accounts people sent users user me us
    based hosted available works work meet stop security team support and or scam scams emails
    address addresses mailbox inbox live anyone someone staff customers it that"""
)
_NEAR_DOT: Final = regex.compile(r"\s?[\[({<]?\s?(?:[.,]|\bdot\b)\s?[\])}>]?\s?", regex.IGNORECASE)
_IS_NAME: Final = regex.compile(r"\.(?=\p{L}{2,24}\Z)")


# In brackets nobody means anything else by it: "jo [at] example [dot] org".
_IS_WRITTEN: Final = regex.compile(r"(?i)\S@|[\[({<]\s?at\s?[\])}>]")
_MAYBE: Final = regex.compile(r"\w@\w|\w\s?@\s\w|[\[({<]\s?(?:at|@)", regex.IGNORECASE)
_MAYBE_FREE: Final = regex.compile(rf"(?i)(?<!\w)(?:{_FREE})\s?(?:[.,]|[\[({{<]?\s?dot)")


def mail_addresses(case: Case) -> Iterator[Detail]:
    """Addresses that are nobody's role: private ones, and with less weight those at a company."""
    text = case.reading.folded.text
    has_sign = "@" in text
    if (has_sign or any(sign in text for sign in "[({<")) and case.reading.says(_MAYBE):
        for found in case.matches(_WRITTEN):
            yield from _judged(case, found)
    # Words that stand in handles and addresses are in no vocabulary.
    is_near = has_sign or not case.reading.vocabulary.isdisjoint(_PROVIDERS)
    if is_near and (has_sign or " at " in text.lower()) and case.reading.says(_MAYBE_FREE):
        for found in case.matches(_SPOKEN):
            yield from _judged(case, found)


def _judged(case: Case, found: regex.Match[str]) -> Iterator[Detail]:
    local = _NEAR_DOT.sub(".", found[1]).lower()
    host = host_of(_NEAR_DOT.sub(".", found[2]).lower())
    # "See you @ the.park": a host ends in letters.
    if not _IS_NAME.search(host):
        return
    if lies_below(host, _PUBLIC) or is_allowed(host, case.pack.allowed_domains):
        return
    if _ROLE.search(local) or local in _NO_NAME:
        return
    if _FREE_HOST.fullmatch(host):
        at_most = Severity.NEEDS_REASON if is_warned_of(case, found.start()) else None
        yield Detail(*found.span(), ADDRESS, at_most)
    elif _IS_WRITTEN.search(found.group()):
        yield Detail(*found.span(), _WORK, Severity.NEEDS_REASON)
