"""Why a decision is refused."""

from django.core.exceptions import PermissionDenied

from drafts.workflow import StaleDraft


class OwnDraft(PermissionDenied):
    """The person wrote or submitted a revision of this draft, at whatever time."""


class AlreadyApproved(Exception):
    """The person has approved this revision already; another step needs another person."""


class TalkedAbout(StaleDraft):
    """Somebody has commented since: it is what the approver had on screen, but not all of it."""


class OutOfTime(Exception):
    """The time the draft was meant for has passed: approving it now would send it late."""


class RulesObject(Exception):
    """The rulebook stops this text by now; `sentences` says why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class NotPossible(RulesObject):
    """Not the rulebook: the account is closed, or the approver's own record is not complete."""


class DecidedTogether(NotPossible):
    """It is one part of a post for several accounts, which are all decided at once."""

    def __init__(self) -> None:
        super().__init__(
            ["It is part of a post for several accounts. Decide on all of them at once."]
        )


class NoteMissing(NotPossible):
    """A rule was passed over, and the approver has not said why it is right to send it."""

    def __init__(self) -> None:
        super().__init__(
            ["A rule was passed over in it. Open it and say why it is right to send it."]
        )
