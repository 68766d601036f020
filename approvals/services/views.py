"""The views of the queue that somebody keeps for themselves."""

from accounts.models import User
from approvals.models import SavedView

# More than anybody finds their way among.
AT_MOST = 12


class TooManyViews(Exception):
    """There are so many that one has to go first."""


def save_view(person: User, *, name: str, query: str) -> None:
    """Keep a view; another of the same name is replaced. Raises TooManyViews."""
    others = SavedView.objects.filter(person=person).exclude(name=name)
    if others.count() >= AT_MOST:
        raise TooManyViews
    SavedView.objects.update_or_create(person=person, name=name, defaults={"query": query})


def drop_view(person: User, pk: int) -> bool:
    """Drop one of one's own views; False when there is none."""
    return bool(SavedView.objects.filter(person=person, pk=pk).delete()[0])
