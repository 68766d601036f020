"""Tables of drafts."""

from drafts.models.draft import Draft, DraftQuerySet, cursor_of
from drafts.models.hits import RuleHit
from drafts.models.override import Override
from drafts.models.revision import Attested, Contribution, Revision, Submission

__all__ = [
    "Attested",
    "Contribution",
    "Draft",
    "DraftQuerySet",
    "Override",
    "Revision",
    "RuleHit",
    "Submission",
    "cursor_of",
]
