"""What a password must not hold (requirement B33): whatever a colleague could guess of a person."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User

# Letters as they are often written in passwords; 1 stands for both i and l, so these are one.
DISGUISES = str.maketrans("0134578@$!l", "oieastbasii")
# Words of a team's or force's name that say nothing about which one it is.
COMMON = frozenset(
    {
        *("and", "central", "city", "county", "east", "force", "local", "metropolitan"),
        *("neighbourhood", "north", "police", "policing", "service", "south", "team", "town"),
        "west",
    }
)
FORCE = "force’s name"
# What a team or a force is, behind its name.
KINDS = frozenset({"force", "lpt", "police", "policing", "service", "team"})
SHORTEST_WORD = 4
SHORTEST_NUMBER = 3
# A shorter number is in many passwords by chance: it counts behind what says that it is one.
SAYS_NUMBER = "(collar|number|badge|warrant|pc|ps|pcso|dc|ds)"


def _plain(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in text if character.isalnum())


def _undisguised(text: str) -> str:
    return _plain(text.casefold().translate(DISGUISES))


def _words(text: str) -> Iterator[str]:
    for word in re.split(r"[^\w]+", text):
        plain = _plain(word)
        if len(plain) >= SHORTEST_WORD and plain not in COMMON:
            yield plain


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Words written as one, if that is long enough to be no chance."""
    joined = "".join(words)
    if len(words) > 1 and len(joined) >= SHORTEST_WORD:
        yield joined


def _of_person(text: str) -> Iterator[str]:
    """The words of a name, and those beside each other as one: many first names are short."""
    yield from _words(text)
    words = _all(text)
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            yield from _joined(words[start:end])


def _of_place(text: str) -> Iterator[str]:
    """The words that say which team or force it is, and the whole name as one word.

    Its parts are not: `North West` stands in many a password.
    """
    yield from _words(text)
    words = _all(text)
    yield from _joined(words)
    while words and words[-1] in KINDS:
        words.pop()
    yield from _joined(words)


def _all(text: str) -> list[str]:
    return [plain for word in re.split(r"[\W_]+", text) if (plain := _plain(word))]


def _guesses(user: User) -> Iterator[tuple[str, str]]:
    """What others know of this person: what it is, and as it would stand in a password."""
    yield from (("name", word) for word in _of_person(user.full_name))
    yield from (("work e-mail", word) for word in _of_person(user.email.partition("@")[0]))
    for membership in user.current_memberships if user.pk else []:
        yield from ((FORCE, word) for word in _of_place(membership.force.name))
        if membership.lpt:
            yield from (("team’s name", word) for word in _of_place(membership.lpt.name))


def holds_force(password: str, name: str) -> bool:
    """Whether the name of a force that is only about to be made stands in `password`."""
    return any(_undisguised(word) in _undisguised(password) for word in _of_place(name))


class NothingAboutYou:
    """Refuses a password with the collar number, the name, the team or the force in it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with one sentence for the first that is found."""
        if not isinstance(user, User):
            return
        plain = _plain(password)
        number = _plain(user.collar_number)
        short = rf"{SAYS_NUMBER}{re.escape(number)}(?!\d)"
        if number and (
            number in plain if len(number) >= SHORTEST_NUMBER else re.search(short, plain)
        ):
            raise ValidationError(sentence_about("collar number"), code="password_about_you")
        undisguised = _undisguised(password)
        for what, word in _guesses(user):
            if _undisguised(word) in undisguised:
                raise ValidationError(sentence_about(what), code="password_about_you")

    def get_help_text(self) -> str:
        return "Not your collar number, your name, your team or your force."


def sentence_about(what: str) -> str:
    """What is said of a password that holds your name, or whatever else `what` is."""
    return f"Choose a password without your {what} in it: colleagues can guess that."
