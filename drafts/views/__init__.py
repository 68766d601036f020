from drafts.views.acting import Copy, Discard, Withdraw
from drafts.views.finding import TeamDrafts
from drafts.views.writing import Check, Edit, Write

__all__ = ["Check", "Copy", "Discard", "Edit", "TeamDrafts", "Withdraw", "Write"]
