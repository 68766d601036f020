"""A draft: where it is in its life, and which revision of its text is the current one."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db import connections, models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import AccountKind, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from drafts.models.words import Words
from drafts.workflow import MOVES, Move, StaleDraft, State
from policy.services import categories_of

if TYPE_CHECKING:
    from drafts.models.revision import Revision


def cursor_of(moment: datetime, pk: int) -> str:
    """A place in a list, to go on from: microseconds since 1970 and the key."""
    return f"{round(moment.timestamp() * 1_000_000)}_{pk}"


def read_cursor(cursor: str) -> tuple[datetime | None, int]:
    """The reverse of cursor_of; (None, 0) for anything that is none."""
    moment, _, key = cursor.partition("_")
    if not (moment.isdecimal() and key.isdecimal() and len(moment) <= 17 and len(key) <= 18):
        return None, 0
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(moment)), int(key)


def scope_of(user: User) -> Q:
    """The condition on drafts of the teams where `user` has a role; all of the force for comms."""
    scope = Q(pk__in=[])
    for membership in user.current_memberships:
        if membership.role in COMMS_REVIEWERS:
            scope |= Q(account__force_id=membership.force_id)
        elif membership.role in TEAM_ROLES and membership.lpt_id:
            scope |= Q(account__lpt_id=membership.lpt_id)
        elif membership.role in TEAM_ROLES:
            scope |= Q(account__force_id=membership.force_id, account__lpt=None) & ~Q(
                account__kind=AccountKind.FORCE
            )
    return scope


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: User) -> Self:
        """Drafts of the teams in which `user` has a role; all of the force for comms."""
        return self.filter(scope_of(user))

    def containing(self, words: str) -> Self:
        """Those whose text holds all of `words`: by their stems on PostgreSQL, else as written."""
        if connections[self.db].vendor == "postgresql":
            query = SearchQuery(words, config="english")
            return self.alias(words=Words("text")).filter(words=query)
        found = self
        for word in words.split():
            found = found.filter(text__icontains=word)
        return found

    def with_people(self) -> Self:
        return self.select_related("account__lpt", "account__force", "author", "claimed_by")

    def awaiting_review(self) -> Self:
        return self.filter(state=State.SUBMITTED)

    def one_by_one(self) -> Self:
        """Without those that are decided together with others, as a post of the centre."""
        return self.exclude(central_part__content_hash=F("content_hash"))

    def by(self, author: User) -> Self:
        return self.filter(author=author)

    def not_written_by(self, person: User) -> Self:
        """Without the drafts to which `person` ever contributed."""
        return self.exclude(contributions__person=person)

    def oldest_due_first(self) -> Self:
        return self.order_by("queue_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")

    def older_than(self, cursor: str) -> Self:
        """Those after `cursor` (of changed_at) in the order newest_first."""
        moment, key = read_cursor(cursor)
        if moment is None:
            return self
        # The first condition says where to begin in an index; the second says it exactly.
        exactly = Q(changed_at__lt=moment) | Q(pk__lt=key)
        return self.filter(exactly, changed_at__lte=moment)

    def due_after(self, cursor: str) -> Self:
        """Those after `cursor` (of queue_at) in the order oldest_due_first."""
        moment, key = read_cursor(cursor)
        if moment is None:
            return self
        exactly = Q(queue_at__gt=moment) | Q(pk__gt=key)
        return self.filter(exactly, queue_at__gte=moment)

    def undecided_in_time(self, now: datetime) -> Self:
        """Submitted drafts whose planned time has passed, or that waited too long for one."""
        return self.awaiting_review().filter(
            Q(planned_at__lte=now)
            | Q(planned_at=None, submitted_at__lte=now - settings.DECIDE_WITHIN)
        )

    def still_in_time(self, now: datetime) -> Self:
        return self.filter(
            Q(planned_at__gt=now)
            | Q(planned_at=None, submitted_at__gt=now - settings.DECIDE_WITHIN)
        )

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one draft this query selects, in one conditional UPDATE.

        Raises StaleDraft when the query no longer selects a draft in a state that allows it.
        """
        if not MOVES[move].happens(self, **changes):
            raise StaleDraft


class Draft(models.Model):
    # Made with the form: sending the same form twice makes one draft.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    revision_number = models.PositiveIntegerField(default=1)
    content_hash = models.CharField(max_length=64)
    text = models.TextField()
    category = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    # None means "as soon as approved".
    planned_at = models.DateTimeField(null=True)
    planned_wall = models.CharField(max_length=20, blank=True)
    planned_zone = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True)
    # The queue's order: when it should go out, or since when it has waited.
    queue_at = models.DateTimeField(null=True)
    # When approvals.services.remind looks at it next, and when it does so in the hours of
    # communications. The version before writes neither.
    remind_at = models.DateTimeField(null=True, db_default=Now())
    remind_by_day_at = models.DateTimeField(null=True)
    # As of the last submission: whether the rulebook found anything that weighs more than advice.
    has_findings = models.BooleanField(default=False)
    # The step of its route that it waits at, and whether a team decides there or the centre.
    step = models.PositiveSmallIntegerField(default=1)
    waits_for_team = models.BooleanField(default=False, db_default=False)
    # Who gave it back last and in which words, until it is submitted again.
    returned_by = models.CharField(max_length=100, blank=True)
    returned_reason = models.CharField(max_length=1000, blank=True)
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="draft_state"),
            models.CheckConstraint(
                condition=~Q(state="submitted")
                | Q(submitted_at__isnull=False, queue_at__isnull=False),
                name="submitted_draft_is_in_the_queue",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["queue_at", "id"], name="review_queue", condition=Q(state="submitted")
            ),
            # What waits in a team, and what the rulebook compares a new tweet of an account with.
            models.Index(
                fields=["account", "queue_at", "id"],
                name="draft_in_line",
                condition=Q(state__in=["submitted", "approved"]),
            ),
            # What the sweeps of approvals look for: whom to remind, and what has expired.
            models.Index(
                fields=["remind_at", "id"], name="draft_remind", condition=Q(state="submitted")
            ),
            models.Index(
                fields=["remind_by_day_at", "id"],
                name="draft_remind_by_day",
                condition=Q(state="submitted", remind_by_day_at__isnull=False),
            ),
            models.Index(
                fields=["planned_at"],
                name="draft_planned",
                condition=Q(state="submitted", planned_at__isnull=False),
            ),
            # That, and what came since somebody looked.
            models.Index(
                fields=["submitted_at"], name="draft_submitted", condition=Q(state="submitted")
            ),
            models.Index(fields=["author", "state", "-changed_at"], name="draft_by_author"),
            models.Index(fields=["account", "-changed_at", "-id"], name="draft_by_account"),
        ]

    def __str__(self) -> str:
        # No words of the tweet: this name goes into the trail, which outlives retention.
        return f"draft {self.pk} for {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("insights:draft", args=[self.pk])

    @property
    def current_revision(self) -> "Revision":
        return self.revisions.get(number=self.revision_number)

    @property
    def category_label(self) -> str:
        category = categories_of(self.account.force).get(self.category)
        return category.label if category else "Not said"

    def claimed_by_other(self, user: User, now: datetime) -> bool:
        """Whether somebody else has this draft open in review."""
        return self.claimant_id(now) not in (None, user.pk)

    def claimant_id(self, now: datetime) -> int | None:
        """Who has this draft open in review, by key."""
        is_open = self.claimed_at is not None and self.claimed_at > now - settings.CLAIM_FOR
        return self.claimed_by_id if is_open else None
