"""Mentions: "@" and a colleague's name in a comment, and who is meant by it."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations
from typing import NoReturn

from accounts.models import User

# Not within an e-mail address, and not a lone "@ 6pm".
_AT = re.compile(r"(?<![\w@])@(?=\w)")
_WORDS = re.compile(r"[\w.@'’-]+(?:[ \t\u00a0]+[\w.@'’-]+){0,7}")
# What follows a name without being part of it: "@Nair's", "@Nair."
_TAIL = re.compile(r"(?:'s)?[.'-]*$")
_NAMED_AT_MOST = 5


class UnclearMention(Exception):
    """Nobody is meant, or more than one: what to write instead, in a sentence."""


class Colleagues:
    """The people who can be mentioned, by everything that they may be called.

    That is their full name, their work e-mail, or any part of the name that nobody else shares.
    """

    def __init__(self, people: Iterable[User]) -> None:
        self._whole: dict[str, list[User]] = {}
        self._part: dict[str, list[User]] = {}
        for person in people:
            words = _plain(person.full_name).split()
            for name in {" ".join(words), _plain(person.email)}:
                self._whole.setdefault(name, []).append(person)
            for name in {" ".join(words[a:b]) for a, b in combinations(range(len(words) + 1), 2)}:
                self._part.setdefault(name, []).append(person)

    def in_text(self, text: str) -> list[User]:
        """Whom `text` mentions, each once, in its order. Raises UnclearMention."""
        people = [self._at(text, found.end()) for found in _AT.finditer(text)]
        return list(dict.fromkeys(people))

    def called(self, name: str) -> User:
        """The one who is called exactly `name`, with or without an @. Raises UnclearMention."""
        name = name.strip().removeprefix("@")
        return self._meant(_plain(name)) or _nobody(name)

    def _at(self, text: str, start: int) -> User:
        found = _WORDS.match(text, start)
        words = found[0].split() if found else []
        # The longest name first: “@Ann Lee asked” is Ann Lee, although an Ann is there as well.
        for count in range(len(words), 0, -1):
            name = _plain(" ".join(words[:count]))
            if person := self._meant(name) or self._meant(_TAIL.sub("", name)):
                return person
        return _nobody(words[0])

    def _meant(self, name: str) -> User | None:
        people = self._whole.get(name) or self._part.get(name, [])
        if len(people) > 1:
            raise UnclearMention(_several(name, people))
        return people[0] if people else None


def _plain(name: str) -> str:
    """`name` as it is compared: capitals, kinds of apostrophe and spaces make no difference."""
    composed = unicodedata.normalize("NFC", name).replace("’", "'").casefold()
    return " ".join(composed.split())


def _nobody(name: str) -> NoReturn:
    raise UnclearMention(
        f"Nobody who can see this draft is called “{name}”. Choose a name from the list, or leave"
        " the @ out."
    )


def _several(name: str, people: list[User]) -> str:
    names = [person.full_name for person in people]
    if len(set(names)) == len(names):
        return f"“{name}” can be {_either(names)}. Write the full name after the @."
    emails = _either([person.email for person in people])
    return f"Several people are called “{name}”. Write an e-mail address after the @: {emails}."


def _either(names: list[str]) -> str:
    *others, last = names[:_NAMED_AT_MOST]
    return f"{', '.join(others)} or {last}"
