"""What the workers keep of themselves: signs of life, and totals."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """The last sign of life of one dispatching process."""

    owner = models.CharField(max_length=100, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.owner


class Reckoning(models.Model):
    """Totals of what has long ended, so that the figures never count the whole history.

    One row. Attempts up to `attempt_id` and deliveries published up to `published_to` are in.
    """

    attempt_id = models.BigIntegerField(default=0)
    published_to = models.DateTimeField()
    attempts = models.JSONField(default=dict)
    lateness = models.JSONField(default=list)
    lateness_sum = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"totals up to {self.published_to}"
