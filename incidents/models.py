"""One row per hold or critical incident. Several may overlap; none is ever deleted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import LPT, Force, SocialAccount, User


class HoldKind(models.TextChoices):
    HOLD = "hold", "Hold"
    CRITICAL_INCIDENT = "critical_incident", "Critical incident"


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        return self.filter(released_at=None)

    def critical(self) -> "HoldQuerySet":
        return self.filter(kind=HoldKind.CRITICAL_INCIDENT)

    def covering(self, account: SocialAccount) -> "HoldQuerySet":
        """Those whose scope takes in `account`: itself, its team or its force."""
        scope = Q(account=account) | Q(force_id=account.force_id)
        if account.lpt_id:
            scope |= Q(lpt_id=account.lpt_id)
        return self.filter(scope)

    def in_force(self, force_id: int) -> "HoldQuerySet":
        """Those anywhere within a force, newest first."""
        scope = Q(force=force_id) | Q(lpt__force=force_id) | Q(account__force=force_id)
        return (
            self.filter(scope)
            .select_related("force", "lpt", "account", "placed_by", "released_by")
            .order_by("-placed_at", "-pk")
        )


class Hold(models.Model):
    kind = models.CharField(max_length=20, choices=HoldKind)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="holds")
    lpt = models.ForeignKey(LPT, on_delete=models.PROTECT, null=True, related_name="holds")
    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, null=True, related_name="holds"
    )
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(force__isnull=False, lpt=None, account=None)
                    | Q(force=None, lpt__isnull=False, account=None)
                    | Q(force=None, lpt=None, account__isnull=False)
                ),
                name="hold_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="hold_release_is_signed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "lpt", "account"], name="hold_open", condition=Q(released_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.scope}"

    @property
    def scope(self) -> Force | LPT | SocialAccount:
        scope = self.account or self.lpt or self.force
        assert scope is not None  # the constraint hold_has_one_scope
        return scope

    def covers(self, account: SocialAccount) -> bool:
        """Whether the scope takes in `account`, as HoldQuerySet.covering asks the database."""
        return (
            self.account_id == account.pk
            or self.force_id == account.force_id
            or (self.lpt_id is not None and self.lpt_id == account.lpt_id)
        )

    @property
    def is_critical(self) -> bool:
        return self.kind == HoldKind.CRITICAL_INCIDENT
