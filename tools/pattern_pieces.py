"""The pieces of a regular expression that `tools.mutants` changes one at a time.

A pattern is changed where it has structure: a border, a look around, flags or a quantifier is left
out, a number in braces grows by one, an alternative is left out. Pieces made of nothing but words
(`man|woman`, `burglars?`, `(?:the )?`) are vocabulary, which is data like the lists of names:
whether a test has every word of it says nothing about the pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

# (start, end, what stands there instead)
Piece = tuple[int, int, str]

_TOKEN: Final = re.compile(
    r"(?P<border>\\[bBAZz]|\^|\$)"
    r"|(?P<atom>\\[pPN]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\.)"
    r"|(?P<flags>\(\?[a-zA-Z]+\))"
    r"|(?P<open>\((?:\?(?:[=!>|]|<[=!]|P?<\w+>|[a-zA-Z]*:))?)"
    r"|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[?*+][+?]?|\{[0-9]*,?[0-9]*\}[+?]?)"
    r"|(?P<letter>.)",
    re.DOTALL,
)
_LOOKS: Final = ("(?=", "(?!", "(?<=", "(?<!")
# Spaces and borders stand between words too.
_STRUCTURE: Final = re.compile(r"\\[^sb]|\[|\{|\(\?<?[=!]|\.|[\w)][*+]")


@dataclass(slots=True)
class _Group:
    start: int
    opened_by: str
    # Where the alternative that is being read starts; None where an earlier string began it.
    since: int | None
    parts: list[tuple[int, int]] = field(default_factory=list)

    def bar(self, at: int) -> None:
        if self.since is not None:
            self.parts.append((self.since, at))
        self.since = at + 1

    def alternatives(self, text: str, end: int, *, first: bool) -> Iterator[Piece]:
        """Each alternative with the bar beside it; `end` is None where it goes on elsewhere."""
        for start, stop in self.parts:
            if _STRUCTURE.search(text[start:stop]):
                yield start, stop + 1, ""
        last = self.since
        if last is not None and (self.parts or not first) and _STRUCTURE.search(text[last:end]):
            yield last - 1, end, ""


def pieces(text: str, *, whole: bool) -> Iterator[Piece]:
    """What may be changed in `text`, a pattern or (not `whole`) a part of one."""
    groups = [_Group(0, "", 0 if whole else None)]
    atom = ""
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        match token.lastgroup:
            case "border" | "flags":
                yield start, end, ""
            case "open":
                groups.append(_Group(start, token[0], end))
            case "bar":
                groups[-1].bar(start)
            case "close":
                group = groups.pop()
                yield from group.alternatives(text, start, first=bool(groups))
                if group.opened_by in _LOOKS:
                    yield group.start, end, ""
                groups = groups or [_Group(0, "", None)]
                atom = text[group.start : end]
                continue
            case "repeat":
                yield from _of_a_repeat(token, atom)
        atom = token[0]
    if whole and len(groups) == 1:
        yield from groups[0].alternatives(text, len(text), first=True)


def _of_a_repeat(token: re.Match[str], atom: str) -> Iterator[Piece]:
    start, end = token.span()
    if token[0].startswith("{"):
        for number in re.finditer(r"[0-9]+", token[0]):
            yield start + number.start(), start + number.end(), str(int(number[0]) + 1)
    elif not token[0].startswith("?") or atom.startswith("\\") or _STRUCTURE.search(atom):
        yield start, end, ""
