"""What is wrong, from when it was noticed until it has ended, and who was called about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Force, SocialAccount, User
from incidents.models import Hold
from publishing.models.deliveries import Delivery


class AlertKind(models.TextChoices):
    """What somebody is told of, and told only once."""

    OVERDUE = "overdue", "Late"
    UNKNOWN = "unknown", "No answer from the platform"
    NEEDS_HUMAN = "needs_human", "Needs a person to look"
    MISSED = "missed", "Missed its time"
    REFUSED = "refused", "Refused by the platform"
    SUSPENDED = "suspended", "Account cannot send"
    PAUSED = "paused", "Account is paused"
    KEY_LOST = "key_lost", "A key of the vault is gone"
    ENDING = "ending", "Credentials are about to end"
    UNREAD = "unread", "A timeline cannot be read"
    LONG_HOLD = "long_hold", "Long hold"
    NO_DISPATCHER = "no_dispatcher", "Nothing is going out"
    CLOCK_JUMP = "clock_jump", "A worker’s clock jumped"
    CLOCK_SKEW = "clock_skew", "A worker’s clock is wrong"
    RESTORED = "restored", "The database is older than what was done"
    UNMAILED = "unmailed", "Somebody gets no mail"
    BROKEN_TRAIL = "broken_trail", "The audit trail is broken"


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        return self.filter(cleared_at=None)

    def visible_to(self, user: User) -> "AlertQuerySet":
        """Those of the person's forces, and those of the machinery, which has none."""
        forces = {membership.force_id for membership in user.current_memberships}
        return self.filter(Q(force=None) | Q(force__in=forces))


class Alert(models.Model):
    """One thing that is wrong, from when it was noticed until it has ended by itself."""

    kind = models.CharField(max_length=20, choices=AlertKind)
    # The kind and the one thing it is about: at most one alert is open for each.
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="alerts"
    )
    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[AlertQuerySet] = AlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(cleared_at=None), name="one_open_alert_per_thing"
            ),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["key", "-told_at"], name="alert_told"),
            models.Index(fields=["-cleared_at"], name="alert_cleared"),
        ]

    def __str__(self) -> str:
        return self.text


class AlertCall(models.Model):
    """One message to the force's own alarm system: that an alert was raised, or has ended."""

    ATTEMPTS = 8

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="calls")
    event = models.CharField(max_length=10)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"], name="alert_call_due", condition=Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.alert}"
