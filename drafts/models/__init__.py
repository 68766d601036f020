"""Tables of drafts."""

from drafts.models.central import CentralPart, CentralPost
from drafts.models.draft import Draft, DraftQuerySet, cursor_of, read_cursor, scope_of
from drafts.models.hits import RuleHit
from drafts.models.override import Override
from drafts.models.review import ReviewStep
from drafts.models.revision import Attested, Contribution, Revision, Submission

__all__ = [
    "Attested",
    "CentralPart",
    "CentralPost",
    "Contribution",
    "Draft",
    "DraftQuerySet",
    "Override",
    "ReviewStep",
    "Revision",
    "RuleHit",
    "Submission",
    "cursor_of",
    "read_cursor",
    "scope_of",
]
