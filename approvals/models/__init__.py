"""Tables of approvals."""

from approvals.models.after_review import AfterReview, Occasion
from approvals.models.comment import LONGEST_COMMENT, Comment
from approvals.models.decision import Decision, Verdict
from approvals.models.delegation import Delegation
from approvals.models.reminder import Reminder, ReminderKind
from approvals.models.saved_view import SavedView
from approvals.models.suggestion import Suggestion

__all__ = [
    "LONGEST_COMMENT",
    "AfterReview",
    "Comment",
    "Decision",
    "Delegation",
    "Occasion",
    "Reminder",
    "ReminderKind",
    "SavedView",
    "Suggestion",
    "Verdict",
]
