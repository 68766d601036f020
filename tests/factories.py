"""Forces, teams, accounts and people for the tests, and drafts brought on their way.

Rows are made by factories; whatever a person would do goes through the services that people use.
"""

# factory_boy's declarations have no types of their own.
# mypy: disallow-untyped-calls=False

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.guidance import guidance
from accounts.models import (
    LPT,
    AccountKind,
    ApprovalRoute,
    Force,
    Lane,
    Membership,
    Platform,
    RouteStep,
    SocialAccount,
    User,
)
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role, who_may
from accounts.services import Step, accept_guidance, do_training, set_route
from approvals.models import Delegation
from approvals.services import approve, delegate
from drafts.case import NOTHING, Declared, Naming
from drafts.models import Draft
from drafts.schedule import LONDON, Planned
from drafts.services import Writing, submit, write
from publishing.models import Delivery

# Nothing in the rulebook stops this, asks about it or has advice for it.
CLEAN = "Meet your team at the library on Thursday, 6pm. All welcome."
# Stopped: four hashtags.
BLOCKED = "Meet us at the library. #One #Two #Three #Four"
# Asks for one reason: it says when the team goes home.
ASKING = "Signing off for the night. See you at the library tomorrow."

# What an approver says where a rule was passed over.
WEIGHED = "People have to know of it, and nobody is hurt."

# An ordinary case, as the officer of a team answers.
CASE = Declared(case_stage="arrested", offence="other", under_18=False)
NAMING = Naming(
    naming_by="Edda Lorne",
    naming_rank="Superintendent",
    naming_role="Gold commander",
    naming_rationale="He is a danger to whoever meets him.",
)


class ForceFactory(DjangoModelFactory[Force]):
    class Meta:
        model = Force

    name = Sequence(lambda n: f"Force {n}")
    slug = Sequence(lambda n: f"force-{n}")
    site = LazyAttribute(lambda force: f"https://{force.slug}.example.org")
    allowed_domains: list[str] = []
    policy_pack = "neutral"
    comms_email = LazyAttribute(lambda force: f"comms@{force.slug}.example.org")
    comms_phone = "07700 900100"


class LPTFactory(DjangoModelFactory[LPT]):
    class Meta:
        model = LPT

    force = SubFactory(ForceFactory)
    name = Sequence(lambda n: f"Team {n}")
    slug = Sequence(lambda n: f"team-{n}")


class SocialAccountFactory(DjangoModelFactory[SocialAccount]):
    class Meta:
        model = SocialAccount

    force = SubFactory(ForceFactory)
    lpt = SubFactory(LPTFactory, force=SelfAttribute("..force"))
    handle = Sequence(lambda n: f"Team{n}LPT")
    platform = Platform.X
    kind = AccountKind.LPT


class UserFactory(DjangoModelFactory[User]):
    """Somebody whose record is complete: name, verified work e-mail, confirmed mobile number."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    full_name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person.{n}@force.example.org")
    mobile = Sequence(lambda n: f"+447700900{n % 1000:03}")
    mobile_confirmed_on = LazyFunction(timezone.localdate)
    password: str | None = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        person = model_class.objects.create_user(**kwargs)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    person = SubFactory(UserFactory)
    force = SubFactory(ForceFactory)
    lpt: LPT | None = None
    role = Role.OFFICER
    since = date(2020, 1, 1)
    until: date | None = None


@dataclass
class Scene:
    """One force with a team, its account and the force's route; people join as they are needed."""

    force: Force = field(default_factory=ForceFactory.create)
    lpt: LPT = field(init=False)
    account: SocialAccount = field(init=False)

    def __post_init__(self) -> None:
        self.lpt = LPTFactory.create(force=self.force)
        self.account = SocialAccountFactory.create(force=self.force, lpt=self.lpt)
        # Without a record: no test's trail begins with it.
        route = ApprovalRoute.objects.create(force=self.force)
        route.steps.create(number=1, roles=[Role.COMMS_APPROVER])

    def route(
        self, *steps: Step, lpt: LPT | None = None, lane: Lane = Lane.ORDINARY
    ) -> ApprovalRoute | None:
        """Another route for the force, or for one of its teams."""
        return set_route(self.force, steps, lpt=lpt, lane=lane, actor=None, now=timezone.now())

    def person(self, role: Role = Role.OFFICER, *, lpt: LPT | None = None, **person: Any) -> User:
        """Somebody new with `role`: in `lpt`, else in this team when it is a role of a team."""
        user: User = UserFactory.create(**person)
        return self.give(user, role, lpt=lpt)

    def give(self, user: User, role: Role, *, lpt: LPT | None = None) -> User:
        """`user`, who holds `role` as well from now on."""
        team = lpt or (self.lpt if role in TEAM_ROLES else None)
        MembershipFactory.create(person=user, force=self.force, lpt=team, role=role)
        return again(user)

    def central_officer(self) -> User:
        """Somebody of a team that belongs to no area, such as the roads team."""
        member = MembershipFactory.create(force=self.force)
        return again(member.person)

    def other_account(self, **account: Any) -> SocialAccount:
        """The account of another team of the same force."""
        made: SocialAccount = SocialAccountFactory.create(force=self.force, **account)
        return made


def trained(user: User, *, now: datetime | None = None) -> User:
    """`user`, who has done the compulsory training and accepted the guidance."""
    at = now or timezone.now()
    accept_guidance(user, version=guidance().version, now=at)
    for module in guidance().compulsory:
        assert not do_training(user, module, [one.right for one in module.questions], now=at)
    return user


def again(user: User) -> User:
    """The same person as the next request meets them: roles are read once per loading."""
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(again(user))
    return client


def covered(absent: User, *, by: User) -> Delegation:
    """`by` decides in the place of `absent`, today and for two days more."""
    today = timezone.localdate()
    return delegate(
        absent, to=by, since=today, until=today + timedelta(days=2), reason="Leave", actor=absent,
        now=timezone.now(),
    )  # fmt: skip


def in_(span: timedelta, *, now: datetime | None = None) -> Planned:
    """A planned time that lies `span` ahead, to the minute."""
    at = ((now or timezone.now()) + span).replace(second=0, microsecond=0)
    wall = at.astimezone(LONDON).replace(tzinfo=None)
    return Planned(at=at, wall=wall.isoformat(timespec="minutes"))


def written(
    scene: Scene,
    *,
    author: User | None = None,
    account: SocialAccount | None = None,
    text: str = "",
    category: str = "meeting",
    planned: Planned | None = None,
    declared: Declared = NOTHING,
    now: datetime | None = None,
    **writing: Any,
) -> Draft:
    """A draft that somebody of the team wrote: CLEAN, numbered where the account has it already."""
    account = account or scene.account
    if not text:
        already = Draft.objects.filter(account=account, text__startswith=CLEAN[:-1]).count()
        text = f"{CLEAN} No. {already + 1}." if already else CLEAN
    return write(
        Writing(
            text=text,
            account=account,
            category=category,
            planned=planned,
            declared=declared,
        ),
        author=author or scene.person(),
        now=now or timezone.now(),
        **writing,
    )


def handed_in(
    draft: Draft,
    *,
    actor: User | None = None,
    answers: Mapping[str, str] | None = None,
    ticked: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Draft:
    """`draft` in the review queue, submitted by its author."""
    with deciders(draft, actor or draft.author):
        return submit(
            draft,
            actor=actor or draft.author,
            revision_number=draft.revision_number,
            answers=answers or {},
            ticked=ticked,
            now=now or timezone.now(),
        )


@contextmanager
def deciders(draft: Draft, actor: User) -> Iterator[None]:
    """Communications has people enough for this moment, where a scene has too few to decide yet.

    Nothing is submitted where nobody could ever decide.
    """
    force = draft.account.force
    steps = list(RouteStep.objects.filter(route__force=force, route__until=None))
    able = COMMS_REVIEWERS.intersection(*(who_may(step.roles) for step in steps))
    there = Membership.objects.filter(force=force, role__in=able, person__is_active=True)
    missing = sum(step.needed for step in steps) - (
        there.exclude(person__contributions__draft=draft).exclude(person=actor).count()
    )
    made = [MembershipFactory.create(force=force, role=Role.COMMS_DUTY) for _ in range(missing)]
    yield
    Membership.objects.filter(pk__in=[membership.pk for membership in made]).delete()


def submitted(
    scene: Scene,
    *,
    actor: User | None = None,
    answers: Mapping[str, str] | None = None,
    ticked: Mapping[str, str] | None = None,
    now: datetime | None = None,
    **writing: Any,
) -> Draft:
    """A draft that waits for a decision."""
    draft = written(scene, now=now, **writing)
    return handed_in(draft, actor=actor, answers=answers, ticked=ticked, now=now)


def approve_it(draft: Draft, *, by: User, now: datetime | None = None) -> Delivery:
    """`draft` approved exactly as it stands, as the last of its route."""
    delivery = sign(draft, by=by, now=now)
    assert delivery is not None, "Others have to approve it as well."
    return delivery


def sign(draft: Draft, *, by: User, now: datetime | None = None) -> Delivery | None:
    """One approval of `draft` at its present step."""
    return approve(
        draft,
        actor=by,
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        step=draft.step,
        # Asked for where a rule was passed over.
        note=WEIGHED if draft.overrides.exists() else "",
        now=now or timezone.now(),
    )


def approved(
    scene: Scene, *, by: User | None = None, now: datetime | None = None, **writing: Any
) -> Draft:
    """A draft that is on its way out."""
    draft = submitted(scene, now=now, **writing)
    approve_it(draft, by=by or scene.person(Role.COMMS_APPROVER), now=now)
    draft.refresh_from_db()
    return draft
