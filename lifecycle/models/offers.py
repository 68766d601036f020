"""Drafts that one team offers to another team's account."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import SocialAccount, User
from drafts.models import Draft, Revision
from lifecycle.models.following import AlreadyDecided
from lifecycle.reach import within
from lifecycle.workflow import OFFER_MOVES, OfferMove, OfferState


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> Self:
        """Those to the own accounts, and those of the own team's drafts."""
        return self.filter(within(user, "account__") | within(user, "draft__account__"))

    def open(self) -> Self:
        return self.filter(state=OfferState.OPEN)

    def to_team_of(self, user: User) -> Self:
        """Those that the own team answers."""
        return self.filter(within(user, "account__", everywhere=()))

    def with_people(self) -> Self:
        return self.select_related(
            "account__force", "account__lpt", "draft__account", "revision", "offered_by",
            "answered_by", "adopted",
        )  # fmt: skip

    def move(self, move: OfferMove, **changes: Any) -> None:
        """Make `move` on the one offer this query selects. Raises AlreadyDecided."""
        if not OFFER_MOVES[move].happens(self, **changes):
            raise AlreadyDecided


class Offer(models.Model):
    """`revision` is the wording that was offered, whatever becomes of the draft.

    `adopted` is the draft of the other team that came of it.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="offers")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="offers")
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=OfferState, default=OfferState.OPEN)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    adopted = models.OneToOneField(Draft, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state"),
            models.UniqueConstraint(
                fields=["draft", "account"],
                condition=Q(state=OfferState.OPEN),
                name="offered_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_by=None, answered_at=None)
                | ~Q(state=OfferState.OPEN)
                & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="offer_answer_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"draft for {self.account}"

    def get_absolute_url(self) -> str:
        return f"{reverse('lifecycle:offers')}#offer-{self.pk}"
