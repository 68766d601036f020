"""People's names in a text about a case."""

from __future__ import annotations

from collections.abc import Iterator

from policy.core.rules.base import Case
from policy.core.rules.people.persons import persons


def names_in(case: Case) -> Iterator[tuple[int, int]]:
    """The places, in the folded text, of whoever is named and is neither officer nor official."""
    for person in persons(case):
        yield person.start, person.end
