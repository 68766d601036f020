"""Passing over a block: somebody with the permission takes one finding upon themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from drafts.models.draft import Draft


class OverrideQuerySet(models.QuerySet["Override"]):
    def for_content(self, draft: Draft, content_hash: str) -> "OverrideQuerySet":
        """Those that hold for exactly this content of `draft`.

        One by a person who wrote or submitted any of it, before or since, holds no more; nor does
        one by a person who is no longer active.
        """
        wrote = draft.contributions.values("person")
        mine = self.filter(draft=draft, content_hash=content_hash, person__is_active=True)
        return mine.exclude(person__in=wrote).select_related("person").order_by("pk")


class Override(models.Model):
    """`finding` is the key of the finding that no longer stops this content. Never changed."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="overrides")
    content_hash = models.CharField(max_length=64)
    finding = models.TextField()
    rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=1000)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[OverrideQuerySet] = OverrideQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} passed over in draft {self.draft_id}"
