"""What the pages of a draft show of its comments."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.models import User
from approvals.forms import CommentForm
from approvals.models import Comment
from approvals.readers import readers_of
from drafts.models import Draft


def newest_of(comments: Iterable[Comment]) -> int:
    """The key of the newest, 0 for none: what an approval says that its approver had on screen."""
    return max((said.pk for said in comments), default=0)


def talk_about(
    draft: Draft, user: User, *, form: CommentForm | None = None, is_quiet: bool = False
) -> dict[str, Any]:
    """Context of approvals/_comments.html: the comments, newest last, and the form for another.

    `is_quiet`: it is known that there are none.
    """
    readers = list(readers_of(draft, on=timezone.localdate()))
    names = [reader.full_name for reader in readers]
    return {
        "comments": () if is_quiet else Comment.objects.filter(draft=draft).with_people(),
        "comment_form": form or CommentForm(),
        # Whoever shares their name is chosen by e-mail.
        "comment_people": [
            reader.full_name if names.count(reader.full_name) == 1 else reader.email
            for reader in readers
            if reader != user
        ],
    }
