"""What frames every page: who is signed in, where they can go, and what is on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import LPT, Force, User
from approvals.asking import Question, ValueOf, ask
from approvals.models import AfterReview
from approvals.services import on_duty, waiting_for
from drafts.panel import day_words
from incidents.models import Hold
from insights.counting import COUNT_CAP, capped, capped_numbers
from lifecycle.services import waiting_for as waiting_in_lifecycle
from policy.models import ElectionPeriod, PackVersion
from policy.registers.services import uk_day
from publishing.models import Alert, AlertKind, Delivery, PastPost
from publishing.services import heartbeats, is_troubled, practice_is_on, silence_since

# So many entries stand in one line; what is left is under "More", first of all what is seldom
# needed, or comes with a banner or a link of its own when it is.
IN_LINE = 6
SELDOM = {
    "approvals:afterwards",
    "publishing:alerts",
    "publishing:past-posts",
    "approvals:routes",
    "insights:turnaround",
    "publishing:practice-timeline",
    "policy:rulebook",
}
SEES_SILENCE = "publishing.answer"
# The pages of the life of an account: label, address, permission and what is counted.
ACCOUNT_TABS = [
    ("Accounts", "lifecycle:accounts", "lifecycle.read", ""),
    ("Requests", "lifecycle:requests", "lifecycle.read", "requests"),
    ("Handovers", "lifecycle:handovers", "lifecycle.read", "handovers"),
    ("Silent", "lifecycle:silent", "lifecycle.read", "silent"),
    ("Profiles", "publishing:profiles", "publishing.read_profile", ""),
    ("Following", "lifecycle:following", "lifecycle.read", "following"),
    ("Offered drafts", "lifecycle:offers", "drafts.write", "offers"),
    ("Hacked", "lifecycle:hacked", "publishing.freeze", "cases"),
    ("Questions to comms", "lifecycle:questions", "lifecycle.ask_comms", "questions"),
]
# What frames a page of somebody who is not known, or has no role: nothing.
NO_FRAME: dict[str, Any] = {
    "ask_link": None,
    "banners": [],
    "footer_links": [],
    "force_name": "",
    "is_troubled": False,
    "navigation": None,
    "person_role": "",
    "saved_key": "",
    "team_contacts": [],
}
ELECTION_RULE = "Say nothing that could help or harm a party or a candidate."


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    """Where somebody can go: what stands in the line, and what under "More" with its counts."""

    line: list[Entry]
    more: list[Entry]
    more_count: str


@dataclass(frozen=True, slots=True)
class Banner:
    kind: str
    title: str
    text: str
    link: str = ""
    link_text: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html. Error pages may be rendered before anybody is known.

    What has to be asked for is asked when it is drawn: a part of a page, such as the live check
    sends at every pause in typing, has no frame.
    """
    links = [
        {"label": "Accessibility statement", "url": reverse("insights:accessibility")},
        {"label": "What we hold about you", "url": reverse("insights:about-you")},
    ]
    # Where mail is not sent, pages that speak of one say where it is.
    practice_mail = reverse("demo-mail") if settings.PRACTICE_MAIL else ""
    if practice_mail:
        links.append({"label": "Practice mail", "url": practice_mail})
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.current_memberships:
        return {**NO_FRAME, "footer_links": links, "practice_mail": practice_mail}
    membership = user.current_memberships[0]
    force = membership.force
    place = f", {membership.lpt}" if membership.lpt else ""
    counts = cache(partial(_counts, user, force))
    return {
        "footer_links": [
            *links,
            {"label": "Guidance in force", "url": reverse("policy:rulebook")},
            {"label": "Guidance and training", "url": reverse("people:guidance")},
            {"label": "My record", "url": reverse("people:me")},
            {"label": "Protect your own account", "url": reverse("rules:own-account")},
            {"label": "How I am told", "url": reverse("told")},
            {"label": "Your sign-in", "url": reverse("mfa_index")},
            *_duty_links(user),
        ],
        "practice_mail": practice_mail,
        "duty_now": lambda: on_duty(force, timezone.now()),
        "force_name": force.name,
        "person_role": f"{membership.get_role_display()}{place}",
        "comms_desk": " · ".join(word for word in (force.comms_phone, force.comms_email) if word),
        "comms_phone": force.comms_phone,
        "comms_email": force.comms_email,
        "ask_link": _ask_link(user),
        "team_contacts": _team_contacts(user),
        "navigation": cache(lambda: _navigation(request, user, counts())),
        "account_tabs": cache(lambda: _account_tabs(request, user, counts())),
        "banners": cache(lambda: _banners(user, force, counts())),
        "is_troubled": lambda: _is_troubled(user),
        "saved_key": cache(partial(request.session.pop, "saved_key", "")),
    }


def _counts(user: User, force: Force) -> dict[str, Any]:
    """How much there is of everything that a page may have to say, where it concerns this person.

    Most of it is nothing most of the time, so that it need not be read. In the same query, as
    `heartbeat`: when a worker was last alive, for those who can do something about it.
    """
    queries: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
        "queue": ("approvals.review", lambda: waiting_for(user)),
        "after": ("approvals.look_after", lambda: AfterReview.objects.visible_to(user).open()),
        "stopped": (
            "publishing.answer",
            lambda: Delivery.objects.needing_somebody().visible_to(user),
        ),
        "past": (
            "publishing.explain_past_post",
            lambda: PastPost.objects.visible_to(user).unexplained(),
        ),
        # Versions of the rulebook that wait for a second policy owner.
        "proposed": (
            "policy.prepare",
            lambda: PackVersion.objects.of(force).waiting().exclude(author=user),
        ),
        "alerts": ("publishing.see_alerts", lambda: Alert.objects.open().visible_to(user)),
        **waiting_in_lifecycle(user),
    }
    asked = {name: query() for name, (right, query) in queries.items() if user.has_perm(right)}
    everybody: dict[str, QuerySet[Any]] = {"holds": Hold.objects.in_force(force.pk).open()}
    if user.has_perm("drafts.write") or user.has_perm("policy.declare_election"):
        # For those who write in them.
        everybody["elections"] = _elections(force)
    questions: dict[str, Question] = {**capped_numbers({**asked, **everybody})}
    if user.has_perm(SEES_SILENCE):
        questions["heartbeat"] = ValueOf(heartbeats())
    counts = ask(user, questions)
    counts["accounts"] = sum(counts.get(name, 0) for _, _, _, name in ACCOUNT_TABS if name)
    return counts


def _duty_links(user: User) -> list[dict[str, str]]:
    links = [
        ("Duty call list", "people:call-list", "accounts.read_call_list"),
        ("Hours and duty officers", "duty", "accounts.keep_duty"),
    ]
    return [
        {"label": label, "url": reverse(name)}
        for label, name, permission in links
        if user.has_perm(permission)
    ]


def _ask_link(user: User) -> dict[str, str]:
    """Where to ask communications, and for communications where it is asked."""
    if user.has_perm("lifecycle.answer_question"):
        return {"label": "Questions to comms", "url": reverse("lifecycle:questions")}
    return {"label": "Ask comms", "url": reverse("lifecycle:ask-comms")}


def _team_contacts(user: User) -> list[LPT]:
    """The teams of this person that have a comms officer, by name."""
    teams = {row.lpt for row in user.current_memberships if row.lpt and row.lpt.comms_contact}
    return sorted(teams, key=lambda team: (team.name, team.pk))


def _navigation(request: HttpRequest, user: User, counts: dict[str, Any]) -> Navigation:
    entries = [
        ("My desk", "insights:desk", "insights.desk", ""),
        ("Write", "drafts:write", "drafts.write", ""),
        ("Team drafts", "drafts:list", "drafts.read", ""),
        ("Review queue", "approvals:queue", "approvals.review", "queue"),
        ("Look afterwards", "approvals:afterwards", "approvals.look_after", "after"),
        ("Deliveries", "publishing:deliveries", "publishing.read", "stopped"),
        ("Alerts", "publishing:alerts", "publishing.see_alerts", "alerts"),
        ("Sent past", "publishing:past-posts", "publishing.explain_past_post", "past"),
        ("Incidents", "incidents:list", "incidents.read", ""),
        ("Accounts", "lifecycle:accounts", "lifecycle.read", "accounts"),
        ("Routes", "approvals:routes", "accounts.read_routes", ""),
        ("Figures", "insights:turnaround", "insights.figures", ""),
        ("People", "people:list", "accounts.keep_people", ""),
        ("Teams", "people:teams", "accounts.keep_teams", ""),
        ("Connections", "publishing:connections", "publishing.connect", ""),
        (
            "Practice timeline",
            "publishing:practice-timeline",
            "publishing.see_practice_timeline",
            "",
        ),
        ("Rulebook", "policy:rulebook", "policy.read_rulebook", ""),
        ("Rules desk", "insights:rules-desk", "policy.prepare", "proposed"),
    ]
    mine = [entry for entry in entries if user.has_perm(entry[2])]
    often = [name for _, name, _, _ in mine if name not in SELDOM]
    # One more than fits would stand alone under "More".
    in_line = {name for _, name, _, _ in mine} if len(mine) <= IN_LINE + 1 else often[:IN_LINE]
    line, more, waiting = [], [], 0
    for label, name, _, of in mine:
        url, count = reverse(name), counts.get(of, 0)
        is_here = request.path == url
        entry = Entry(label, url, capped(count), current=is_here)
        # The page that one is on is always in sight.
        if name in in_line or is_here:
            line.append(entry)
        else:
            more.append(entry)
            waiting += count
    return Navigation(line, more, capped(waiting))


def _account_tabs(request: HttpRequest, user: User, counts: dict[str, Any]) -> list[Entry]:
    """Those of this person; the present one also where a form of its page comes back."""
    mine = [
        (label, reverse(name), of)
        for label, name, permission, of in ACCOUNT_TABS
        if user.has_perm(permission)
    ]
    return [
        Entry(label, url, capped(counts.get(of, 0)), current=request.path.startswith(url))
        for label, url, of in mine
    ]


def _banners(user: User, force: Force, counts: dict[str, Any]) -> list[Banner]:
    """What is on; of whatever there is none, nothing is read."""
    banners: list[Banner] = []
    if counts["holds"]:
        banners += [_hold_banner(hold, user) for hold in Hold.objects.in_force(force.pk).open()]
    if counts.get("elections"):
        banners += _election_banners(force)
    if user.has_perm(SEES_SILENCE) and (
        silence := silence_since(counts["heartbeat"], now=timezone.now())
    ):
        banners.append(
            Banner(
                kind="alert",
                title="Nothing is going out.",
                text=silence,
                link=reverse("publishing:deliveries"),
                link_text="See deliveries",
            )
        )
    if counts.get("alerts"):
        banners += _alert_banner(user)
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


def _is_troubled(user: User) -> bool:
    """Whether to lead to the status page; those who see alerts have a banner instead."""
    if user.has_perm("publishing.see_alerts"):
        return False
    return is_troubled(user, now=timezone.now())


def _alert_banner(user: User) -> list[Banner]:
    """The newest open alert, and how many there are; that no worker is alive is said above."""
    alerts = Alert.objects.open().visible_to(user).exclude(kind=AlertKind.NO_DISPATCHER)
    newest = list(alerts.order_by("-since", "-pk")[: COUNT_CAP + 1])
    if not newest:
        return []
    several = len(newest) > 1
    return [
        Banner(
            kind="alert",
            title=f"{capped(len(newest))} alerts." if several else "Alert.",
            text=f"The newest: {newest[0].text}" if several else newest[0].text,
            link=reverse("publishing:alerts"),
            link_text="See alerts",
        )
    ]


def _elections(force: Force) -> QuerySet[ElectionPeriod]:
    return ElectionPeriod.objects.covering(force.pk, on=uk_day(timezone.now()))


def _election_banners(force: Force) -> list[Banner]:
    return [
        Banner(
            kind="election",
            title=f"Pre-election period in {period.area} until {day_words(period.ends_on)}.",
            text=" ".join(filter(None, (ELECTION_RULE, period.note))),
        )
        for period in _elections(force)
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
        "You can go on writing. Nothing can be submitted or approved, and nothing goes out, until"
        " it is stood down."
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
