"""Which last label of a name makes it a domain: the public suffix list, and what it forgot."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import publicsuffixlist

_END_OF_REGISTRIES: Final = "===END ICANN DOMAINS==="

# Registries that have closed since 2018. Platforms still turn names under them into links.
_CLOSED: Final = """
abarth active adac afamilycompany aigo alfaromeo an avianca bananarepublic bentley bl blanco bnl
boots bq budapest bugatti cancerresearch cartier caseih cbs ceb chloe chrysler cityeats comcast
cookingchannel csc dabur dodge doha doosan duck dunlop duns eh epost esurance etisalat everbank
fiat flsmidth foodnetwork frontdoor fujixerox glade goo goodhands guardian hgtv honeywell hoteles
htc iinet intel iselect iveco iwc jcp jlc juniper kerrylogistics kinder ladbrokes lancaster lancia
lancome liaison linde lipsy lixil loft lupin macys maserati mcd mcdonalds meo metlife mf mobily
montblanc mopar movistar mtpc mutual mutuelle nadex nationwide natura newholland
northwesternmutual off oldnavy onyourside orientexpress pamperedchef panerai passagens piaget
pramerica qvc raid redstone rightathome rmit rocher sapo sca scjohnson scor ses shaw showtime
shriram spiegel spreadbetting srt starhub statoil swiftcover symantec telecity telefonica tiffany
tp travelchannel uconnect um vista vistaprint volkswagen vuelos warman wolterskluwer xfinity
xperia zippo اتصالات موبايلي 大众汽车 工行 手表 珠宝 诺基亚
"""

_ASCII_LETTERS: Final = frozenset(string.ascii_letters)
# A domain ending glued to one of these is part of something longer: a file name, an address.
_GLUE: Final = frozenset(string.ascii_letters + string.digits + "@+-")


def _suffix_rules() -> Iterator[str]:
    rules = Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8")
    for line in rules.partition(_END_OF_REGISTRIES)[0].splitlines():
        rule = line.strip()
        if rule and not rule.startswith("//"):
            yield rule


@cache
def top_level_domains() -> frozenset[str]:
    """Every top-level domain in lower case, without its dot, as letters and as punycode."""
    written = {rule.rsplit(".", 1)[-1] for rule in _suffix_rules()} | set(_CLOSED.split())
    encoded = {name.encode("idna").decode("ascii") for name in written if not name.isascii()}
    return frozenset(written | encoded)


@cache
def _longest_unicode_name() -> int:
    return max(len(name) for name in top_level_domains() if not name.isascii())


def domain_ending(text: str, start: int, stop: int) -> int | None:
    """Where a top-level domain that begins at `start` ends, or None when there is none.

    It ends before `stop` at the latest; the longest one wins, and it may not be glued to an
    ASCII letter, a digit or one of @ + -.
    """
    if text[start : start + 4].lower() == "xn--":
        return _punycode_end(text, start, stop)
    ascii_end = _ascii_end(text, start, stop)
    if ascii_end is not None or text[start:stop].isascii():
        return ascii_end
    for end in range(min(stop, start + _longest_unicode_name()), start, -1):
        if text[start:end] in top_level_domains() and not _is_glued(text, end):
            return end
    return None


def _punycode_end(text: str, start: int, stop: int) -> int | None:
    end = start + 4
    while end < stop and text[end].isascii() and (text[end].isalnum() or text[end] == "-"):
        end += 1
    return end if end > start + 4 else None


def _ascii_end(text: str, start: int, stop: int) -> int | None:
    end = start
    while end < stop and text[end] in _ASCII_LETTERS:
        end += 1
    is_known = text[start:end].lower() in top_level_domains() and not _is_glued(text, end)
    return end if is_known else None


def _is_glued(text: str, end: int) -> bool:
    return text[end : end + 1] in _GLUE
