"""The life of a request for an account as a table. What is not in it cannot happen."""

from enum import StrEnum

from django.db.models import TextChoices

from policy.workflow import Transition, transition


class State(TextChoices):
    DRAFT = "draft", "Being written"
    ASKED = "asked", "With the supervisor"
    SUPPORTED = "supported", "With communications"
    CREATED = "created", "Account created"
    ELSEWHERE = "elsewhere", "Another way found"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Move(StrEnum):
    SAVE = "save"
    ASK = "ask"
    SUPPORT = "support"
    SEND_BACK = "send_back"
    CREATE = "create"
    REDIRECT = "redirect"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


MOVES: dict[Move, Transition[State]] = {
    Move.SAVE: transition(State.DRAFT, to=State.DRAFT),
    Move.ASK: transition(State.DRAFT, to=State.ASKED),
    Move.SUPPORT: transition(State.ASKED, to=State.SUPPORTED),
    Move.SEND_BACK: transition(State.ASKED, State.SUPPORTED, to=State.DRAFT),
    Move.CREATE: transition(State.SUPPORTED, to=State.CREATED),
    Move.REDIRECT: transition(State.SUPPORTED, to=State.ELSEWHERE),
    Move.DECLINE: transition(State.ASKED, State.SUPPORTED, to=State.DECLINED),
    Move.WITHDRAW: transition(State.DRAFT, State.ASKED, State.SUPPORTED, to=State.WITHDRAWN),
}
WAITING = frozenset({State.ASKED, State.SUPPORTED})
ENDS = frozenset({State.CREATED, State.ELSEWHERE, State.DECLINED, State.WITHDRAWN})


class StaleRequest(Exception):
    """The request is no longer what the caller saw: another wording, or another state."""


class FollowState(TextChoices):
    ASKED = "asked", "Asked"
    FOLLOWED = "followed", "Followed"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "No longer followed"


class FollowMove(StrEnum):
    FOLLOW = "follow"
    REFUSE = "refuse"
    UNFOLLOW = "unfollow"


FOLLOW_MOVES: dict[FollowMove, Transition[FollowState]] = {
    FollowMove.FOLLOW: transition(FollowState.ASKED, to=FollowState.FOLLOWED),
    FollowMove.REFUSE: transition(FollowState.ASKED, to=FollowState.DECLINED),
    FollowMove.UNFOLLOW: transition(FollowState.FOLLOWED, to=FollowState.ENDED),
}


class OfferState(TextChoices):
    OPEN = "open", "Waiting for an answer"
    ADOPTED = "adopted", "Adopted"
    DECLINED = "declined", "Declined"


class OfferMove(StrEnum):
    ADOPT = "adopt"
    TURN_DOWN = "turn_down"


OFFER_MOVES: dict[OfferMove, Transition[OfferState]] = {
    OfferMove.ADOPT: transition(OfferState.OPEN, to=OfferState.ADOPTED),
    OfferMove.TURN_DOWN: transition(OfferState.OPEN, to=OfferState.DECLINED),
}


class QuestionState(TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class QuestionMove(StrEnum):
    GO_ON = "go_on"
    ANSWER = "answer"
    CLOSE = "close"


# Writing again opens a closed one.
QUESTION_MOVES: dict[QuestionMove, Transition[QuestionState]] = {
    QuestionMove.GO_ON: transition(*QuestionState, to=QuestionState.WAITING),
    QuestionMove.ANSWER: transition(*QuestionState, to=QuestionState.ANSWERED),
    QuestionMove.CLOSE: transition(
        QuestionState.WAITING, QuestionState.ANSWERED, to=QuestionState.CLOSED
    ),
}
