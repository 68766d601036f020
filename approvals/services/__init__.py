"""Deciding on drafts, taking decisions back, and letting undecided drafts expire."""

from accounts.duty import on_duty
from approvals.services.after_review import LookedAt, look_after
from approvals.services.central import (
    PartRefused,
    Seen,
    approve_centrally,
    send_back_centrally,
    waiting,
)
from approvals.services.commenting import comment, page_of
from approvals.services.deciding import (
    approve,
    is_decided_together,
    reject,
    return_for_changes,
    stops,
    unfit_for,
)
from approvals.services.delegating import CannotDelegate, WrongPeople, delegate, end_delegation
from approvals.services.emergency import publish_in_emergency
from approvals.services.finishing import finish_steps
from approvals.services.keeping_routes import (
    RouteRefused,
    confirm_route,
    keep_route,
    objections,
)
from approvals.services.queue import claim, expire_overdue, next_for, release, waiting_for
from approvals.services.refusals import (
    AlreadyApproved,
    DecidedTogether,
    NoteMissing,
    NotPossible,
    OutOfTime,
    OwnDraft,
    RulesObject,
    TalkedAbout,
)
from approvals.services.reminding import remind
from approvals.services.steps import Progress, progress_of
from approvals.services.stuck import tell_of_stuck
from approvals.services.suggesting import (
    SaysTheSame,
    open_suggestion,
    suggest,
    take_as_approver,
    take_as_author,
)
from approvals.services.together import Outcome, approve_each, send_back_each
from approvals.services.undoing import WindowOver, reopen, stop_centrally, unschedule
from approvals.services.views import TooManyViews, drop_view, save_view

__all__ = [
    "AlreadyApproved",
    "CannotDelegate",
    "DecidedTogether",
    "LookedAt",
    "NotPossible",
    "NoteMissing",
    "OutOfTime",
    "Outcome",
    "OwnDraft",
    "PartRefused",
    "Progress",
    "RouteRefused",
    "RulesObject",
    "SaysTheSame",
    "Seen",
    "TalkedAbout",
    "TooManyViews",
    "WindowOver",
    "WrongPeople",
    "approve",
    "approve_centrally",
    "approve_each",
    "claim",
    "comment",
    "confirm_route",
    "delegate",
    "drop_view",
    "end_delegation",
    "expire_overdue",
    "finish_steps",
    "is_decided_together",
    "keep_route",
    "look_after",
    "next_for",
    "objections",
    "on_duty",
    "open_suggestion",
    "page_of",
    "progress_of",
    "publish_in_emergency",
    "reject",
    "release",
    "remind",
    "reopen",
    "return_for_changes",
    "save_view",
    "send_back_centrally",
    "send_back_each",
    "stop_centrally",
    "stops",
    "suggest",
    "take_as_approver",
    "take_as_author",
    "tell_of_stuck",
    "unfit_for",
    "unschedule",
    "waiting",
    "waiting_for",
]
