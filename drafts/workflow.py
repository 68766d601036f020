"""The life of a draft as a table. What is not in it cannot happen."""

from enum import StrEnum

from django.db.models import TextChoices

from policy.workflow import Transition, transition

__all__ = ["MOVES", "Move", "StaleDraft", "State", "Transition", "allows", "transition"]


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
    SIGN = "sign"
    NEXT_STEP = "next_step"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    EXPIRE = "expire"
    REOPEN = "reopen"
    UNSCHEDULE = "unschedule"


MOVES: dict[Move, Transition[State]] = {
    Move.EDIT: transition(State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, to=State.DRAFT),
    Move.SUBMIT: transition(State.DRAFT, State.CHANGES_REQUESTED, to=State.SUBMITTED),
    Move.WITHDRAW: transition(State.SUBMITTED, to=State.DRAFT),
    Move.DISCARD: transition(
        State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, to=State.WITHDRAWN
    ),
    Move.CLAIM: transition(State.SUBMITTED, to=State.SUBMITTED),
    # An approval that others have to join, and the first that waits at another step.
    Move.SIGN: transition(State.SUBMITTED, to=State.SUBMITTED),
    Move.NEXT_STEP: transition(State.SUBMITTED, to=State.SUBMITTED),
    Move.APPROVE: transition(State.SUBMITTED, to=State.APPROVED),
    Move.RETURN: transition(State.SUBMITTED, to=State.CHANGES_REQUESTED),
    Move.REJECT: transition(State.SUBMITTED, to=State.REJECTED),
    Move.EXPIRE: transition(State.SUBMITTED, to=State.EXPIRED),
    Move.REOPEN: transition(State.APPROVED, to=State.DRAFT),
    Move.UNSCHEDULE: transition(State.APPROVED, to=State.SUBMITTED),
}


class StaleDraft(Exception):
    """The draft is no longer what the caller saw: another revision, or another state."""


def allows(move: Move, state: str) -> bool:
    return state in MOVES[move].sources
