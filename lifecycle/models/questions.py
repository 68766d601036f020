"""What people ask corporate communications, and what was said about it."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import Force, SocialAccount, User
from drafts.models import Draft
from lifecycle.reach import CENTRE
from lifecycle.workflow import QUESTION_MOVES, QuestionMove, QuestionState

LONGEST_MESSAGE = 2000


class StaleQuestion(Exception):
    """Somebody has written in it, or closed it, since the caller looked."""


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those about a draft that one sees, and for communications all of the force."""
        memberships = user.current_memberships
        forces = {membership.force_id for membership in memberships}
        centre = {row.force_id for row in memberships if row.role in CENTRE}
        return self.filter(
            Q(force__in=centre)
            | Q(force__in=forces, asked_by=user)
            | Q(force__in=forces, draft__in=Draft.objects.visible_to(user))
        )

    def waiting_for(self, user: User) -> Self:
        """Those that `user` could answer now."""
        forces = {row.force_id for row in user.current_memberships if row.role in CENTRE}
        return self.waiting().filter(force__in=forces).exclude(asked_by=user)

    def waiting(self) -> Self:
        return self.filter(state=QuestionState.WAITING)

    def answered(self) -> Self:
        return self.filter(state=QuestionState.ANSWERED)

    def closed(self) -> Self:
        return self.filter(state=QuestionState.CLOSED)

    def with_people(self) -> Self:
        return self.select_related(
            "force", "asked_by", "draft__account__lpt", "account", "closed_by"
        )

    def with_words(self) -> Self:
        """Each with `words`, the first that was said in it."""
        first = Message.objects.filter(question=OuterRef("pk")).order_by("pk")
        return self.annotate(words=Subquery(first.values("text")[:1]))

    def oldest_first(self) -> Self:
        return self.order_by("since", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-since", "-pk")

    def move(self, move: QuestionMove, *, seen: int, **changes: Any) -> None:
        """Make `move` on the one question this query selects, if it holds `seen` messages.

        Raises StaleQuestion.
        """
        if not QUESTION_MOVES[move].happens(self.filter(said=seen), **changes):
            raise StaleQuestion


class Question(models.Model):
    """A thread between one person and communications, maybe about a draft or an account.

    `said` counts its messages. `since` is when it came into its state: how long it waits.
    """

    # Made with the form: sending the same form twice asks once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, related_name="questions")
    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, null=True, related_name="questions"
    )
    state = models.CharField(max_length=20, choices=QuestionState, default=QuestionState.WAITING)
    since = models.DateTimeField()
    said = models.PositiveIntegerField(default=1)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[QuestionQuerySet] = QuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=QuestionState.values), name="question_state"
            ),
            models.CheckConstraint(
                condition=Q(draft=None) | Q(account=None), name="question_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.CLOSED, closed_by__isnull=False)
                | ~Q(state=QuestionState.CLOSED) & Q(closed_by=None),
                name="question_is_closed_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "since"],
                name="question_waiting",
                condition=Q(state=QuestionState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"question of {self.asked_by}"

    def get_absolute_url(self) -> str:
        return reverse("lifecycle:question", args=[self.pk])

    @property
    def about(self) -> str:
        """What it is about, as a part of a sentence: " about @OldermoorPolice"; "" for nothing."""
        if self.draft:
            return f" about a tweet for {self.draft.account}"
        return f" about {self.account}" if self.account else ""


class Message(models.Model):
    """What one person said in a question. It stays, and its words stand here alone."""

    # Made with the form: sending the same form twice says it once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="messages")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=LONGEST_MESSAGE)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} in {self.question}"

    @property
    def is_answer(self) -> bool:
        """Whether communications said it."""
        return self.person_id != self.question.asked_by_id
