"""Handing an account over, or closing it: drafts, farewell, name, credentials, rights."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.duty import moment
from accounts.models import AccountStatus, Membership, SocialAccount, User
from accounts.roles import TEAM_ROLES, TEAM_SUPERVISORS, Role
from accounts.services import OrganisingRefused, set_status
from approvals.organising.services import hand_on, look_whether_to_close
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, write
from drafts.workflow import State as DraftState
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import ChecklistStep, Handover, Plan, Why
from lifecycle.services.people import centre_of, team_of
from lifecycle.services.requests import HandleRefused, wrong_with
from lifecycle.services.steps import begin
from notices.services import settle, tell
from publishing.services import stored_at
from publishing.workflow import State as DeliveryState

NOT_DECIDED = [
    DraftState.DRAFT, DraftState.SUBMITTED, DraftState.CHANGES_REQUESTED, DraftState.EXPIRED,
]  # fmt: skip
LAST_MINUTE = time(23, 59)
FAREWELL = {
    Plan.SUCCESSOR: "There is a new face behind this account. {follow}Thank you to everyone who"
    " talked to us here.",
    Plan.CLOSURE: "We are closing this account. {follow}Thank you to everyone who talked to us"
    " here. Report a crime on 101, in an emergency 999.",
}


class UnderWay(Exception):
    """The account is being handed over already."""

    def __init__(self, handover: Handover) -> None:
        super().__init__(str(handover))
        self.handover = handover


class NotYet(Exception):
    """Something else has to be done before this, in a sentence."""


class HasEnded(Exception):
    """The handover has ended, or was called off."""


class WrongSuccessor(ValueError):
    """Whoever takes over has to belong to the team of the account, and be another person."""


@dataclass(frozen=True, slots=True)
class Parting:
    """What becomes of an account, who goes and where followers should go."""

    why: Why
    plan: Plan
    last_day: date
    person: User | None = None
    successor: User | None = None
    new_handle: str = ""
    follow: str = ""


def begin_handover(
    account: SocialAccount, parting: Parting, *, actor: User, now: datetime
) -> Handover:
    """Begin to hand an account over.

    Raises UnderWay, WrongSuccessor, HandleRefused, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.hand_over", account):
        raise PermissionDenied
    _check(account, parting, now=now)
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                account=account,
                why=parting.why,
                plan=parting.plan,
                last_day=parting.last_day,
                person=parting.person,
                successor=parting.successor,
                new_handle=parting.new_handle,
                follow=parting.follow.strip(),
                begun_by=actor,
                begun_at=now,
            )
            begin(Process.HANDOVER, handover, by=_last_moment(handover), now=now)
            record(Verb.HANDOVER_BEGUN, account, actor=actor, at=now, plan=parting.plan.value)
            _tell_about(handover, f"{actor} began a handover. {handover.words}", actor, now)
    except IntegrityError:
        before = Handover.objects.open().with_people().filter(account=account).first()
        if before is None:
            raise
        raise UnderWay(before) from None
    return handover


def _last_moment(handover: Handover) -> datetime:
    """The end of the last day; where that is over or near, a day for what is left to do."""
    end = moment(handover.last_day, LAST_MINUTE, is_end=True)
    return max(end, handover.begun_at + timedelta(days=1))


def _check(account: SocialAccount, parting: Parting, *, now: datetime) -> None:
    team = {person.pk for person in team_of(account, on=timezone.localdate(now))}
    heir = parting.successor
    if parting.plan == Plan.SUCCESSOR and (
        heir is None or heir == parting.person or heir.pk not in team
    ):
        raise WrongSuccessor
    if parting.new_handle:
        wrong = wrong_with(parting.new_handle, platform=account.platform, force=account.force)
        if wrong:
            raise HandleRefused(wrong)


def _tell_about(handover: Handover, words: str, actor: User, now: datetime) -> None:
    """Whoever has something to do with it: the admins, the supervisors, who goes and who comes."""
    account, today = handover.account, timezone.localdate(now)
    concerned = [
        *centre_of(account, {Role.COMMS_ADMIN}),
        *team_of(account, on=today, roles=TEAM_SUPERVISORS),
        *(person for person in (handover.person, handover.successor) if person),
    ]
    people = [person for person in concerned if person != actor]
    tell(people, words, link=handover.get_absolute_url(), now=now)


def pending_drafts(handover: Handover) -> list[Draft]:
    """What whoever goes has on the account that is not decided, oldest first."""
    if handover.person is None:
        return []
    theirs = Draft.objects.with_people().filter(
        account=handover.account, author=handover.person, state__in=NOT_DECIDED
    )
    # The farewell is theirs to send.
    return list(theirs.exclude(pk=handover.farewell_id or 0).order_by("changed_at", "pk"))


def take_over_drafts(handover: Handover, *, actor: User, now: datetime) -> int:
    """Make `actor` the author of the pending drafts, also of those in review; return of how many.

    They count as having written them from then on, and so does whoever did. One on which they have
    decided stays as it is. Raises HasEnded, PermissionDenied, and NotReady where one is in review
    and `actor` may not submit.
    """
    may_write = actor.has_perm("drafts.write", handover.account)
    if not may_write or actor == handover.person:
        raise PermissionDenied
    with transaction.atomic():
        _lock(handover)
        drafts = hand_on(pending_drafts(handover), to=actor, actor=actor, now=now)
        if drafts:
            record(Verb.DRAFTS_TAKEN, handover.account, actor=actor, at=now, number=len(drafts))
    return len(drafts)


def _lock(handover: Handover) -> None:
    """One after the other, and none after its end. Raises HasEnded."""
    rows = Handover.objects.open().filter(pk=handover.pk)
    if not rows.update(last_day=F("last_day")):
        raise HasEnded
    handover.refresh_from_db(fields=["farewell"])


def start_farewell(handover: Handover, *, actor: User, now: datetime) -> Draft:
    """The draft that tells followers where to follow: the one that there is, or a new one.

    Raises HasEnded, PermissionDenied.
    """
    if not actor.has_perm("drafts.write", handover.account):
        raise PermissionDenied
    with transaction.atomic():
        _lock(handover)
        if handover.farewell:
            return handover.farewell
        follow = f"Please follow {handover.follow} from now on. " if handover.follow else ""
        text = FAREWELL[Plan(handover.plan)].format(follow=follow)
        draft = write(Writing(text=text, account=handover.account), author=actor, now=now)
        Handover.objects.filter(pk=handover.pk).update(farewell=draft)
    handover.farewell = draft
    return draft


def call_off(handover: Handover, *, actor: User, now: datetime) -> None:
    """Everything stays as it was. Raises HasEnded, PermissionDenied."""
    if not actor.has_perm("lifecycle.hand_over", handover.account):
        raise PermissionDenied
    with transaction.atomic():
        _finish(handover, actor=actor, now=now, called_off=True)
        record(Verb.HANDOVER_CALLED_OFF, handover.account, actor=actor, at=now)
        _tell_about(handover, f"{actor} called off the handover of {handover.account}.", actor, now)


def _finish(handover: Handover, *, actor: User, now: datetime, called_off: bool = False) -> None:
    rows = Handover.objects.open().filter(pk=handover.pk)
    if not rows.update(ended_by=actor, ended_at=now, called_off=called_off):
        raise HasEnded
    settle(handover.get_absolute_url(), now=now)


# --- what a tick brings about


def _of(step: ChecklistStep) -> Handover:
    assert step.handover is not None  # the caller's table
    return step.handover


def look_for_drafts(step: ChecklistStep, actor: User, now: datetime) -> None:
    number = len(pending_drafts(_of(step)))
    if number:
        many = "1 draft still waits" if number == 1 else f"{number} drafts still wait"
        raise NotYet(f"{many} to be taken over or discarded.")


def look_for_farewell(step: ChecklistStep, actor: User, now: datetime) -> None:
    draft = _of(step).farewell
    out = [DeliveryState.PUBLISHED, DeliveryState.TAKEN_DOWN]
    is_on_its_way = draft is not None and draft.state not in {
        DraftState.REJECTED, DraftState.WITHDRAWN,
    }  # fmt: skip
    if draft and is_on_its_way and not draft.deliveries.filter(state__in=out).exists():
        raise NotYet("The farewell tweet has not gone out yet. Discard it if none is wanted.")


def credentials_said(handover: Handover) -> str:
    """What is held of the account's credentials and since when, in a sentence."""
    last = stored_at(handover.account)
    if last is None:
        return "Blue Lamp holds no credentials of it: only the platform's own are to be changed."
    day = timezone.localtime(last)
    said = f"Those stored here were last changed on {day.day} {day:%B %Y}"
    return f"{said}, before this handover began." if last < handover.begun_at else f"{said}."


def look_for_credentials(step: ChecklistStep, actor: User, now: datetime) -> None:
    handover = _of(step)
    last = stored_at(handover.account)
    if last and last < handover.begun_at:
        raise NotYet(f"{credentials_said(handover)} Store the new ones first.")


def rename(step: ChecklistStep, actor: User, now: datetime) -> None:
    """The platform has the new name: the record follows."""
    handover = _of(step)
    if not handover.new_handle:
        return
    account = handover.account
    try:
        with transaction.atomic():
            SocialAccount.objects.filter(pk=account.pk).update(handle=handover.new_handle)
    except IntegrityError:
        raise NotYet(f"There is an account @{handover.new_handle} already.") from None
    before, account.handle = account.handle, handover.new_handle
    record(Verb.ACCOUNT_RENAMED, account, actor=actor, at=now, before=before)


def end(step: ChecklistStep, actor: User, now: datetime) -> None:
    """The last tick: rights end, an account without a successor closes."""
    handover = _of(step)
    vital = [key for key, s in CHECKLISTS[Process.HANDOVER].items() if s.vital]
    left = handover.steps.open().filter(key__in=vital).in_order()
    if titles := "; ".join(other.about.title for other in left):
        raise NotYet(f"This is the last step. Before it comes: {titles}.")
    account = handover.account
    if lost := lost_successor(handover, now=now):
        raise NotYet(lost)
    closes = handover.plan == Plan.CLOSURE
    if closes:
        try:
            look_whether_to_close(account)
        except OrganisingRefused as refusal:
            raise NotYet(str(refusal)) from None
    if handover.person:
        _end_rights(handover.person, account, actor=actor, now=now)
    _finish(handover, actor=actor, now=now)
    if closes:
        set_status(account, AccountStatus.CLOSED, actor=actor, now=now)
    record(Verb.HANDOVER_DONE, account, actor=actor, at=now, plan=handover.plan)
    _tell_about(handover, f"The handover of {account} is done. {handover.words}", actor, now)


def lost_successor(handover: Handover, *, now: datetime) -> str:
    """That whoever was to take the account over cannot any more, in a sentence; empty: they can."""
    account, heir = handover.account, handover.successor
    if heir is None or heir in team_of(account, on=timezone.localdate(now)):
        return ""
    return (
        f"{heir}, who was to take {account} over, is no longer in its team."
        " Call this handover off and begin another one."
    )


def tell_of_lost_successors(person: User, successor: User | None, *, now: datetime) -> None:
    """`person` has left: accounts that they were to take over need somebody else.

    Whoever has their drafts from now on, `successor`, does not get accounts by it. In the caller's
    transaction, who has asked whether anybody may.
    """
    theirs = Handover.objects.open().with_people().filter(successor=person).order_by("pk")
    for handover in theirs:
        if lost_successor(handover, now=now):
            told = (
                f"{person}, who was to take {handover.account} over, has left. Call the handover"
                " off and begin another one."
            )
            _tell_about(handover, told, person, now)


def _end_rights(person: User, account: SocialAccount, *, actor: User, now: datetime) -> None:
    """End what `person` may do in the team of the account: at once, tonight if it began today."""
    today = timezone.localdate(now)
    mine = Membership.objects.current(today).filter(
        person=person, force=account.force_id, lpt=account.lpt_id, role__in=TEAM_ROLES
    )
    ended = mine.filter(since__lt=today).order_by().update(until=today - timedelta(days=1))
    ended += mine.filter(since=today).order_by().update(until=today)
    record(Verb.RIGHTS_ENDED, person, actor=actor, at=now, account=str(account), roles=ended)
