"""The life of a version of the rulebook as a table, and what every such table is made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet, TextChoices

S = TypeVar("S", bound=str)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """From which states a move leads where."""

    sources: frozenset[S]
    target: S

    def happens(self, row: QuerySet[Any], **changes: Any) -> bool:
        """Move the one row that `row` selects; False when it is not in a state to move from.

        One conditional UPDATE, whose row count says who won.
        """
        return row.filter(state__in=self.sources).update(state=self.target, **changes) == 1


def transition(*sources: S, to: S) -> Transition[S]:
    return Transition(frozenset(sources), to)


class State(TextChoices):
    DRAFT = "draft", "Being prepared"
    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "In force"
    RETIRED = "retired", "No longer in force"


class Move(StrEnum):
    EDIT = "edit"
    PROPOSE = "propose"
    ACTIVATE = "activate"
    DECLINE = "decline"
    RETIRE = "retire"


MOVES: dict[Move, Transition[State]] = {
    Move.EDIT: transition(State.DRAFT, to=State.DRAFT),
    Move.PROPOSE: transition(State.DRAFT, to=State.PROPOSED),
    Move.ACTIVATE: transition(State.PROPOSED, to=State.ACTIVE),
    Move.DECLINE: transition(State.PROPOSED, to=State.RETIRED),
    Move.RETIRE: transition(State.ACTIVE, to=State.RETIRED),
}


class StaleVersion(Exception):
    """The version is no longer what the caller saw: other changes, or another state."""
