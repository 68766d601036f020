"""What a password must not hold (requirement B33): whatever a colleague could guess of a person."""

import re
import unicodedata
from collections.abc import Iterator
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
SHORTEST_WORD = 4
SHORTEST_NUMBER = 3


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


def _guesses(user: User) -> Iterator[tuple[str, str]]:
    """What others know of this person: what it is, and as it would stand in a password."""
    yield from (("name", word) for word in _words(user.full_name))
    yield from (("work e-mail", word) for word in _words(user.email.partition("@")[0]))
    for membership in user.current_memberships if user.pk else []:
        yield from ((FORCE, word) for word in _words(membership.force.name))
        if membership.lpt:
            yield from (("team’s name", word) for word in _words(membership.lpt.name))


def holds_force(password: str, name: str) -> bool:
    """Whether the name of a force that is only about to be made stands in `password`."""
    return any(_undisguised(word) in _undisguised(password) for word in _words(name))


class NothingAboutYou:
    """Refuses a password with the collar number, the name, the team or the force in it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with one sentence for the first that is found."""
        if not isinstance(user, User):
            return
        plain = _plain(password)
        number = _plain(user.collar_number)
        if len(number) >= SHORTEST_NUMBER and number in plain:
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
