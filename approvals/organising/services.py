"""Accounts by the pack's pattern, closing, merging and leaving: each looks first at what waits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts import services
from accounts.handles import handle_problem
from accounts.models import (
    LONGEST_SIGNATURE,
    LPT,
    AccountKind,
    AccountStatus,
    ApprovalRoute,
    Force,
    Lane,
    Membership,
    Platform,
    SocialAccount,
    User,
)
from accounts.roles import COMMS_REVIEWERS
from accounts.services import (
    AccountDetails,
    Leaving,
    OrganisingRefused,
    PersonRefused,
    close_team,
    end_access,
    leaving_of,
    set_route,
    set_status,
)
from accounts.standing import stopping
from approvals.models import Decision, Delegation
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.models.draft import DraftQuerySet
from drafts.services import NotReady, hand_over
from drafts.workflow import State
from incidents.models import Hold
from notices.models import Kind
from notices.services import tell
from policy.core import Platform as Counted
from policy.core import Post
from policy.core.measure import measure
from policy.core.text import Entities
from policy.services import pack_for
from publishing.models import Delivery
from publishing.services import serves
from publishing.workflow import ENDS

KEEP = "accounts.keep_teams"


def details_of(account: SocialAccount) -> AccountDetails:
    """What is on record of an account."""
    return AccountDetails(
        handle=account.handle,
        platform=Platform(account.platform),
        kind=AccountKind(account.kind),
        lpt=account.lpt,
        publisher=account.publisher,
        signature=account.signature,
    )


def add_account(
    force: Force, details: AccountDetails, *, actor: User, now: datetime
) -> SocialAccount:
    """An account with a handle that its platform and the force's pack take.

    Raises OrganisingRefused, PermissionDenied.
    """
    _fits_the_pack(details, force)
    _leaves_room(details)
    if not serves(details.publisher, details.platform):
        raise OrganisingRefused(
            f"“{details.publisher}” does not send to {details.platform.label}. Choose another.",
            field="publisher",
        )
    return services.add_account(force, details, actor=actor, now=now)


def change_account(
    account: SocialAccount, details: AccountDetails, *, seen: AccountDetails, actor: User,
    now: datetime,
) -> None:  # fmt: skip
    """Change an account that nothing waits to go out by; not its publisher (choose_publisher).

    Raises OrganisingRefused, OvertakenChange, PermissionDenied.
    """
    if details.handle != seen.handle:
        _fits_the_pack(details, account.force)
    _leaves_room(details)
    if details.publisher != seen.publisher:
        raise OrganisingRefused("Choose what sends it under Connections.")
    moves = (details.lpt, details.handle) != (seen.lpt, seen.handle)
    with transaction.atomic():
        if moves:
            _take_locks([account])
            _nothing_goes_out([account])
        if details.lpt != seen.lpt:
            _no_hold_is_left_behind(seen.lpt, details.lpt)
        services.change_account(account, details, seen=seen, actor=actor, now=now)


def close_account(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Close an account that nothing waits to go out by: from then on it takes no drafts.

    Raises OrganisingRefused, PermissionDenied.
    """
    _may_keep(actor, account.force)
    with transaction.atomic():
        look_whether_to_close(account)
        set_status(account, AccountStatus.CLOSED, actor=actor, now=now)


def look_whether_to_close(account: SocialAccount) -> None:
    """Keep what could go out by an account where it is until the transaction ends.

    Raises OrganisingRefused where something waits, or where the account is frozen: opening it
    again takes two people, and closing it must be no way round them.
    """
    _take_locks([account])
    if SocialAccount.objects.filter(pk=account.pk, status=AccountStatus.FROZEN).exists():
        raise OrganisingRefused(
            f"{account} is frozen. Two people have to say that it is safe before it is closed."
        )
    _nothing_goes_out([account])
    if count := Draft.objects.awaiting_review().filter(account=account).count():
        waits = "One draft waits" if count == 1 else f"{count} drafts wait"
        raise OrganisingRefused(
            f"{waits} for a decision for {account}. Have them decided or taken back first."
        )


def reopen_account(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Let a closed account take drafts again. Raises OrganisingRefused, PermissionDenied."""
    _may_keep(actor, account.force)
    if account.lpt and account.lpt.closed_on:
        raise OrganisingRefused(f"{account.lpt} is closed. Move the account to another team first.")
    with transaction.atomic():
        if SocialAccount.objects.filter(pk=account.pk, status=AccountStatus.CLOSED).exists():
            set_status(account, AccountStatus.ACTIVE, actor=actor, now=now)


def merge_teams(team: LPT, *, into: LPT, actor: User, now: datetime) -> None:
    """Let `into` take on the accounts and people of `team`, which is closed by it.

    Drafts stay with their accounts and keep their history. Roles in the team end yesterday and go
    on today in the other, each with its own line in the trail, and the people are told.
    Raises OrganisingRefused, PermissionDenied.
    """
    _may_keep(actor, team.force)
    if team.closed_on or into.closed_on or into.pk == team.pk or into.force_id != team.force_id:
        raise OrganisingRefused("Choose another team that is open.")
    today = timezone.localdate(now)
    with transaction.atomic():
        # Whoever gives a role waits for the same row.
        Force.objects.filter(pk=team.force_id).update(slug=F("slug"))
        LPT.objects.filter(pk__in=[team.pk, into.pk]).update(lock=F("lock") + 1)
        accounts = list(team.accounts.in_order())
        _take_locks(accounts)
        _nothing_goes_out(accounts)
        _no_hold_is_left_behind(team, into)
        team.accounts.update(lpt=into)
        for account in accounts:
            record(
                Verb.ACCOUNT_CHANGED, account, actor=actor, at=now,
                fields=["lpt"], lpt=into.pk, before=team.pk,
            )  # fmt: skip
        people = _move_people(team, into, today, actor=actor, now=now)
        for lane in ApprovalRoute.objects.current().filter(lpt=team).values_list("lane", flat=True):
            set_route(team.force, (), lpt=team, lane=Lane(lane), actor=actor, now=now)
        close_team(team, into=into, actor=actor, now=now)
        tell(
            [person for person in people if person.is_active and person != actor],
            f"{team} is part of {into} from today on, and so are you. Its accounts and drafts go on"
            " there.",
            link="/me/",
            now=now,
        )
        for path in settings.MOVED_WITH_A_TEAM:
            import_string(path)(team, into, now=now)


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is a person's own and needs somebody when they leave."""

    drafts: list[Draft]
    claims: int
    delegations: list[Delegation]
    going_out: list[Delivery]


def belongings_of(person: User, *, now: datetime, leaving: Leaving | None = None) -> Belongings:
    """What is not decided yet, what they have open, and who decides in whose place.

    `going_out` holds the tweets on their way that they wrote or approved: those stop by themselves
    when the person leaves. Of whoever stays in another force it is only what is of the forces that
    they leave, and nothing stops.
    """
    if leaving and not leaving.altogether:
        return _belongings_in(leaving.forces, person, now)
    theirs = Q(draft__author=person) | Q(approved_by=person) | Q(draft__decisions__person=person)
    going_out = Delivery.objects.live().exclude(state__in=ENDS).filter(theirs).distinct()
    return Belongings(
        drafts=list(_drafts(person).with_people().newest_first()),
        claims=_claims(person).count(),
        delegations=list(_delegations(person, now)),
        going_out=list(going_out.with_people().order_by("due_at", "pk")),
    )


def _belongings_in(forces: Sequence[Force], person: User, now: datetime) -> Belongings:
    others = Q(person__memberships__force__in=forces) & ~Q(person=person)
    others |= Q(absent__memberships__force__in=forces) & ~Q(absent=person)
    drafts = _drafts(person).filter(account__force__in=forces)
    return Belongings(
        drafts=list(drafts.with_people().newest_first()),
        claims=_claims(person).filter(account__force__in=forces).count(),
        delegations=list(_delegations(person, now).filter(others).distinct()),
        going_out=[],
    )


def let_go(person: User, *, successor: User | None, actor: User, now: datetime) -> Belongings:
    """A person leaves: one action ends access, sessions, roles, shifts, claims and delegations.

    Whoever holds a role in a force that `actor` does not administer stays there, signed in.
    `successor` becomes the author in charge of those of their drafts that they may write for; the
    others are the team's to go on with. Returns what was theirs. Raises PersonRefused,
    PermissionDenied.
    """
    with transaction.atomic():
        leaving = leaving_of(person, actor=actor, on=timezone.localdate(now))
        theirs = belongings_of(person, now=now, leaving=leaving)
        if successor:
            _pass_on_drafts(theirs.drafts, to=successor, actor=actor, now=now)
        claims = _claims(person)
        if not leaving.altogether:
            claims = claims.filter(account__force__in=leaving.forces)
        claims.update(claimed_by=None, claimed_at=None)
        for delegation in theirs.delegations:
            # Not by end_delegation: whoever keeps people may, in whichever force it was made.
            if Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
                record(
                    Verb.DELEGATION_ENDED, delegation.person, actor=actor, at=now,
                    absent=delegation.absent_id,
                )  # fmt: skip
                others = {delegation.person, delegation.absent} - {person}
                tell(others, f"{delegation} ends: {person} has left.", now=now)
        end_access(person, actor=actor, now=now)
        for path in settings.PASSED_ON_BY_A_LEAVER:
            import_string(path)(person, successor, now=now)
        _tell_of_what_stops(person, theirs.going_out, now)
    return theirs


def _pass_on_drafts(drafts: Sequence[Draft], *, to: User, actor: User, now: datetime) -> None:
    try:
        hand_on(drafts, to=to, actor=actor, now=now)
    except NotReady:
        lacking = " ".join(gap.words for gap in stopping(to, on=timezone.localdate(now)))
        raise PersonRefused(
            f"{to} cannot submit tweets yet, and some of these drafts are in review. {lacking}"
            " Choose somebody else, or nobody: the team goes on with them.",
            field="successor",
        ) from None


def hand_on(drafts: Sequence[Draft], *, to: User, actor: User, now: datetime) -> list[Draft]:
    """Make `to` the author of those of these drafts that they may write for; returns them.

    Whoever decided on a draft does not become its author. Raises NotReady, see hand_over.
    """
    with transaction.atomic():
        # Nobody decides on one of them from here on, or has done so before it is looked up.
        for key in sorted(draft.pk for draft in drafts):
            Draft.objects.filter(pk=key).update(changed_at=F("changed_at"))
        decided = Decision.objects.filter(person=to, draft__in=drafts)
        keys = set(decided.values_list("draft", flat=True))
        free = [draft for draft in drafts if draft.pk not in keys]
        return hand_over(free, to=to, actor=actor, now=now)


def _tell_of_what_stops(person: User, going_out: Sequence[Delivery], now: datetime) -> None:
    for force_id in sorted({delivery.account.force_id for delivery in going_out}):
        stopped = [one for one in going_out if one.account.force_id == force_id]
        tweets = "One tweet" if len(stopped) == 1 else f"{len(stopped)} tweets"
        tell(
            User.objects.holding(COMMS_REVIEWERS, force_id=force_id),
            f"{person} has left. {tweets} on the way that they wrote or approved will not go out"
            " by themselves: put them back into the queue, or drop them.",
            kind=Kind.ALERT,
            link="/deliveries/",
            now=now,
        )


def _drafts(person: User) -> DraftQuerySet:
    return Draft.objects.by(person).filter(
        state__in=[State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, State.SUBMITTED]
    )


def _claims(person: User) -> QuerySet[Draft]:
    return Draft.objects.filter(claimed_by=person)


def _delegations(person: User, now: datetime) -> QuerySet[Delegation]:
    return (
        Delegation.objects.filter(Q(person=person) | Q(absent=person), ended_at=None)
        .filter(until__gte=timezone.localdate(now))
        .select_related("person", "absent")
        .order_by("pk")
    )


def _move_people(team: LPT, into: LPT, today: date, *, actor: User, now: datetime) -> list[User]:
    """Let every role of the team go on in the other, for the days on which it is not held there.

    Returns whose roles these are, each once.
    """
    from_today = Q(until=None) | Q(until__gte=today)
    rows = Membership.objects.filter(from_today).select_related("person").order_by("since", "pk")
    there: dict[tuple[int, str], list[Membership]] = {}
    for row in rows.filter(lpt=into):
        there.setdefault((row.person_id, row.role), []).append(row)
    people: dict[int, User] = {}
    for row in rows.filter(lpt=team):
        person = people.setdefault(row.person_id, row.person)
        held = there.setdefault((row.person_id, row.role), [])
        yesterday = today - timedelta(days=1)
        if row.since < today:
            Membership.objects.filter(pk=row.pk).update(until=yesterday)
            said = yesterday.isoformat()
        else:
            # Not begun before today: never held in the team that is closed.
            Membership.objects.filter(pk=row.pk).delete()
            said = "at once"
        record(
            Verb.ROLE_ENDED, person, actor=actor, at=now,
            role=row.role, lpt=team.pk, last_day=said,
        )  # fmt: skip
        for since, until in _not_held(max(row.since, today), row.until, held):
            made = Membership.objects.create(
                person_id=row.person_id, force_id=row.force_id, lpt=into, role=row.role,
                since=since, until=until,
            )  # fmt: skip
            record(
                Verb.ROLE_GIVEN, person, actor=actor, at=now, role=row.role, lpt=into.pk,
                since=since.isoformat(), until=until.isoformat() if until else None,
            )  # fmt: skip
            held.append(made)
        held.sort(key=lambda one: one.since)
    return list(people.values())


def _not_held(
    since: date, until: date | None, held: Sequence[Membership]
) -> list[tuple[date, date | None]]:
    """The first and last days of what is left of these days without `held`, which is in order."""
    left: list[tuple[date, date | None]] = []
    for row in held:
        if until and since > until:
            return left
        if row.since > since:
            before = row.since - timedelta(days=1)
            left.append((since, min(until, before) if until else before))
        if row.until is None:
            return left
        since = max(since, row.until + timedelta(days=1))
    if until is None or since <= until:
        left.append((since, until))
    return left


def _take_locks(accounts: Sequence[SocialAccount]) -> None:
    # The dispatcher reads these rows FOR SHARE: nothing is armed until this transaction ends.
    keys = [account.pk for account in accounts]
    SocialAccount.objects.filter(pk__in=keys).update(lock=F("lock") + 1)


def _nothing_goes_out(accounts: Sequence[SocialAccount]) -> None:
    """Raises OrganisingRefused while a tweet is on its way by one of these."""
    live = Delivery.objects.live().exclude(state__in=ENDS).filter(account__in=accounts)
    if count := live.count():
        names = ", ".join(
            f"@{handle}"
            for handle in live.order_by("account__handle")
            .values_list("account__handle", flat=True)
            .distinct()
        )
        tweets = "One tweet is" if count == 1 else f"{count} tweets are"
        raise OrganisingRefused(
            f"{tweets} on the way by {names}. Let them go out, or have communications stop them"
            " first."
        )


def _no_hold_is_left_behind(team: LPT | None, into: LPT | None) -> None:
    """Raises OrganisingRefused where an account would leave a hold by leaving its team."""
    if team is None:
        return
    hold = Hold.objects.open().filter(lpt=team).first()
    if hold and team != into:
        raise OrganisingRefused(
            f"{hold.get_kind_display()} over {team} is on. Have it released first."
        )


def _fits_the_pack(details: AccountDetails, force: Force) -> None:
    # What the platform does not take says so itself, with its own reason.
    naming, handle = pack_for(force).naming, details.handle
    if handle_problem(handle, details.platform):
        return
    if not re.fullmatch(naming.pattern, handle):
        raise OrganisingRefused(
            f"The force's accounts are named like {naming.example}. This one is not.",
            field="handle",
        )


def _leaves_room(details: AccountDetails) -> None:
    """Raises OrganisingRefused for a signature that takes too much of a tweet."""
    signature, platform = details.signature, details.platform
    post = Post(signature, platform=Counted(platform.value))
    counts = measure(post, LONGEST_SIGNATURE, Entities.of(signature).urls).weighted
    if counts > LONGEST_SIGNATURE:
        raise OrganisingRefused(
            f"It counts as {counts} characters on {platform.label}. Keep it to"
            f" {LONGEST_SIGNATURE}: every tweet that ends with it has so much less room.",
            field="signature",
        )


def _may_keep(actor: User, force: Force) -> None:
    if not actor.has_perm(KEEP, force):
        raise PermissionDenied
