"""Numbers that lead to somebody's money: cards, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.rules.details.base import Detail, before, is_reference
from policy.core.rules.details.numbers import Number, Run

_OF_AN_ACCOUNT: Final = "the number of a bank account"
_CARD: Final = regex.compile(r"(?:[2-6]\d{15}(?:\d{3})?|3[47]\d{13}|3[068]\d{12})")
_CARD_GROUPS: Final = frozenset(
    {(16,), (4, 4, 4, 4), (15,), (4, 6, 5), (14,), (4, 6, 4), (19,), (1,) * 16, (8, 8)}
)
_CARD_WORD: Final = regex.compile(r"(?i)\bcards?\b[^.!?]{0,40}\Z")
_IBAN: Final = regex.compile(
    r"(?i)(?<!\w)[A-Z]{2}\d{2}(?:[ \-]?[A-Z\d]{4}){2,7}(?:[ \-]?[A-Z\d]{1,3})?(?!\w)"
)
_MAYBE_IBAN: Final = re.compile(r"[A-Za-z]{2}\d\d")
_SORT_CODE: Final = regex.compile(
    r"(?i)\bsort(?:ing)?[ \-]?code(?:\s(?:no|number|is|was))*[\s.:#\-]{0,3}"
    r"(\d\d[ \-.]?\d\d[ \-.]?\d\d)(?!\d)"
)
_ACCOUNT: Final = regex.compile(
    r"(?i)\b(?:account|acct?|a/c)(?:\s?(?:no|num|number|is|was))*[\s.:#\-]{0,3}"
    r"(\d{4}[ \-]?\d{4}|\d{7})(?!\d)"
)
_BOTH: Final = regex.compile(r"(?<![\d/.\-])(\d\d-\d\d-\d\d\W{1,4}\d{8})(?![\w/])")
_SECURITY_CODE: Final = regex.compile(
    r"(?i)\b(?:cvv2?|cvc2?)(?:\s(?:is|was|number|no|code))*[\s.:#\-]{0,3}(\d{3,4})(?!\d)"
)
_FEWEST: Final = 3
_BANK: Final = regex.compile(r"(?i)\b(?:bank|sort|account|acc|a/c|pay(?:ment)?|transfer)\b")


def money(case: Case, runs: Iterable[Run]) -> Iterator[Detail]:
    """Payment cards, IBANs, sort codes and account numbers."""
    for run in runs:
        for number in run.numbers(_CARD):
            if _is_card(case, number):
                yield Detail(number.start, number.end, "the number of a payment card")
    if case.reading.digits >= _FEWEST:
        yield from _accounts(case)


def _accounts(case: Case) -> Iterator[Detail]:
    text = case.reading.folded.text
    for found in case.matches(_IBAN) if _MAYBE_IBAN.search(text) else ():
        if is_iban(found.group()):
            yield Detail(*found.span(), _OF_AN_ACCOUNT)
    low = text.lower()
    for stem, pattern, what in (
        ("sort", _SORT_CODE, "a sort code"),
        ("c", _ACCOUNT, _OF_AN_ACCOUNT),
        ("cv", _SECURITY_CODE, "the security code of a card"),
    ):
        for found in case.matches(pattern) if stem in low else ():
            yield Detail(*found.span(1), what)
    for found in case.matches(_BOTH):
        if case.reading.says(_BANK):
            yield Detail(*found.span(1), _OF_AN_ACCOUNT)


def _is_card(case: Case, number: Number) -> bool:
    if number.groups not in _CARD_GROUPS or is_reference(case, number.start):
        return False
    in_fours = number.groups == (4, 4, 4, 4) and _CARD_WORD.search(before(case, number.start))
    return passes_luhn(number.digits) or in_fours is not None


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others, as on payment cards."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def is_iban(typed: str) -> bool:
    """Whether the check digits of an international account number are right (ISO 13616)."""
    letters = "".join(filter(str.isalnum, typed)).upper()
    if not letters.isascii():
        return False
    return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1
