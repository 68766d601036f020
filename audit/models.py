"""Tables of the trail. They hold ids and names as text and no foreign key to anyone.

A record outlives whatever it describes, and no other app's table can pull it along.
"""

from typing import ClassVar

from django.db import models

from audit.verbs import Verb


class RecordQuerySet(models.QuerySet["Record"]):
    def about(self, target: models.Model) -> "RecordQuerySet":
        """Everything recorded about one object, oldest first."""
        return self.filter(target_type=target._meta.model_name, target_id=str(target.pk)).order_by(
            "pk"
        )

    def unsealed(self) -> "RecordQuerySet":
        """Records that no seal covers yet, oldest first."""
        sealed = Seal.objects.filter(record_id=models.OuterRef("pk"))
        return self.filter(~models.Exists(sealed)).order_by("pk")


class Record(models.Model):
    at = models.DateTimeField()
    verb = models.CharField(max_length=40, choices=Verb)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    target_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)

    objects: ClassVar[RecordQuerySet] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["target_type", "target_id", "id"], name="record_by_target"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="record_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.target_name}"


class Seal(models.Model):
    """One link of the chain: the mac covers the record and the seal before it.

    `record_id` is a number, not a foreign key, so that a deleted record leaves its seal behind
    as the proof that it was there.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    record_id = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Seal {self.seq}"
