"""The steps of a process, each ticked once with the day and the name."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import TEAM_SUPERVISORS
from lifecycle.checklists import CHECKLISTS, Process, StepOf
from lifecycle.models.compromise import Compromise
from lifecycle.models.handovers import Handover
from lifecycle.models.requests import AccountRequest
from lifecycle.reach import CENTRE, within

# Told when it is overdue, and once more when it still is so long after.
REMINDERS = 2
REMIND_AGAIN_AFTER = timedelta(days=1)


class ChecklistStepQuerySet(models.QuerySet["ChecklistStep"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def to_remind_of(self, now: datetime) -> Self:
        """Overdue, of a process under way, and nobody was told yet, or a day ago."""
        a_day_ago = now - REMIND_AGAIN_AFTER
        is_time = Q(reminded=0) | Q(reminded__lt=REMINDERS, reminded_at__lte=a_day_ago)
        under_way = (
            Q(compromise__isnull=False, compromise__ended_at=None)
            | Q(handover__isnull=False, handover__ended_at=None)
            | Q(launch__isnull=False) & ~Q(launch__account__status=AccountStatus.CLOSED)
        )
        return self.open().filter(is_time, under_way, due_at__lte=now)

    def in_order(self) -> Self:
        return self.select_related("done_by").order_by("number", "pk")

    def visible_to(self, user: User) -> Self:
        everywhere = CENTRE | TEAM_SUPERVISORS
        return self.filter(
            within(user, "compromise__account__", everywhere=everywhere)
            | within(user, "launch__", with_merged=True)
            | within(user, "handover__account__")
        )

    def with_process(self) -> Self:
        return self.select_related(
            *("compromise__account__force", "compromise__account__lpt"),
            *("launch__account__force", "launch__account__lpt"),
            *("handover__account__force", "handover__account__lpt"),
            *("handover__person", "handover__successor", "handover__farewell"),
        )


class ChecklistStep(models.Model):
    """`key` names the step in lifecycle.checklists; `note` is what was said with the tick.

    `reminded` counts how often people were told that it is overdue, `reminded_at` is the last time.
    """

    compromise = models.ForeignKey(
        Compromise, on_delete=models.PROTECT, null=True, related_name="steps"
    )
    launch = models.ForeignKey(
        AccountRequest, on_delete=models.PROTECT, null=True, related_name="steps"
    )
    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, null=True, related_name="steps"
    )
    key = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, db_default=0)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[ChecklistStepQuerySet] = ChecklistStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None)
                | Q(done_by__isnull=False, done_at__isnull=False),
                name="step_done_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(compromise__isnull=False, launch=None, handover=None)
                | Q(compromise=None, launch__isnull=False, handover=None)
                | Q(compromise=None, launch=None, handover__isnull=False),
                name="step_has_one_process",
            ),
            models.UniqueConstraint(fields=["compromise", "key"], name="compromise_step_once"),
            models.UniqueConstraint(fields=["launch", "key"], name="launch_step_once"),
            models.UniqueConstraint(fields=["handover", "key"], name="handover_step_once"),
            models.CheckConstraint(
                condition=Q(reminded=0, reminded_at=None)
                | Q(reminded__range=(1, REMINDERS), reminded_at__isnull=False),
                name="step_reminded_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="step_due",
                condition=Q(done_at=None, reminded__lt=REMINDERS),
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.about.title}” for {self.account}"

    @property
    def process(self) -> Compromise | AccountRequest | Handover:
        process = self.compromise or self.launch or self.handover
        assert process is not None  # the constraint step_has_one_process
        return process

    @property
    def kind(self) -> Process:
        if self.handover_id:
            return Process.HANDOVER
        return Process.COMPROMISE if self.compromise_id else Process.LAUNCH

    @property
    def account(self) -> SocialAccount:
        account = self.process.account
        assert account is not None  # a launch begins with the account
        return account

    @property
    def about(self) -> StepOf:
        """What the step asks for."""
        return CHECKLISTS[self.kind][self.key]

    @property
    def is_void(self) -> bool:
        """Whether nobody will do it any more: the handover was called off before."""
        return self.done_at is None and bool(self.handover and self.handover.ended_at)

    def is_overdue(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at is not None and self.due_at < now
