"""Personal accounts that people of the force gave to be protected (A14)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User


class StaffHandle(models.Model):
    """Given freely, without @. Once taken back, the name is wiped and the row keeps the dates."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="own_handles")
    handle = models.CharField(max_length=15, blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                Lower("handle"),
                condition=Q(withdrawn_at=None),
                name="own_handle_once",
            ),
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None) & ~Q(handle=""))
                | Q(withdrawn_at__isnull=False, handle=""),
                name="withdrawn_handle_is_wiped",
            ),
        ]

    def __str__(self) -> str:
        return f"A personal account of {self.person}"
