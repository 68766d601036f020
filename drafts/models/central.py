"""One text for several accounts: a draft for each, written, submitted and decided together."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F

from accounts.models import Force, User
from accounts.roles import COMMS_REVIEWERS
from drafts.models.draft import Draft, DraftQuerySet
from drafts.workflow import State


class CentralPostQuerySet(models.QuerySet["CentralPost"]):
    def visible_to(self, user: User) -> Self:
        forces = {m.force_id for m in user.current_memberships if m.role in COMMS_REVIEWERS}
        return self.filter(force__in=forces)

    def awaiting_review(self) -> Self:
        """Those of which something waits for a decision, oldest first."""
        waiting = CentralPart.objects.together().filter(draft__state=State.SUBMITTED)
        return self.filter(pk__in=waiting.values("central")).order_by("pk")


class CentralPost(models.Model):
    # Made with the form: sending the same form twice makes one post.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="central_posts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[CentralPostQuerySet] = CentralPostQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"central post {self.pk} of {self.force}"

    def drafts(self) -> DraftQuerySet:
        """Every draft that was made for it, by account."""
        return (
            Draft.objects.filter(central_part__central=self)
            .with_people()
            .order_by("account__handle", "pk")
        )

    def together(self) -> DraftQuerySet:
        """Those that still say what the post says: one that was changed alone goes alone."""
        return self.drafts().filter(central_part__content_hash=F("content_hash"))


class CentralPartQuerySet(models.QuerySet["CentralPart"]):
    def together(self) -> Self:
        """Parts whose draft still says what the post says."""
        return self.filter(content_hash=F("draft__content_hash"))


class CentralPart(models.Model):
    """One draft of a central post. Inserting it makes every contributor one of all drafts."""

    central = models.ForeignKey(CentralPost, on_delete=models.PROTECT, related_name="parts")
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="central_part")
    # What it said when it was last written for all accounts.
    content_hash = models.CharField(max_length=64)

    objects: ClassVar[CentralPartQuerySet] = CentralPartQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.draft} in {self.central}"
