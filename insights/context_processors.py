"""What frames every page: who is signed in, where they can go, and what is on."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Force, User
from drafts.models import Draft
from drafts.panel import day_words
from incidents.models import Hold
from policy.models import ElectionPeriod, PackVersion
from policy.registers.services import uk_day
from publishing.models import Delivery
from publishing.services import dispatcher_is_silent, practice_is_on

# Counting stops here: "100+" is all that anybody needs to know.
COUNT_CAP = 100
ELECTION_RULE = "Say nothing that could help or harm a party or a candidate."


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    kind: str
    title: str
    text: str
    link: str = ""
    link_text: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html. Error pages may be rendered before anybody is known."""
    links = [
        {"label": "Accessibility statement", "url": reverse("insights:accessibility")},
        {"label": "What we hold about you", "url": reverse("insights:about-you")},
    ]
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.current_memberships:
        return {"footer_links": links}
    membership = user.current_memberships[0]
    force = membership.force
    place = f", {membership.lpt}" if membership.lpt else ""
    return {
        "footer_links": [
            *links,
            {"label": "Guidance in force", "url": reverse("policy:rulebook")},
            {"label": "Protect your own account", "url": reverse("rules:own-account")},
        ],
        "force_name": force.name,
        "person_role": f"{membership.get_role_display()}{place}",
        "comms_desk": " · ".join(word for word in (force.comms_phone, force.comms_email) if word),
        "team_contact": membership.lpt.comms_contact if membership.lpt else "",
        "navigation": _navigation(request, user, force),
        "banners": _banners(user, force),
        "saved_key": request.session.pop("saved_key", ""),
    }


def _navigation(request: HttpRequest, user: User, force: Force) -> list[Entry]:
    entries = [
        ("My desk", "insights:desk", "insights.desk", ""),
        ("Write", "drafts:write", "drafts.write", ""),
        ("Team drafts", "drafts:list", "drafts.read", ""),
        ("Review queue", "approvals:queue", "approvals.review", _queue_count(user)),
        ("Deliveries", "publishing:deliveries", "publishing.read", _stopped_count(user)),
        ("Incidents", "incidents:list", "incidents.read", ""),
        (
            "Practice timeline",
            "publishing:practice-timeline",
            "publishing.see_practice_timeline",
            "",
        ),
        ("Rulebook", "policy:rulebook", "policy.read_rulebook", ""),
        ("Rules desk", "insights:rules-desk", "policy.prepare", _proposed_count(user, force)),
    ]
    return [
        Entry(label, url := reverse(name), count, current=request.path == url)
        for label, name, permission, count in entries
        if user.has_perm(permission)
    ]


def _capped(count: int) -> str:
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count or "")


def _queue_count(user: User) -> str:
    if not user.has_perm("approvals.review"):
        return ""
    waiting = Draft.objects.awaiting_review().visible_to(user)
    return _capped(waiting[: COUNT_CAP + 1].count())


def _stopped_count(user: User) -> str:
    if not user.has_perm("publishing.answer"):
        return ""
    stopped = Delivery.objects.needing_somebody().visible_to(user)
    return _capped(stopped[: COUNT_CAP + 1].count())


def _proposed_count(user: User, force: Force) -> str:
    """Versions of the rulebook that wait for a second policy owner."""
    if not user.has_perm("policy.prepare"):
        return ""
    waiting = PackVersion.objects.of(force).waiting().exclude(author=user)
    return _capped(waiting[: COUNT_CAP + 1].count())


def _banners(user: User, force: Force) -> list[Banner]:
    banners: list[Banner] = []
    banners += [_hold_banner(hold, user) for hold in Hold.objects.in_force(force.pk).open()]
    banners += _election_banners(user, force)
    if user.has_perm("publishing.answer") and (silence := dispatcher_is_silent(now=timezone.now())):
        banners.append(
            Banner(
                kind="alert",
                title="Nothing is going out.",
                text=silence,
                link=reverse("publishing:deliveries"),
                link_text="See deliveries",
            )
        )
    if practice_is_on():
        banners.append(
            Banner(
                kind="practice",
                title="Practice publisher.",
                text="Nothing that goes out here is public.",
                link=reverse("publishing:practice-timeline"),
                link_text="See the practice timeline",
            )
        )
    return banners


def _election_banners(user: User, force: Force) -> list[Banner]:
    """The pre-election periods that are on, for those who write in them."""
    if not (user.has_perm("drafts.write") or user.has_perm("policy.declare_election")):
        return []
    today = uk_day(timezone.now())
    return [
        Banner(
            kind="election",
            title=f"Pre-election period in {period.area} until {day_words(period.ends_on)}.",
            text=" ".join(filter(None, (ELECTION_RULE, period.note))),
        )
        for period in ElectionPeriod.objects.covering(force.pk, on=today)
    ]


def _hold_banner(hold: Hold, user: User) -> Banner:
    """A hold in full for those it concerns, in a line for another team."""
    reads = user.has_perm("incidents.read")
    link = {"link": reverse("incidents:list"), "link_text": "See incidents"} if reads else {}
    kind, title = "incident" if hold.is_critical else "hold", hold.get_kind_display()
    if not _concerns(hold, user):
        words = "Your team is not affected."
        return Banner(kind="practice", title=f"{title}: {hold.scope}.", text=words, **link)
    still = (
        "Only retweets of the force or an LPT commander go out."
        if hold.is_critical
        else "Writing and approving go on. Nothing goes out until it is released."
    )
    since = f"Since {timezone.localtime(hold.placed_at):%H:%M}, {hold.placed_by}."
    text = f"{hold.reason} {still} {since}"
    return Banner(kind=kind, title=f"{title}: {hold.scope}.", text=text, **link)


def _concerns(hold: Hold, user: User) -> bool:
    """Whether the hold covers a team of this person's, or the person looks after all of them."""
    teams = {membership.lpt_id for membership in user.current_memberships}
    lpt_id = hold.account.lpt_id if hold.account else hold.lpt_id
    return hold.force_id is not None or None in teams or lpt_id in teams
