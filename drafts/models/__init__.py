"""Tables of drafts."""

from drafts.models.draft import Draft, DraftQuerySet, cursor_of
from drafts.models.revision import Contribution, Revision, Submission

__all__ = ["Contribution", "Draft", "DraftQuerySet", "Revision", "Submission", "cursor_of"]
