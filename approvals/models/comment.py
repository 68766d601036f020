"""What people say to each other about a draft. It never goes out, and none of it is taken back."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Prefetch, Q

from accounts.models import User
from accounts.roles import Role
from drafts.models import Draft

LONGEST_COMMENT = 1000


class CommentQuerySet(models.QuerySet["Comment"]):
    def with_people(self) -> Self:
        """Each with who wrote it and whom it names."""
        named = User.objects.order_by("full_name", "pk")
        return self.select_related("person").prefetch_related(Prefetch("mentioned", named))


class Comment(models.Model):
    """Its words stand here alone: the trail says that somebody commented, not what.

    `role` is what the person was when they wrote it.
    """

    # Made with the form: sending the same form twice makes one comment.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    text = models.CharField(max_length=LONGEST_COMMENT)
    at = models.DateTimeField()
    # Whom it names with an @, as it was understood when it was written.
    mentioned = models.ManyToManyField(User, related_name="+")

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.draft}"
