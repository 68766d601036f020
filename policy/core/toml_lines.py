"""On which line of a TOML text each key stands, so that an error can point at it."""

from __future__ import annotations

import regex

_PART = r"(?:\"[^\"\n]*+\"|'[^'\n]*+'|[A-Za-z0-9_\-]++)"
_DOTTED = rf"{_PART}(?:\s*+\.\s*+{_PART})*+"
_HEADER = regex.compile(rf"\s*+\[\[?\s*+({_DOTTED})\s*+\]")
_KEY = regex.compile(rf"\s*+({_DOTTED})\s*+=")
_NAME = regex.compile(_PART)
_LONG_STRING = regex.compile(r"\"\"\"|'''")

Keys = tuple[str, ...]


class Lines:
    """The line of every table and key that stands at the beginning of a line."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Keys, int] = {}
        table: Keys = ()
        is_inside_string = False
        for number, line in enumerate(text.splitlines(), start=1):
            if not is_inside_string:
                if header := _HEADER.match(line):
                    table = _names(header[1])
                    self._lines.setdefault(table, number)
                elif key := _KEY.match(line):
                    self._lines.setdefault((*table, *_names(key[1])), number)
            if len(_LONG_STRING.findall(line)) % 2:
                is_inside_string = not is_inside_string

    def of(self, keys: Keys) -> int:
        """The line of `keys`, or of the nearest table around it; 1 when there is none."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines.get(keys, 1)


def _names(dotted: str) -> Keys:
    return tuple(part.strip("\"'") for part in _NAME.findall(dotted))
