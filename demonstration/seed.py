"""Making the demonstration, through the services that people use.

Running it again adds what is missing.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.guidance import guidance
from accounts.models import LPT, ApprovalRoute, Force, Lane, Membership, Shift, SocialAccount, User
from accounts.roles import Role
from accounts.services import (
    Step,
    accept_guidance,
    do_training,
    put_guidance_in_force,
    put_on_duty,
    set_route,
)
from audit.services import seal
from demonstration.lives import live
from demonstration.people import ACCOUNTS, MAIL, PARTNERS, PEOPLE, RANKS, SITE, TEAMS
from demonstration.rulebook import Rulebook, who
from demonstration.tweets import Seeder
from drafts.schedule import today_at
from policy.models import ElectionPeriod, PackVersion, Restriction
from policy.registers.services import Order, add_restriction, declare_election


def seed(*, now: datetime) -> int:
    """Make what is missing of the demonstration; return how many drafts were made."""
    force = _force(now)
    teams = _teams(force)
    _accounts(force, teams)
    _people(force, teams, now)
    _training(force, now)
    _routes(force, now)
    if not PackVersion.objects.of(force).exists():
        Rulebook(force, now=now).play()
    _registers(force, now)
    _rota(force, now)
    made = Seeder(now=now).drafts() + live(now=now)
    while seal(now=now):
        pass
    return made


def _force(now: datetime) -> Force:
    force, _ = Force.objects.get_or_create(
        slug="marlshire",
        defaults={
            "name": "Marlshire Police",
            "site": SITE,
            "allowed_domains": PARTNERS,
            "policy_pack": "neutral",
            "comms_email": f"comms.desk@{MAIL}",
            "comms_phone": "07700 900100",
            "mail_domains": [MAIL],
        },
    )
    return force


def _routes(force: Force, now: datetime) -> None:
    """One step for every tweet, a second for missing people since a while, and a routine lane."""
    if ApprovalRoute.objects.current().filter(force=force).exists():
        return
    admin, comms = who("Colin Bright"), (Role.COMMS_APPROVER,)
    begun, changed = now - timedelta(days=200), now - timedelta(days=40)
    set_route(force, [Step(comms)], actor=admin, now=begun)
    set_route(force, [Step((Role.OFFICER,))], lane=Lane.ROUTINE, actor=admin, now=begun)
    second = Step(comms, categories=("missing-person",))
    set_route(force, [Step(comms), second], actor=admin, now=changed)


def _teams(force: Force) -> dict[str, LPT]:
    return {
        team.slug: LPT.objects.get_or_create(
            force=force,
            slug=team.slug,
            defaults={
                "name": team.name,
                "team_page": f"{SITE}/{team.slug}",
                "newsletter_page": f"{SITE}/{team.slug}/news",
                "comms_contact": "Ruth Adeyemi, 07700 900115",
                "meeting_place": team.meeting_place,
                "area_hashtag": team.hashtag,
            },
        )[0]
        for team in TEAMS
    }


def _accounts(force: Force, teams: dict[str, LPT]) -> None:
    for account in ACCOUNTS:
        SocialAccount.objects.get_or_create(
            platform="x",
            handle=account.handle,
            defaults={
                "force": force,
                "lpt": teams.get(account.team),
                "kind": account.kind,
                "publisher": account.publisher,
                "signature": account.signature,
            },
        )


def _people(force: Force, teams: dict[str, LPT], now: datetime) -> None:
    today = timezone.localdate(now)
    for number, person in enumerate(PEOPLE, start=1):
        if User.objects.filter(email=person.email).exists():
            continue
        confirmed = today - timedelta(days=30 if person.number_confirmed else 210)
        user = User.objects.create_user(
            email=person.email,
            full_name=person.full_name,
            mobile=person.mobile,
            mobile_confirmed_on=confirmed,
            collar_number=f"MP{1000 + number}" if person.title else "",
            job_title=RANKS.get(person.title, ""),
        )
        Membership.objects.create(
            person=user,
            force=force,
            lpt=teams.get(person.team),
            role=person.role,
            since=today - timedelta(days=400),
        )


def _training(force: Force, now: datetime) -> None:
    """Everybody accepted the guidance and did the training; Laura Finch's runs out soon."""
    put_guidance_in_force(force, actor=who("Colin Bright"), now=now - timedelta(days=380))
    new = User.objects.filter(memberships__force=force, training=None)
    for person in new.order_by("pk").distinct():
        ago = timedelta(days=355 if person.full_name.endswith("Finch") else 60)
        accept_guidance(person, version=guidance().version, now=now - ago)
        for module in guidance().compulsory:
            right = [question.right for question in module.questions]
            do_training(person, module, right, now=now - ago)


def _registers(force: Force, now: datetime) -> None:
    """One court order, and one pre-election period that lies ahead."""
    if not Restriction.objects.filter(force=force).exists():
        order = Order(
            terms=("Corin Applewhite", "Applewhite trial"),
            case_name="Crown v Applewhite",
            court="Marlshire Crown Court, section 45 order",
        )
        add_restriction(order, force=force, actor=who("Ruth Adeyemi"), now=now)
    if not ElectionPeriod.objects.filter(force=force).exists():
        start = timezone.localdate(now) + timedelta(days=45)
        declare_election(
            force=force,
            area="Oldermoor ward",
            starts_on=start,
            ends_on=start + timedelta(days=25),
            note="No pictures or visits with candidates.",
            actor=who("Colin Bright"),
            now=now,
        )


def _rota(force: Force, now: datetime) -> None:
    """One week of duty from last night on, so that there is always somebody to ring."""
    if not Shift.objects.filter(force=force).exists():
        put_on_duty(
            who("Ruth Adeyemi"),
            force=force,
            starts_at=today_at(time(21), now=now, days=-1).at,
            ends_at=today_at(time(21), now=now, days=6).at,
            actor=who("Colin Bright"),
            now=now,
        )
