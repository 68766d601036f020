"""A team's wish for an account of its own, and what became of it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import LPT, AccountKind, Force, Membership, Platform, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS, Role
from lifecycle.reach import within
from lifecycle.workflow import MOVES, WAITING, Move, StaleRequest, State

# What the business case is made of: the question and what helps to answer it.
QUESTIONS: dict[str, tuple[str, str]] = {
    "purpose": ("What is the account for?", "The policing purpose, in a sentence or two."),
    "benefit_public": ("What does the public gain?", ""),
    "benefit_force": ("What does the force gain?", ""),
    "outcome": ("How will you know that it works?", "What has changed in six months?"),
    "audience": ("Who will follow it?", "Such as people who live in Kingsmarl, or its cyclists."),
    "plan": (
        "What will you tweet, and how will people hear of the account?",
        "Your plan for the first three months.",
    ),
    "time": (
        "Who has the time for it?",
        "Names, and how long each day. An account needs somebody every day.",
    ),
    "why_not_account": ("Why is an account that there is already not enough?", ""),
    "why_not_hashtag": (
        "Why is a campaign hashtag not enough?",
        "An event or a campaign needs no account of its own.",
    ),
}
_COMPLETE = Q(guidance_accepted_at__isnull=False)
for _question in QUESTIONS:
    _COMPLETE &= ~Q(**{_question: ""})


def _supervising() -> models.QuerySet[Membership]:
    today = timezone.localdate()
    return Membership.objects.current(today).filter(
        role__in=TEAM_SUPERVISORS, person__is_active=True
    )


class Turn(models.TextChoices):
    """Whose turn the supervisor's decision is."""

    TEAM = "team", "The team's supervisors"
    REVIEWERS = "reviewers", "Communications' reviewers, in their place"
    NOBODY = "nobody", "Nobody's"


class AccountRequestQuerySet(models.QuerySet["AccountRequest"]):
    def visible_to(self, user: User) -> Self:
        """Those of the own team, for communications of the force, and what `user` asked for."""
        own = Q(asked_by=user) | Q(begun_by=user)
        return self.filter(within(user, with_merged=True) | own)

    def with_people(self) -> Self:
        return self.select_related(
            "force", "lpt", "asked_by", "begun_by", "supported_by", "decided_by", "existing",
            "account",
        )  # fmt: skip

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")

    def waiting_for(self, user: User) -> Self:
        """Those on which `user` can decide now: never the own."""
        others = _supervising().exclude(person=OuterRef("asked_by"))
        others = others.exclude(person=Coalesce(OuterRef("begun_by"), 0))
        is_supervised = Exists(others.filter(lpt=OuterRef("lpt")).order_by())
        scope = Q(pk__in=[])
        for membership in user.current_memberships:
            force = Q(force=membership.force_id)
            if membership.role in TEAM_SUPERVISORS:
                scope |= force & Q(state=State.ASKED, lpt=membership.lpt_id)
            elif membership.role in COMMS_REVIEWERS:
                scope |= force & Q(state=State.ASKED) & ~Q(is_supervised)
            elif membership.role == Role.COMMS_ADMIN:
                scope |= force & Q(state=State.SUPPORTED)
        return self.filter(scope).exclude(Q(asked_by=user) | Q(begun_by=user))

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one request this query selects, in one conditional UPDATE.

        Raises StaleRequest when the query selects none in a state that allows it.
        """
        if not MOVES[move].happens(self, **changes):
            raise StaleRequest


class AccountRequest(models.Model):
    """`times_asked` counts the askings: a decision is about the one that was read."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="account_requests")
    lpt = models.ForeignKey(
        LPT, on_delete=models.PROTECT, null=True, related_name="account_requests"
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    handle = models.CharField(max_length=50, blank=True)
    platform = models.CharField(max_length=20, choices=Platform, default=Platform.X)
    kind = models.CharField(max_length=20, choices=AccountKind, default=AccountKind.LPT)
    purpose = models.CharField(max_length=1000, blank=True)
    benefit_public = models.CharField(max_length=1000, blank=True)
    benefit_force = models.CharField(max_length=1000, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)
    audience = models.CharField(max_length=1000, blank=True)
    plan = models.CharField(max_length=1000, blank=True)
    time = models.CharField(max_length=1000, blank=True)
    why_not_account = models.CharField(max_length=1000, blank=True)
    why_not_hashtag = models.CharField(max_length=1000, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Who wrote it first, where another of the team has gone on with it since.
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Whether the team was told that whoever asked is not in it any more.
    is_anybodys = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField()
    times_asked = models.PositiveIntegerField(default=0)
    guidance_accepted_at = models.DateTimeField(null=True)
    # Who was told last that the supervisor's decision is theirs; "" while none is asked for.
    turn_told = models.CharField(max_length=10, choices=Turn, blank=True, db_default="")
    supported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    supported_at = models.DateTimeField(null=True)
    # What was said last: on sending back, declining or deciding.
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # The way that was found instead: an account that there is, or a hashtag.
    existing = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hashtag = models.CharField(max_length=50, blank=True)
    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, null=True, related_name="account_request"
    )

    objects: ClassVar[AccountRequestQuerySet] = AccountRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="request_state"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | _COMPLETE & ~Q(handle=""),
                name="request_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SUPPORTED, State.CREATED, State.ELSEWHERE])
                | Q(supported_by__isnull=False, supported_at__isnull=False),
                name="request_was_supported",
            ),
            models.CheckConstraint(
                condition=(Q(supported_by=None) | ~Q(supported_by=F("asked_by")))
                & (Q(decided_by=None) | ~Q(decided_by=F("asked_by")))
                & (Q(begun_by=None) | Q(supported_by=None) | ~Q(supported_by=F("begun_by")))
                & (Q(begun_by=None) | Q(decided_by=None) | ~Q(decided_by=F("begun_by"))),
                name="nobody_decides_on_their_own_request",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CREATED)
                | Q(account__isnull=False, decided_by__isnull=False),
                name="created_request_has_its_account",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ELSEWHERE)
                | Q(decided_by__isnull=False, existing__isnull=False, hashtag="")
                | (Q(decided_by__isnull=False, existing=None) & ~Q(hashtag="")),
                name="another_way_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"request for @{self.handle}" if self.handle else "request for an account"

    def get_absolute_url(self) -> str:
        return reverse("lifecycle:request", args=[self.pk])

    @property
    def team(self) -> str:
        return self.lpt.name if self.lpt else "Central team"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The business case: each question with what was answered."""
        return [(question, getattr(self, name)) for name, (question, _) in QUESTIONS.items()]

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    def members(self, *, on: date) -> list[User]:
        """The active people of the team that asks, by name."""
        rows = Membership.objects.current(on).filter(
            force=self.force_id, lpt=self.lpt_id, role__in=TEAM_ROLES
        )
        people = User.objects.filter(is_active=True, pk__in=rows.order_by().values("person"))
        return list(people.order_by("full_name", "pk"))

    @property
    def authors(self) -> set[int]:
        """Who asked and who wrote it first, by key: neither ever decides on it."""
        return {key for key in (self.asked_by_id, self.begun_by_id) if key}

    def has_lost_its_asker(self, *, on: date) -> bool:
        """Whether whoever asked is not in the team any more."""
        return self.asked_by_id not in {person.pk for person in self.members(on=on)}

    def may_be_kept_by(self, user: User) -> bool:
        """Whoever asked, while they are in the team; after that anybody of the team."""
        is_of_the_team = any(
            m.role in TEAM_ROLES and (m.force_id, m.lpt_id) == (self.force_id, self.lpt_id)
            for m in user.current_memberships
        )
        if not is_of_the_team or self.asked_by_id == user.pk:
            return is_of_the_team
        return self.has_lost_its_asker(on=timezone.localdate())

    def supporters(self) -> list[User]:
        """Who may give the supervisor's decision, by name: never an author of it.

        The supervisors and the commander of the team; where nobody else is one, communications'
        reviewers. [] where there are none of these either.
        """
        own = User.objects.filter(pk__in=self._supervisors())
        reviewers = User.objects.holding(COMMS_REVIEWERS, force_id=self.force_id)
        return list(own.order_by("full_name", "pk") or reviewers.exclude(pk__in=self.authors))

    @property
    def is_supervised(self) -> bool:
        """Whether somebody of the team, not the asker, can give the supervisor's decision."""
        return self._supervisors().exists()

    def _supervisors(self) -> models.QuerySet[Membership, int]:
        rows = _supervising().filter(force=self.force_id, lpt=self.lpt_id).exclude(lpt=None)
        return rows.exclude(person__in=self.authors).order_by().values_list("person", flat=True)

    def turn(self) -> Turn:
        """Whose turn the supervisor's decision is now."""
        if self.is_supervised:
            return Turn.TEAM
        return Turn.REVIEWERS if self.supporters() else Turn.NOBODY

    def may_be_supported_by(self, user: User) -> bool:
        return user in self.supporters()

    def deciders(self) -> list[User]:
        """Who decides next, by name: never the asker; [] where nobody can, or nothing is asked."""
        if self.state == State.ASKED:
            return self.supporters()
        if self.state != State.SUPPORTED:
            return []
        admins = User.objects.holding({Role.COMMS_ADMIN}, force_id=self.force_id)
        return list(admins.exclude(pk__in=self.authors))
