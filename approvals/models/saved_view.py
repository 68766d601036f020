"""What somebody likes to look at in the queue."""

from typing import ClassVar

from django.db import models

from accounts.models import User


class SavedView(models.Model):
    """One person's own choice of filters, by a name; `query` is that of the queue's address."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name
