"""Web addresses in running text, found as X finds them, in time linear in the text.

The text is cut into runs of characters that may stand in a host name. A run is split at its dots
once; from right to left each label learns how far a domain that begins there would reach. That
answers in one pass what a single large pattern finds by trying again and again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from policy.core.text.characters import (
    AT_SIGNS,
    DIRECTION_MARKS,
    HASH_SIGNS,
    LATIN_ACCENTS,
    REFUSED,
    SPACES,
)
from policy.core.text.entities import Url
from policy.core.text.tlds import domain_ending

_LONGEST_LABEL: Final = 63
_LONGEST_URL: Final = 4096
_LONGEST_TCO_SLUG: Final = 40

_IN_RUNS: Final = (
    rf"[^!'#%&()*+,/:;<=>?@\[\]\^{{|}}~$\\\x00-\x1F\x7F{SPACES}{REFUSED}{DIRECTION_MARKS}]*+"
)
_RUN = regex.compile(_IN_RUNS)
_RUN_BEFORE = regex.compile(rf"(?r){_IN_RUNS}")
_MAY_PRECEDE = regex.compile(rf"[^A-Za-z0-9${AT_SIGNS}{HASH_SIGNS}{REFUSED}]")
# Before an address without http:// these mean that it is the tail of something else.
_TAIL_MARKS: Final = frozenset("-_./")
_ASCII_LABEL = regex.compile(rf"[\-a-zA-Z0-9{LATIN_ACCENTS}]++")
_ASCII_TAIL = regex.compile(rf"[\-a-zA-Z0-9{LATIN_ACCENTS}]++\Z")

_PATH_CHARACTERS: Final = rf"a-zA-Z\p{{Cyrillic}}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN_ACCENTS}"
_BALANCED: Final = (
    rf"\((?:[{_PATH_CHARACTERS}]++|[{_PATH_CHARACTERS}]*+\([{_PATH_CHARACTERS}]++\)"
    rf"[{_PATH_CHARACTERS}]*+)\)"
)
_PORT = regex.compile(r":[0-9]++")
_PATH = regex.compile(rf"/(?:[{_PATH_CHARACTERS}]++|{_BALANCED})*+")
_QUERY = regex.compile(r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++")
_PATH_END = regex.compile(rf"(?r)[+\-a-zA-Z\p{{Cyrillic}}0-9=_#/){LATIN_ACCENTS}]")
_QUERY_END = regex.compile(r"(?r)[a-zA-Z0-9\-_&=#/]")
_TCO = regex.compile(
    r"(?i)https?://t\.co/([a-z0-9]++)"
    r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?"
)


@dataclass(frozen=True, slots=True)
class _Labels:
    """A run cut at its dots: where labels begin and end, and how far domains reach.

    `endings[i]` is the end of a top-level domain that begins label i; `reach[i]` is the last
    label that can be the top-level domain of a name whose first label is the whole of label i.
    """

    spans: list[tuple[int, int]]
    endings: list[int | None]
    reach: list[int | None]


def _cut(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    spans = []
    for label in text[start:stop].split("."):
        spans.append((start, start + len(label)))
        start += len(label) + 1
    return spans


def _endings(text: str, spans: list[tuple[int, int]]) -> list[int | None]:
    """Where a top-level domain that begins a label ends; the first label has none before it."""
    return [None, *(domain_ending(text, start, stop) for start, stop in spans[1:])]


def _reach(
    endings: list[int | None], may_lead: list[bool], may_name: list[bool]
) -> list[int | None]:
    reach: list[int | None] = [None] * len(endings)
    for label in range(len(endings) - 2, -1, -1):
        if may_lead[label]:
            reach[label] = reach[label + 1]
            if reach[label] is None and endings[label + 1] is not None and may_name[label]:
                reach[label] = label + 1
    return reach


def _labels(text: str, start: int, stop: int) -> _Labels:
    spans = _cut(text, start, stop)
    labels = [text[start:stop] for start, stop in spans]
    may_lead = [bool(label) and label[0] not in "-_" and label[-1] not in "-_" for label in labels]
    may_name = ["_" not in label for label in labels]
    endings = _endings(text, spans)
    return _Labels(spans, endings, _reach(endings, may_lead, may_name))


def _ascii_labels(text: str, start: int, stop: int) -> _Labels:
    spans = _cut(text, start, stop)
    plain = [_ASCII_LABEL.fullmatch(text, *span) is not None for span in spans]
    endings = _endings(text, spans)
    return _Labels(spans, endings, _reach(endings, plain, plain))


@dataclass(frozen=True, slots=True)
class _Domain:
    start: int
    end: int


class _Finder:
    """One pass over one text. `floor` is where the last address ended.

    The character before an address belongs to its match, so that two addresses never share it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.floor = 0

    def urls(self) -> Iterator[Url]:
        position = 0
        # Most runs have no dot: only those that have one are looked at.
        while (dot := self.text.find(".", position)) >= 0:
            begin = _RUN_BEFORE.match(self.text, position, dot)
            run = _RUN.match(self.text, dot)
            # Both may be empty and so always match.
            start, stop = begin.start() if begin else dot, run.end() if run else dot + 1
            yield from self._in_run(start, stop)
            position = max(stop, self.floor)

    def _in_run(self, start: int, stop: int) -> Iterator[Url]:
        labels = _labels(self.text, start, stop)
        if not any(labels.endings):
            return
        protocol = self._protocol_start(start)
        if protocol is not None and labels.reach[0] is not None:
            domain = _Domain(start, labels.endings[labels.reach[0]] or stop)
            yield from self._with_protocol(protocol, domain)
        label = 0
        while (found := self._next_domain(labels, label)) is not None:
            label, domain = found
            yield from self._without_protocol(domain)

    def _protocol_start(self, start: int) -> int | None:
        for protocol in ("https://", "http://"):
            begin = start - len(protocol)
            if begin >= 0 and self.text[begin:start].lower() == protocol:
                return begin if self._may_start(begin) else None
        return None

    def _may_start(self, position: int) -> bool:
        if position == 0:
            return True
        before = position - 1
        return before >= self.floor and _MAY_PRECEDE.match(self.text, before) is not None

    def _next_domain(self, labels: _Labels, first: int) -> tuple[int, _Domain] | None:
        """The leftmost domain from label `first` on, with the label in which it ends."""
        for label in range(first, len(labels.spans) - 1):
            lowest, stop = labels.spans[label]
            onward = labels.reach[label + 1]
            is_name = onward is None and labels.endings[label + 1] is not None
            last = label + 1 if is_name else onward
            if last is None or stop == lowest or self.text[stop - 1] in "-_":
                continue
            if is_name:
                lowest = max(lowest, self.text.rfind("_", lowest, stop) + 1)
            start = self._first_start(max(lowest, self.floor), stop)
            if start is not None:
                return last, _Domain(start, labels.endings[last] or stop)
        return None

    def _first_start(self, lowest: int, stop: int) -> int | None:
        for position in range(lowest, stop):
            if self.text[position] not in "-_" and self._may_start(position):
                return position
        return None

    def _tail(self, end: int) -> tuple[int, bool]:
        """Where port, path and query after a domain end, and whether there was a path."""
        if port := _PORT.match(self.text, end):
            end = port.end()
        path = _PATH.match(self.text, end)
        if path:
            # The slash itself may end a path, so that there is always an end to find.
            last = _PATH_END.search(self.text, path.start(), path.end())
            end = last.end() if last else end
        if query := _QUERY.match(self.text, end):
            last = _QUERY_END.search(self.text, query.start() + 1, query.end())
            end = last.end() if last else end
        return end, path is not None

    def _with_protocol(self, start: int, domain: _Domain) -> Iterator[Url]:
        end, _ = self._tail(domain.end)
        self.floor = end
        if not _is_host(self.text, domain, end):
            return
        url = self.text[start:end]
        if tco := _TCO.match(url):
            if len(tco[1]) > _LONGEST_TCO_SLUG:
                return
            # What is glued to a shortened link is the sentence going on.
            url = tco[0]
        yield Url(url, start, start + len(url))

    def _without_protocol(self, domain: _Domain) -> Iterator[Url]:
        end, has_path = self._tail(domain.end)
        self.floor = end
        is_tail = domain.start > 0 and self.text[domain.start - 1] in _TAIL_MARKS
        if is_tail or not _is_host(self.text, domain, end):
            return
        for plain in _ascii_domains(self.text, domain):
            stop = end if has_path and plain.end == domain.end else plain.end
            yield Url(self.text[plain.start : stop], plain.start, stop)


def _ascii_domains(text: str, domain: _Domain) -> Iterator[_Domain]:
    """The names in Latin letters inside a domain whose labels may hold other scripts as well."""
    labels = _ascii_labels(text, domain.start, domain.end)
    label, floor = 0, domain.start
    while label < len(labels.spans) - 1:
        start, stop = labels.spans[label]
        last = labels.reach[label + 1]
        if last is None and labels.endings[label + 1] is not None:
            last = label + 1
        tail = _ASCII_TAIL.search(text, max(start, floor), stop)
        if last is None or tail is None:
            label += 1
            continue
        floor = labels.endings[last] or domain.end
        yield _Domain(tail.start(), floor)
        label = last


def _is_host(text: str, domain: _Domain, end: int) -> bool:
    """Whether every label can be looked up: 63 characters at most once encoded."""
    labels = text[domain.start : domain.end].split(".")
    return end - domain.start <= _LONGEST_URL and all(map(_is_label, labels))


def _is_label(label: str) -> bool:
    if len(label) > _LONGEST_LABEL:
        return False
    if label.isascii():
        return True
    if label[:4].lower() == "xn--":
        return False
    return len("xn--") + len(label.encode("punycode")) <= _LONGEST_LABEL


def extract_urls(text: str) -> list[Url]:
    """The addresses that X would turn into links, in order, with or without http://."""
    return list(_Finder(text).urls()) if "." in text else []
