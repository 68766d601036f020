"""What lets an account send, and what keeps it from sending."""

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

    def __str__(self) -> str:
        return f"credentials of {self.account}"
