"""Versions of a force's rulebook: what the force changed in its pack, by whom, since when."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Force, User
from policy.workflow import MOVES, Move, StaleVersion, State


class PackVersionQuerySet(models.QuerySet["PackVersion"]):
    def of(self, force: Force) -> Self:
        return self.filter(force=force)

    def in_force(self) -> Self:
        return self.filter(state=State.ACTIVE)

    def waiting(self) -> Self:
        """Proposed and neither activated nor declined, oldest first."""
        return self.filter(state=State.PROPOSED).order_by("number")

    def numbered(self) -> Self:
        """Everything that was ever proposed, newest first."""
        return (
            self.exclude(state=State.DRAFT)
            .select_related("author", "activated_by", "ended_by", "based_on", "force")
            .order_by("-number")
        )

    def that_were_in_force(self) -> Self:
        """In the order in which they came into force."""
        return (
            self.filter(activated_at__isnull=False)
            .select_related("author", "activated_by", "based_on")
            .order_by("activated_at", "pk")
        )

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one version this query selects, in one conditional UPDATE.

        Raises StaleVersion when the query selects none in a state that allows it.
        """
        if not MOVES[move].happens(self, **changes):
            raise StaleVersion


class PackVersion(models.Model):
    """`changes` are those of policy.core.changes, relative to the pack in the force's file.

    While somebody prepares it, it has no number and `edits` counts its savings; a trigger keeps
    it as it is from the proposal on. `based_on` was in force when its preparation began (none
    for the file as it is): it can only follow that one.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="pack_versions")
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    changes = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    edits = models.PositiveIntegerField(default=0)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    activated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    # Who declined it or put another in its place, and when.
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[PackVersionQuerySet] = PackVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="version_state"),
            models.UniqueConstraint(
                fields=["force"], condition=Q(state="active"), name="one_version_in_force"
            ),
            models.UniqueConstraint(
                fields=["force", "author"],
                condition=Q(state="draft"),
                name="one_version_in_preparation",
            ),
            models.UniqueConstraint(fields=["force", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, proposed_at=None)
                | (
                    ~Q(state="draft")
                    & Q(number__isnull=False, proposed_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="proposed_version_has_number_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(activated_by=None, activated_at=None)
                | Q(activated_by__isnull=False, activated_at__isnull=False),
                name="version_activation_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(activated_by__isnull=False),
                name="version_in_force_was_activated",
            ),
            models.CheckConstraint(
                condition=Q(activated_by=None) | ~Q(activated_by=F("author")),
                name="nobody_activates_their_own_version",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}" if self.number else "A version in preparation"

    def get_absolute_url(self) -> str:
        return reverse("rules:version", args=[self.pk])


class Trial(models.Model):
    """What a version would have changed on recent drafts. `result` holds no words of theirs."""

    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="trials")
    content_hash = models.CharField(max_length=64)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    looked_at = models.PositiveIntegerField()
    result = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Trial of {self.version}"
