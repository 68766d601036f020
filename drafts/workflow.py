"""The life of a draft as a table. What is not in it cannot happen."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    APPROVED = "approved", "Approved"
    CHANGES_REQUESTED = "changes_requested", "Changes asked for"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Discarded"


class Move(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DISCARD = "discard"
    CLAIM = "claim"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    EXPIRE = "expire"
    REOPEN = "reopen"
    UNSCHEDULE = "unschedule"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State


def _from(*sources: State, to: State) -> Transition:
    return Transition(frozenset(sources), to)


MOVES: dict[Move, Transition] = {
    Move.EDIT: _from(State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, to=State.DRAFT),
    Move.SUBMIT: _from(State.DRAFT, State.CHANGES_REQUESTED, to=State.SUBMITTED),
    Move.WITHDRAW: _from(State.SUBMITTED, to=State.DRAFT),
    Move.DISCARD: _from(State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, to=State.WITHDRAWN),
    Move.CLAIM: _from(State.SUBMITTED, to=State.SUBMITTED),
    Move.APPROVE: _from(State.SUBMITTED, to=State.APPROVED),
    Move.RETURN: _from(State.SUBMITTED, to=State.CHANGES_REQUESTED),
    Move.REJECT: _from(State.SUBMITTED, to=State.REJECTED),
    Move.EXPIRE: _from(State.SUBMITTED, to=State.EXPIRED),
    Move.REOPEN: _from(State.APPROVED, to=State.DRAFT),
    Move.UNSCHEDULE: _from(State.APPROVED, to=State.SUBMITTED),
}


class StaleDraft(Exception):
    """The draft is no longer what the caller saw: another revision, or another state."""


def allows(move: Move, state: str) -> bool:
    return state in MOVES[move].sources
