"""What the pages of a draft show of its comments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from approvals.forms import CommentForm
from approvals.models import Comment
from approvals.readers import readers_of
from drafts.models import Draft


def newest_of(comments: Iterable[Comment]) -> int:
    """The key of the newest, 0 for none: what an approval says that its approver had on screen."""
    return max((said.pk for said in comments), default=0)


def with_people() -> QuerySet[Comment]:
    """Comments, each with who wrote it and whom it names."""
    return Comment.objects.select_related("person").prefetch_related(
        Prefetch("mentioned", User.objects.order_by("full_name", "pk"))
    )


def talk_about(
    draft: Draft, user: User, *, form: CommentForm | None = None, is_quiet: bool = False
) -> dict[str, Any]:
    """Context of approvals/_comments.html: the comments, newest last, and the form for another.

    `is_quiet`: it is known that there are none.
    """
    readers = list(readers_of(draft, on=timezone.localdate()))
    names = [reader.full_name for reader in readers]
    return {
        "comments": () if is_quiet else with_people().filter(draft=draft),
        "comment_form": form or CommentForm(),
        # Whoever shares their name is chosen by e-mail.
        "comment_people": [
            reader.full_name if names.count(reader.full_name) == 1 else reader.email
            for reader in readers
            if reader != user
        ],
    }
