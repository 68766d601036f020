"""Alerts: one row for each thing that is wrong, told once, and ended when the thing has ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import Force, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, Role
from incidents.models import Hold
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import Alert, AlertCall, AlertKind, AlertQuerySet, Delivery
from publishing.workflow import ENDS

# More of one kind than these are looked at when the first have ended.
LIMIT = 500
# How often an open alert is marked as still true, and how long after that it has ended: longer
# than one worker's look at the database takes, so that none ends what another has just seen.
REFRESH, ENDED_AFTER = timedelta(seconds=5), timedelta(seconds=10)
# The same thing again so soon is shown, but told to nobody a second time.
QUIET = timedelta(minutes=10)
# More than this many of one kind at once are told in one sentence.
ONE_BY_ONE = 3
LONGEST = 300

# People were told of these when they happened: see finishing.
TOLD_ELSEWHERE = frozenset({AlertKind.NEEDS_HUMAN, AlertKind.MISSED, AlertKind.REFUSED})
ABOUT_TWEETS = frozenset(
    {AlertKind.OVERDUE, AlertKind.UNKNOWN, AlertKind.LONG_HOLD} | TOLD_ELSEWHERE
)
MANY = {
    AlertKind.OVERDUE: "tweets are more than a minute late",
    AlertKind.UNKNOWN: "tweets have had no answer from their platform for two minutes",
    AlertKind.LONG_HOLD: "holds are older than four hours",
    AlertKind.PAUSED: "accounts are paused",
    AlertKind.SUSPENDED: "accounts cannot send",
    AlertKind.KEY_LOST: "accounts cannot send, since the key of their credentials is gone",
    AlertKind.UNREAD: "accounts have a timeline that cannot be read",
    AlertKind.ENDING: "accounts have credentials that are about to end",
    AlertKind.UNMAILED: "people get no mail and have to act on something",
}
# What a delivery's last error says may quote the tweet.
IN_MAIL = {AlertKind.OVERDUE: "A tweet is more than a minute late."}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong now. `about` tells it from others of its kind."""

    kind: AlertKind
    about: str
    text: str
    force_id: int | None = None
    delivery: Delivery | None = None
    account: SocialAccount | None = None
    hold: Hold | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.about}"[:120]


def keep(kind: AlertKind, found: Iterable[Trouble], *, now: datetime, about: str = "") -> int:
    """Make the open alerts of `kind` those that were `found`; return how many are new.

    With `about` only the alert about that one thing is looked after.
    """
    troubles = {trouble.key: trouble for trouble in islice(found, LIMIT)}
    alerts = Alert.objects.open().filter(kind=kind)
    if about:
        alerts = alerts.filter(key=f"{kind}:{about}")
    known = {alert.key: alert for alert in alerts}
    still = [
        alert.pk
        for alert in known.values()
        if alert.key in troubles and alert.last_seen <= now - REFRESH
    ]
    if still:
        Alert.objects.filter(pk__in=still).update(last_seen=now)
    if len(troubles) < LIMIT:
        end([alert for alert in known.values() if alert.key not in troubles], now=now)
    new = [trouble for key, trouble in troubles.items() if key not in known]
    return _raise(new, now) if new else 0


def _raise(troubles: Sequence[Trouble], now: datetime) -> int:
    """Write the alerts that nobody else wrote meanwhile, and tell people of them."""
    keys = [trouble.key for trouble in troubles]
    quiet = set(
        Alert.objects.filter(key__in=keys, told_at__gt=now - QUIET).values_list("key", flat=True)
    )
    with transaction.atomic():
        Alert.objects.bulk_create(
            (
                Alert(
                    kind=trouble.kind,
                    key=trouble.key,
                    text=trouble.text[:LONGEST],
                    force_id=trouble.force_id,
                    delivery=trouble.delivery,
                    account=trouble.account,
                    hold=trouble.hold,
                    since=now,
                    last_seen=now,
                )
                for trouble in troubles
            ),
            ignore_conflicts=True,
        )
        # Whoever sets told_at is the one who tells; another waits here and then finds it set.
        mine = _locked(Alert.objects.open().filter(key__in=keys, told_at=None))
        Alert.objects.filter(pk__in=[alert.pk for alert in mine]).update(told_at=now)
        _call("raised", mine, now)
        _tell([alert for alert in mine if alert.key not in quiet], now)
    return len(mine)


def end(alerts: Iterable[Alert], *, now: datetime) -> int:
    """Clear the alerts among these that nobody has seen to be true for a while."""
    keys = [alert.pk for alert in alerts]
    if not keys:
        return 0
    unseen = Alert.objects.open().filter(pk__in=keys, last_seen__lt=now - ENDED_AFTER)
    with transaction.atomic():
        ended = _locked(unseen)
        Alert.objects.filter(pk__in=[alert.pk for alert in ended]).update(cleared_at=now)
        _call("cleared", ended, now)
        for alert in ended:
            if alert.delivery and alert.delivery.state in ENDS:
                settle(alert.delivery.draft.get_absolute_url(), now=now)
    return len(ended)


def _locked(alerts: AlertQuerySet) -> list[Alert]:
    found = alerts.select_related("delivery__draft", "account").order_by("pk")
    return list(found.select_for_update(of=("self",)))


def _call(event: str, alerts: Iterable[Alert], now: datetime) -> None:
    if settings.ALERT_WEBHOOK_URL:
        AlertCall.objects.bulk_create(
            AlertCall(alert=alert, event=event, next_at=now) for alert in alerts
        )


def _tell(alerts: Iterable[Alert], now: datetime) -> None:
    groups: dict[tuple[str, int | None], list[Alert]] = defaultdict(list)
    for alert in alerts:
        if alert.kind not in TOLD_ELSEWHERE:
            groups[alert.kind, alert.force_id].append(alert)
    for (kind, force_id), group in groups.items():
        people = _who(kind, force_id)
        if len(group) > ONE_BY_ONE and kind in MANY:
            text = f"{len(group)} {MANY[AlertKind(kind)]}. The first: {group[0].text}"
            link = reverse("publishing:alerts")
            many = f"{len(group)} {MANY[AlertKind(kind)]}."
            tell(people, text, in_mail=many, kind=Kind.ALERT, link=link, urgent=True, now=now)
            continue
        for alert in group:
            tell(
                people,
                alert.text,
                in_mail=IN_MAIL.get(AlertKind(alert.kind), ""),
                kind=Kind.ALERT,
                link=link_of(alert),
                urgent=True,
                now=now,
            )


def _who(kind: str, force_id: int | None) -> list[User]:
    """Who can do something about it; what concerns the machinery concerns every force."""
    roles = COMMS_REVIEWERS if kind in ABOUT_TWEETS else {*COMMS_REVIEWERS, Role.COMMS_ADMIN}
    forces = [force_id] if force_id else Force.objects.values_list("pk", flat=True)
    return [person for pk in forces for person in User.objects.holding(roles, force_id=pk)]


def link_of(alert: Alert) -> str:
    """The path of the page where something can be done about it."""
    if alert.delivery:
        return alert.delivery.draft.get_absolute_url()
    return reverse("incidents:list" if alert.hold_id else "publishing:alerts")
