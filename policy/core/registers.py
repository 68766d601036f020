"""The lists of a pack in plain words: what each is for, and what may stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import publicsuffixlist
import regex

from policy.core.hosts import is_allowed
from policy.core.pack import Pack, PackError, list_entries
from policy.core.text.length import V3, weigh
from policy.core.text.validate import is_valid_hashtag

# The longest hashtag that people still type without a slip (B1: unique, but short).
LONGEST_HASHTAG: Final = 20
LONGEST_ENTRY: Final = 80
# Hosts that lead anywhere: to allow one is to allow every address there is.
SHORTENERS: Final = frozenset(
    {
        "t.co", "bit.ly", "tinyurl.com", "goo.gl", "ow.ly", "buff.ly", "is.gd", "cutt.ly",
        "rebrand.ly", "rb.gy", "shorturl.at", "tiny.cc", "dlvr.it", "trib.al", "lnkd.in", "fb.me",
    }
)  # fmt: skip


class EntryKind(StrEnum):
    """What the entries of a list are."""

    DOMAIN = "domain"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    WORDS = "words"
    WORD_PAIR = "word-pair"
    HANDLE_PAIR = "handle-pair"


@dataclass(frozen=True, slots=True)
class Register:
    """One list of a pack as people read it. `means` is asked for the second half of a pair."""

    name: str
    title: str
    purpose: str
    kind: EntryKind
    asks: str
    example: str
    means: str = ""


REGISTERS: Final = (
    Register(
        "allowed_domains",
        "Allowed websites",
        "Tweets may link to these and to everything below them. The force's own site and its"
        " partners' are allowed already.",
        EntryKind.DOMAIN,
        "Website",
        "flood.example.org",
    ),
    Register(
        "senior_accounts",
        "Senior accounts",
        "Their tweets may be retweeted with the links in them.",
        EntryKind.HANDLE,
        "Account",
        "@ChiefMarlshire",
    ),
    Register(
        "force_accounts",
        "Accounts of the force",
        "Accounts that count as the force's own when they are retweeted or named.",
        EntryKind.HANDLE,
        "Account",
        "@MarlshirePolice",
    ),
    Register(
        "partner_accounts",
        "Partners and their accounts",
        "Who names one of these partners is offered its account.",
        EntryKind.HANDLE_PAIR,
        "Name of the partner",
        "Marlshire Fire",
        "Account",
    ),
    Register(
        "protected_handles",
        "Personal accounts of staff",
        "Given by their owners of their own free will. Tweets may not mention them.",
        EntryKind.HANDLE,
        "Account",
        "@MyOwnName",
    ),
    Register(
        "celebrity_accounts",
        "Celebrities",
        "Officers are advised not to mention these.",
        EntryKind.HANDLE,
        "Account",
        "@FamousSinger",
    ),
    Register(
        "campaign_hashtags",
        "Campaign hashtags",
        "Hashtags of the force's campaigns and events, to use instead of a new account.",
        EntryKind.HASHTAG,
        "Hashtag",
        "#WinterReady",
    ),
    Register(
        "area_hashtags",
        "Area hashtags",
        "The hashtags under which people look for their area.",
        EntryKind.HASHTAG,
        "Hashtag",
        "#Oldermoor",
    ),
    Register(
        "jargon",
        "Jargon and what to say instead",
        "Officers who write the left side are offered the right side.",
        EntryKind.WORD_PAIR,
        "What officers write",
        "RTC",
        "What to say instead",
    ),
    Register(
        "operation_names",
        "Names of operations",
        "Names that must not be made public.",
        EntryKind.WORDS,
        "Name",
        "Op Silver Kettle",
    ),
    Register(
        "places",
        "Places",
        "Areas and landmarks of the force, which the rules do not take for people.",
        EntryKind.WORDS,
        "Place",
        "Saltmere Quay",
    ),
)
BY_NAME: Final[Mapping[str, Register]] = {register.name: register for register in REGISTERS}
# People give these themselves and take them back at once; no version keeps them.
GIVEN_BY_PEOPLE: Final = "protected_handles"

_DOMAIN = regex.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*+)\.)++[a-z][a-z0-9\-]++")
_HANDLE = regex.compile(r"[A-Za-z0-9_]{1,15}")
_LETTER = regex.compile(r"\p{L}")
_CONTROL = regex.compile(r"[\p{C}\n\r\t]")
_SUFFIXES = publicsuffixlist.PublicSuffixList()


def entry_of(register: Register, left: str, right: str = "") -> str:
    """What was typed as the list holds it; "" for nothing."""
    if register.means:
        left = f"{left} = {right}"
    return next(iter(list_entries(register.name, [left])), "")


def is_same(one: str, other: str) -> bool:
    """Whether two entries of a list are one to the rules, which ignore capitals."""
    return one.casefold() == other.casefold()


def halves(entry: str) -> tuple[str, str]:
    """Both sides of a pair."""
    left, _, right = entry.partition("=")
    return left.strip(), right.strip()


def check_entry(pack: Pack, name: str, entry: str) -> None:
    """Raise PackError, with a sentence for people, when `entry` may not join a list of `pack`.

    `entry` is in the form that `entry_of` gives it.
    """
    register = BY_NAME[name]
    if not entry:
        raise _error(name, f"Type the {register.asks.lower()} first.")
    if len(entry) > LONGEST_ENTRY:
        raise _error(name, f"Keep it to {LONGEST_ENTRY} characters.")
    if _CONTROL.search(entry):
        raise _error(name, "Write it in one line, without characters that cannot be seen.")
    if any(is_same(entry, known) for known in pack.lists.get(name, ())):
        raise _error(name, f"“{shown(register, entry)}” is in this list already.")
    _CHECKS[register.kind](pack, register, entry)


def _error(name: str, sentence: str) -> PackError:
    return PackError(f"lists.{name}: {sentence}", sentence=sentence, key=f"lists.{name}")


def _check_domain(pack: Pack, register: Register, entry: str) -> None:
    if not _DOMAIN.fullmatch(entry):
        raise _error(register.name, f"“{entry}” is no website. Write it like {register.example}.")
    if entry in SHORTENERS:
        raise _error(register.name, f"{entry} hides where a link leads, so it cannot be allowed.")
    if _SUFFIXES.privatesuffix(entry) is None:
        raise _error(
            register.name,
            f"“{entry}” would allow every site that ends in it. Name one site.",
        )
    if is_allowed(entry, pack.allowed_domains):
        raise _error(register.name, f"{entry} is allowed already, as a part of another entry.")


def _check_handle(pack: Pack, register: Register, entry: str) -> None:
    if not _HANDLE.fullmatch(entry):
        raise _error(
            register.name,
            f"“{entry}” is no account. Use up to 15 letters, digits and underscores, like"
            f" {register.example}.",
        )


def _check_hashtag(pack: Pack, register: Register, entry: str) -> None:
    if not is_valid_hashtag(f"#{entry}"):
        raise _error(
            register.name,
            f"“#{entry}” is no hashtag. Use letters and digits without spaces, with one letter"
            " at least.",
        )
    if len(entry) > LONGEST_HASHTAG:
        raise _error(
            register.name,
            f"“#{entry}” has {len(entry)} letters. Keep a hashtag to {LONGEST_HASHTAG}.",
        )
    for other in ("campaign_hashtags", "area_hashtags"):
        if any(is_same(entry, known) for known in pack.lists.get(other, ())):
            raise _error(
                register.name, f"“#{entry}” is in the list “{BY_NAME[other].title}” already."
            )


def _check_words(pack: Pack, register: Register, entry: str) -> None:
    if len(entry) < 2 or not _LETTER.search(entry):
        raise _error(register.name, "Write a name with two letters at least.")


def _check_pair(pack: Pack, register: Register, entry: str) -> None:
    left, right = halves(entry)
    if not left:
        raise _error(register.name, f"Fill in “{register.asks}”.")
    if not right:
        raise _error(register.name, f"Fill in “{register.means}”.")
    if "=" in right:
        raise _error(register.name, "Leave out the sign =.")
    if is_same(left, right):
        raise _error(register.name, "Both sides are the same.")
    if any(is_same(left, halves(known)[0]) for known in pack.lists.get(register.name, ())):
        raise _error(
            register.name, f"“{left}” is in this list already. Take the old entry out first."
        )


def _check_handle_pair(pack: Pack, register: Register, entry: str) -> None:
    _check_pair(pack, register, entry)
    if not _HANDLE.fullmatch(halves(entry)[1]):
        raise _error(
            register.name,
            f"“{halves(entry)[1]}” is no account. Use up to 15 letters, digits and underscores.",
        )


_CHECKS: Final[Mapping[EntryKind, Callable[[Pack, Register, str], None]]] = {
    EntryKind.DOMAIN: _check_domain,
    EntryKind.HANDLE: _check_handle,
    EntryKind.HASHTAG: _check_hashtag,
    EntryKind.WORDS: _check_words,
    EntryKind.WORD_PAIR: _check_pair,
    EntryKind.HANDLE_PAIR: _check_handle_pair,
}


def shown(register: Register, entry: str) -> str:
    """An entry as people write it: @ before an account, # before a hashtag."""
    match register.kind:
        case EntryKind.HANDLE:
            return f"@{entry}"
        case EntryKind.HASHTAG:
            return f"#{entry}"
        case EntryKind.WORD_PAIR:
            return " → ".join(halves(entry))
        case EntryKind.HANDLE_PAIR:
            return " → @".join(halves(entry))
    return entry


def cost(hashtag: str) -> int:
    """How many characters a tweet pays for a hashtag: its sign, its letters, a space before."""
    return weigh(f" #{hashtag}", V3).weighted


def alike(hashtag: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of `others` that begin like `hashtag` or the other way round: easily mixed up."""
    mine = hashtag.casefold()
    return tuple(
        other
        for other in others
        if (theirs := other.casefold()) != mine
        and (theirs.startswith(mine) or mine.startswith(theirs))
    )
