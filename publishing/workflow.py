"""The life of a delivery as a table, and what an attempt can end as."""

from enum import StrEnum

from django.db.models import TextChoices

from drafts.workflow import Transition, transition


class State(TextChoices):
    QUEUED = "queued", "Waiting for its time"
    CLAIMED = "claimed", "About to go out"
    SENDING = "sending", "Going out"
    PUBLISHED = "published", "Published"
    REFUSED = "refused", "Refused by the platform"
    UNKNOWN = "unknown", "No answer from the platform"
    NEEDS_HUMAN = "needs_human", "Needs a person to look"
    MISSED = "missed", "Missed its time"
    CANCELLED = "cancelled", "Cancelled"
    TAKEN_DOWN = "taken_down", "Taken down"


# A delivery in one of these will not move by itself any more.
ENDS = frozenset({State.PUBLISHED, State.REFUSED, State.MISSED, State.CANCELLED, State.TAKEN_DOWN})
# May already be public, or may become so at any moment.
ON_ITS_WAY = frozenset({State.CLAIMED, State.SENDING, State.UNKNOWN})
# Everything that has been let out and has come to no outcome yet.
UNDER_WAY = ON_ITS_WAY | {State.QUEUED}
NEEDS_SOMEBODY = frozenset({State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, State.MISSED})


class Move(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    ARM = "arm"
    PUBLISH = "publish"
    NOT_SENT = "not_sent"
    REFUSE = "refuse"
    LOSE_TRACK = "lose_track"
    GIVE_TO_HUMAN = "give_to_human"
    MISS = "miss"
    CANCEL = "cancel"
    FOUND = "found"
    NOT_FOUND = "not_found"
    SAY_LIVE = "say_live"
    SAY_NOT_LIVE = "say_not_live"
    DROP = "drop"
    RESCHEDULE = "reschedule"
    TAKE_DOWN = "take_down"
    DOUBT = "doubt"


MOVES: dict[Move, Transition[State]] = {
    Move.CLAIM: transition(State.QUEUED, to=State.CLAIMED),
    Move.RELEASE: transition(State.CLAIMED, to=State.QUEUED),
    Move.ARM: transition(State.CLAIMED, to=State.SENDING),
    Move.PUBLISH: transition(State.SENDING, to=State.PUBLISHED),
    Move.NOT_SENT: transition(State.SENDING, to=State.QUEUED),
    Move.REFUSE: transition(State.SENDING, to=State.REFUSED),
    Move.LOSE_TRACK: transition(State.SENDING, to=State.UNKNOWN),
    Move.GIVE_TO_HUMAN: transition(
        State.QUEUED, State.CLAIMED, State.SENDING, State.UNKNOWN, to=State.NEEDS_HUMAN
    ),
    Move.MISS: transition(State.QUEUED, State.CLAIMED, to=State.MISSED),
    Move.CANCEL: transition(State.QUEUED, State.CLAIMED, to=State.CANCELLED),
    Move.FOUND: transition(State.UNKNOWN, to=State.PUBLISHED),
    Move.NOT_FOUND: transition(State.UNKNOWN, to=State.QUEUED),
    Move.SAY_LIVE: transition(State.UNKNOWN, State.NEEDS_HUMAN, to=State.PUBLISHED),
    Move.SAY_NOT_LIVE: transition(State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, to=State.QUEUED),
    Move.DROP: transition(
        State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, State.MISSED, to=State.CANCELLED
    ),
    Move.RESCHEDULE: transition(State.QUEUED, State.MISSED, to=State.QUEUED),
    Move.TAKE_DOWN: transition(State.PUBLISHED, State.NEEDS_HUMAN, to=State.TAKEN_DOWN),
    # A backup was restored: it may have gone out since.
    Move.DOUBT: transition(State.QUEUED, State.CLAIMED, State.SENDING, to=State.UNKNOWN),
}


class Outcome(TextChoices):
    """How one attempt to send ended."""

    SENDING = "sending", "Under way"
    OK = "ok", "Published"
    NOT_SENT = "not_sent", "Not sent"
    REFUSED = "refused", "Refused"
    UNKNOWN = "unknown", "No answer"
    CONFIRMED_SENT = "confirmed_sent", "Found to be public"
    CONFIRMED_NOT_SENT = "confirmed_not_sent", "Found not to be public"


class LostLease(Exception):
    """Another worker, a hold or a person has taken this delivery over."""


class TooLate(Exception):
    """The delivery has gone too far to be cancelled: look at the platform."""


class MayBePublic(TooLate):
    """It may be public already: it is not sent again, and communications was asked to look."""
