"""Tables of the life of an account."""

from lifecycle.models.compromise import Compromise, FurtherReport
from lifecycle.models.following import (
    AlreadyDecided,
    FollowerReview,
    Following,
    ReviewReminder,
    Who,
)
from lifecycle.models.handovers import Handover, Plan, Why
from lifecycle.models.offers import Offer
from lifecycle.models.questions import LONGEST_MESSAGE, Message, Question, StaleQuestion
from lifecycle.models.requests import QUESTIONS, AccountRequest, Turn
from lifecycle.models.silence import FirstSeen, Silence
from lifecycle.models.steps import ChecklistStep

__all__ = [
    "LONGEST_MESSAGE",
    "QUESTIONS",
    "AccountRequest",
    "AlreadyDecided",
    "ChecklistStep",
    "Compromise",
    "FirstSeen",
    "FollowerReview",
    "Following",
    "FurtherReport",
    "Handover",
    "Message",
    "Offer",
    "Plan",
    "Question",
    "ReviewReminder",
    "Silence",
    "StaleQuestion",
    "Turn",
    "Who",
    "Why",
]
