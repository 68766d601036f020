"""What lets an account send, and what keeps it from sending."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from accounts.models import SocialAccount, User


class Circuit(models.Model):
    """What keeps one account from sending for now, whatever waits for it.

    A missing row is a closed circuit: nothing speaks against sending.
    """

    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, primary_key=True, related_name="circuit"
    )
    # Nothing is claimed before this: a rate limit's reset, or the end of a breaker's pause.
    paused_until = models.DateTimeField(null=True)
    # The platform does not take our credentials: nothing is claimed until somebody mends them.
    suspended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account}: {self.reason or 'sends'}"


class Credential(models.Model):
    """What one account signs in with, sealed: only publishing.services.vault can open it."""

    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, primary_key=True, related_name="credential"
    )
    sealed = models.TextField()
    # Which of PUBLISHER_KEYS sealed it: a fingerprint, no part of the key.
    key_id = models.CharField(max_length=16)
    changed_at = models.DateTimeField()
    # Nobody: the platform renewed it.
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # When they end by the platform's or the force's own rules; None: not that anybody knows.
    ends_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"credentials of {self.account}"


class HandshakeQuerySet(models.QuerySet["Handshake"]):
    def standing(self, now: datetime) -> Self:
        """Those that a platform may still lead back to."""
        return self.filter(used_at=None, expires_at__gt=now)


class Handshake(models.Model):
    """One person on the way to a platform and back, to connect one account.

    The state that leads back is kept as its hash; what only the exchange needs is sealed, and
    thrown away once it was used.
    """

    state_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField(blank=True)
    key_id = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[HandshakeQuerySet] = HandshakeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "person"],
                condition=models.Q(used_at=None),
                name="one_way_to_the_platform_each",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(sealed=""),
                name="handshake_used_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} connects {self.account}"
