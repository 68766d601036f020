"""Too many wrong passwords for one e-mail."""

from typing import ClassVar

from django.db import models


class GuessingQuerySet(models.QuerySet["Guessing"]):
    def untold(self) -> "GuessingQuerySet":
        return self.filter(told_at=None).order_by("pk")


class Guessing(models.Model):
    """Somebody tries passwords for one e-mail, whoever's it is, in small letters.

    The row stays for a day, so that people are told once.
    """

    email = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[GuessingQuerySet] = GuessingQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.email
