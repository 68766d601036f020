"""An account that somebody leaves: to a successor, or to its end."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import SocialAccount, User
from drafts.models import Draft
from lifecycle.reach import within


class Why(models.TextChoices):
    MOVING = "moving", "Somebody moves to another post"
    LEAVING = "leaving", "Somebody leaves the force"
    MERGED = "merged", "Teams are merged"
    SILENT = "silent", "Nobody tweets there any more"
    OTHER = "other", "Something else"


class Plan(models.TextChoices):
    SUCCESSOR = "successor", "Somebody takes it over"
    CLOSURE = "closure", "It closes"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        return self.filter(within(user, "account__"))

    def with_people(self) -> Self:
        return self.select_related(
            "account__force", "account__lpt", "person", "successor", "begun_by", "ended_by",
            "farewell__account",
        )  # fmt: skip

    def with_steps(self) -> Self:
        """Each with `done`, how many of its `all_steps` are."""
        return self.annotate(
            all_steps=Count("steps"),
            done=Count("steps", filter=Q(steps__done_at__isnull=False)),
        )

    def newest_first(self) -> Self:
        return self.order_by("-begun_at", "-pk")


class Handover(models.Model):
    """`person` is whose part in the account ends, if it is about somebody.

    `called_off`: it ended because everything stays as it was.
    """

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="handovers")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=20, choices=Why)
    last_day = models.DateField()
    plan = models.CharField(max_length=20, choices=Plan)
    successor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    new_handle = models.CharField(max_length=30, blank=True)
    # Where followers should go, in words for the public.
    follow = models.CharField(max_length=100, blank=True)
    farewell = models.OneToOneField(Draft, on_delete=models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    called_off = models.BooleanField(default=False)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[HandoverQuerySet] = HandoverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_handover_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(plan=Plan.SUCCESSOR, successor__isnull=False)
                | Q(plan=Plan.CLOSURE, successor=None, new_handle=""),
                name="handover_has_its_plan",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(successor=None) | ~Q(person=F("successor")),
                name="successor_is_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="handover_end_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"handover of {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("lifecycle:handover", args=[self.pk])

    @property
    def words(self) -> str:
        """What becomes of the account, in a sentence."""
        if self.plan == Plan.CLOSURE:
            return f"{self.account} closes."
        renamed = f" It is called @{self.new_handle} then." if self.new_handle else ""
        return f"{self.successor} takes {self.account} over.{renamed}"
