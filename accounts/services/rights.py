"""Telling people that what lets them submit runs out: ahead, and on the day after its last one.

Each is told once of each thing and day, by a notice that is mailed at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.guidance import guidance
from accounts.models import Membership, RightsMoment, RightsNotice, TrainingDone, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from accounts.standing import Gap, day_said, gaps_of
from notices.models import Kind
from notices.services import tell

SUBMITTERS = TEAM_ROLES | COMMS_REVIEWERS
# Where no worker ran on the day itself it is told later, but what is older is no news.
STILL_NEWS = timedelta(days=7)


def tell_of_rights(*, now: datetime) -> int:
    """Tell everybody whose right to submit ends soon, or has just ended; return how many people."""
    today = timezone.localdate(now)
    people = list(_whose_rights_may_end(today))
    lacking = gaps_of(people, on=today)
    return sum(_tell(person, lacking[person.pk], today=today, now=now) for person in people)


def _whose_rights_may_end(today: date) -> QuerySet[User]:
    """Those who submit and of whom something runs out around `today`: few, however many there are.

    What exactly is for accounts.standing to say.
    """
    since = today - STILL_NEWS
    number = (
        since - settings.MOBILE_CONFIRMED_FOR,
        today + settings.MOBILE_SAID_AHEAD - settings.MOBILE_CONFIRMED_FOR,
    )
    training = TrainingDone.objects.filter(
        expires_on__range=(
            since - settings.TRAINING_GRACE, today + settings.TRAINING_SAID_AHEAD,
        )
    )  # fmt: skip
    roles = Membership.objects.current(today).order_by()
    settling = roles.filter(force__guidance_since__gte=since - settings.TRAINING_GRACE)
    return User.objects.filter(
        Q(mobile_confirmed_on__range=number)
        | Q(pk__in=training.values("person"))
        | Q(pk__in=settling.values("person")),
        is_active=True,
        pk__in=roles.filter(role__in=SUBMITTERS).values("person"),
    ).order_by("pk")


def _tell(person: User, gaps: Sequence[Gap], *, today: date, now: datetime) -> bool:
    """Tell of what nobody has told of; returns whether there was anything."""
    news: dict[tuple[date, RightsMoment], list[Gap]] = defaultdict(list)
    with transaction.atomic():
        for gap in gaps:
            if gap.ends is None or gap.ends < today - STILL_NEWS:
                continue
            moment = RightsMoment.AHEAD if gap.until else RightsMoment.ENDED
            _, is_new = RightsNotice.objects.get_or_create(
                person=person, about=_about(gap), ends=gap.ends, moment=moment,
                defaults={"told_at": now},
            )  # fmt: skip
            if is_new:
                news[gap.ends, moment].append(gap)
        for (ends, moment), things in news.items():
            text = _sentence(things, ends, moment)
            tell([person], text, kind=Kind.ALERT, link="/me/", now=now)
    return bool(news)


def _about(gap: Gap) -> str:
    return gap.module or ("number" if gap.is_number else "guidance")


def _sentence(things: Sequence[Gap], ends: date, moment: RightsMoment) -> str:
    todo = _todo(things)
    if moment == RightsMoment.ENDED:
        return f"You cannot submit tweets any more. To go on, {todo}."
    return (
        f"{todo[0].upper()}{todo[1:]} by {day_said(ends)}. After that day you cannot submit tweets"
        " until you have."
    )


def _todo(things: Sequence[Gap]) -> str:
    """What to do, in words: "do the training “Pictures” and confirm your mobile number"."""
    modules = [guidance().module(gap.module) for gap in things if gap.module]
    titles = ", ".join(f"“{module.title}”" for module in modules if module)
    parts = [
        f"do the training {titles}" if titles else "",
        "read and accept the guidance" if any(gap.is_guidance for gap in things) else "",
        "confirm your mobile number" if any(gap.is_number for gap in things) else "",
    ]
    return " and ".join(filter(None, parts))
