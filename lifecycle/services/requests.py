"""From the wish for an account to the account, or to another way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.handles import handle_problem
from accounts.models import AccountKind, Force, Membership, Platform, SocialAccount, User
from accounts.roles import TEAM_ROLES, Role
from accounts.services import AccountDetails, OrganisingRefused, make_account
from audit.services import record
from audit.verbs import Verb
from lifecycle.checklists import Process
from lifecycle.models import AccountRequest
from lifecycle.services.silence import first_seen
from lifecycle.services.steps import begin
from lifecycle.workflow import Move, State
from notices.services import settle, tell
from policy.services import pack_for
from publishing.publishers import publishers


class HandleRefused(ValueError):
    """The name cannot be used, and why in a sentence."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a team asks for; `case` holds the answers of the business case by their names."""

    handle: str
    platform: Platform = Platform.X
    kind: AccountKind = AccountKind.LPT
    case: Mapping[str, str] = field(default_factory=dict)


def wrong_with(handle: str, *, platform: str, force: Force) -> str:
    """Why an account cannot have this name, in a sentence; empty when it can."""
    if problem := handle_problem(handle, platform):
        return problem
    naming = pack_for(force).naming
    if not re.fullmatch(naming.pattern, handle):
        return f"The force names its accounts otherwise, like @{naming.example}."
    if SocialAccount.objects.filter(platform=platform, handle__iexact=handle).exists():
        return f"There is an account @{handle} already."
    return ""


# What its team is told of a request that has lost its asker.
ANYBODY = "Anybody in {0.team} can go on with it."


def write_request(wish: Wish, *, membership: Membership, now: datetime) -> AccountRequest:
    """A new request of the team in which `membership` is held. Raises PermissionDenied."""
    actor = membership.person
    if not actor.has_perm("lifecycle.request_account") or membership.role not in TEAM_ROLES:
        raise PermissionDenied
    with transaction.atomic():
        request = AccountRequest.objects.create(
            force=membership.force,
            lpt=membership.lpt,
            asked_by=actor,
            changed_at=now,
            **_columns(wish),
        )
        record(Verb.REQUEST_WRITTEN, request, actor=actor, at=now)
    return request


def save_request(request: AccountRequest, wish: Wish, *, actor: User, now: datetime) -> None:
    """Change a request that is being written; it is `actor`'s from then on.

    Raises StaleRequest, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.request_account", request):
        raise PermissionDenied
    with transaction.atomic():
        rows = AccountRequest.objects.filter(pk=request.pk)
        rows.move(Move.SAVE, changed_at=now, **_columns(wish), **passed_to(actor, request))
        record(Verb.REQUEST_WRITTEN, request, actor=actor, at=now)
    request.refresh_from_db()


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "handle": wish.handle,
        "platform": wish.platform,
        "kind": wish.kind,
        **{name: words.strip() for name, words in wish.case.items()},
    }


def passed_to(person: User, request: AccountRequest) -> dict[str, object]:
    """What makes `person` the one who asks, where it was another."""
    if request.asked_by_id == person.pk:
        return {}
    anew: dict[str, object] = {
        "asked_by": person,
        "begun_by": request.begun_by or request.asked_by,
        "is_anybodys": False,
    }
    if request.supported_by_id == person.pk:
        # Nobody supports their own: it has to be asked again.
        anew |= {"supported_by": None, "supported_at": None}
    return anew


def ask(request: AccountRequest, *, actor: User, now: datetime) -> None:
    """Hand a complete request to the supervisor; whoever does accepts the guidance in force.

    Raises HandleRefused, StaleRequest, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.request_account", request):
        raise PermissionDenied
    if wrong := wrong_with(request.handle, platform=request.platform, force=request.force):
        raise HandleRefused(wrong)
    with transaction.atomic():
        AccountRequest.objects.filter(pk=request.pk, times_asked=request.times_asked).move(
            Move.ASK,
            **passed_to(actor, request)
            | {
                "times_asked": request.times_asked + 1,
                "guidance_accepted_at": now,
                "changed_at": now,
                "answer": "",
                "answered_by": None,
                "supported_by": None,
                "supported_at": None,
            },
        )
        record(Verb.REQUEST_ASKED, request, actor=actor, at=now, handle=request.handle)
        tell_deciders(request, f"{actor} asks for an account, @{request.handle}.", now=now)


def tell_deciders(request: AccountRequest, what: str, *, now: datetime) -> None:
    """Say who decides next that they do; the admins, where nobody can."""
    request.refresh_from_db(fields=["state", "lpt", "asked_by", "begun_by"])
    turn = request.turn() if request.state == State.ASKED else ""
    AccountRequest.objects.filter(pk=request.pk).update(turn_told=turn)
    people = request.deciders()
    if not people:
        people = list(User.objects.holding({Role.COMMS_ADMIN}, force_id=request.force_id))
        then = "Nobody can decide on it. Give the team a supervisor, or communications an approver."
    elif request.state == State.SUPPORTED:
        then = "You decide on it."
    elif request.is_supervised:
        then = "You decide whether it is needed."
    else:
        then = f"{request.team} has no other supervisor: you decide whether it is needed."
    tell_of(request, people, f"{what} {then}", now=now, urgent=True)


def support(
    request: AccountRequest, *, actor: User, words: str = "", seen: int, now: datetime
) -> None:
    """The supervisor wants it too; communications decides. `seen` is the asking that was read.

    Raises StaleRequest, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.support_request", request):
        raise PermissionDenied
    with transaction.atomic():
        said: dict[str, Any] = {"supported_by": actor, "supported_at": now, "answer": words.strip()}
        _move(request, Move.SUPPORT, seen=seen, now=now, answered_by=actor, **said)
        record(Verb.REQUEST_SUPPORTED, request, actor=actor, at=now)
        tell_deciders(request, f"{actor} supports the request for @{request.handle}.", now=now)


def send_back(
    request: AccountRequest, *, actor: User, words: str, seen: int, now: datetime
) -> None:
    """Ask for more before deciding. Raises StaleRequest, PermissionDenied."""
    state = _may_answer(request, actor)
    with transaction.atomic():
        said: dict[str, Any] = {"answer": words.strip(), "answered_by": actor}
        _move(request, Move.SEND_BACK, seen=seen, now=now, was=state, **said)
        record(Verb.REQUEST_RETURNED, request, actor=actor, at=now)
        told = f"{actor} sent your request for @{request.handle} back: it needs more."
        tell_of(request, [request.asked_by], told, now=now)
        if request.has_lost_its_asker(on=timezone.localdate(now)):
            told = f"{actor} sent {named(request)} back: it needs more. {ANYBODY.format(request)}"
            tell_of(request, _team(request, now), told, now=now)


def decline(request: AccountRequest, *, actor: User, words: str, seen: int, now: datetime) -> None:
    """There will be no account. Raises StaleRequest, PermissionDenied."""
    state = _may_answer(request, actor)
    with transaction.atomic():
        said: dict[str, Any] = {"answer": words.strip(), "answered_by": actor, "decided_by": actor}
        _move(request, Move.DECLINE, seen=seen, now=now, was=state, decided_at=now, **said)
        record(Verb.REQUEST_DECLINED, request, actor=actor, at=now)
        told = f"{actor} declined the request for @{request.handle}."
        tell_of(request, concerned(request, now=now), told, now=now)


def redirect_to(
    request: AccountRequest,
    way: SocialAccount | str,
    *,
    actor: User,
    words: str,
    seen: int,
    now: datetime,
) -> None:
    """Another way than an account of its own: one that there is, or a hashtag without its #.

    Raises StaleRequest, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.decide_request", request):
        raise PermissionDenied
    is_tag = isinstance(way, str)
    with transaction.atomic():
        said: dict[str, Any] = {"answer": words.strip(), "answered_by": actor, "decided_by": actor}
        found: dict[str, Any] = {"hashtag": way} if is_tag else {"existing": way}
        _move(request, Move.REDIRECT, seen=seen, now=now, decided_at=now, **said, **found)
        named = f"#{way}" if is_tag else str(way)
        record(Verb.REQUEST_REDIRECTED, request, actor=actor, at=now, to=named)
        told = f"No account of your own, but a way: use {named} instead of @{request.handle}."
        tell_of(request, concerned(request, now=now), told, now=now)


def create_account(
    request: AccountRequest, *, handle: str, actor: User, words: str = "", seen: int, now: datetime
) -> SocialAccount:
    """Make the account and begin its launch.

    Raises HandleRefused, StaleRequest, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.decide_request", request):
        raise PermissionDenied
    if wrong := wrong_with(handle, platform=request.platform, force=request.force):
        raise HandleRefused(wrong)
    try:
        with transaction.atomic():
            details = AccountDetails(
                handle=handle,
                platform=Platform(request.platform),
                kind=AccountKind(request.kind),
                lpt=request.lpt,
                # The platform's own publisher, where it is configured beside others.
                publisher=request.platform if request.platform in publishers else "default",
            )
            account = make_account(request.force, details, actor=actor, now=now, request=request.pk)
            said: dict[str, Any] = {
                "answer": words.strip(),
                "answered_by": actor,
                "decided_by": actor,
            }
            _move(
                request, Move.CREATE, seen=seen, now=now, decided_at=now, account=account,
                handle=handle, **said,
            )  # fmt: skip
            request.refresh_from_db()
            first_seen(account, now=now)
            begin(Process.LAUNCH, request, now=now)
            told = f"@{handle} will be your account. See what is still to do before it is launched."
            tell_of(request, concerned(request, now=now), told, now=now)
    except OrganisingRefused as refusal:
        # Somebody else has just made one of that name.
        raise HandleRefused(str(refusal)) from None
    return account


def withdraw_request(request: AccountRequest, *, actor: User, now: datetime) -> None:
    """The asker does not want it any more. Raises StaleRequest, PermissionDenied."""
    if not actor.has_perm("lifecycle.request_account", request):
        raise PermissionDenied
    with transaction.atomic():
        AccountRequest.objects.filter(pk=request.pk).move(Move.WITHDRAW, changed_at=now)
        record(Verb.REQUEST_WITHDRAWN, request, actor=actor, at=now)
        settle(request.get_absolute_url(), now=now)
        told = f"{actor} withdrew {named(request)}."
        tell_of(request, concerned(request, now=now, but=actor), told, now=now)


def _may_answer(request: AccountRequest, actor: User) -> State:
    """The state in which `actor` may answer: each step has people of its own."""
    state = State(request.state)
    right = "decide" if state == State.SUPPORTED else "support"
    if not actor.has_perm(f"lifecycle.{right}_request", request):
        raise PermissionDenied
    return state


def _move(
    request: AccountRequest,
    move: Move,
    *,
    seen: int,
    now: datetime,
    was: State | None = None,
    **changes: object,
) -> None:
    rows = AccountRequest.objects.filter(pk=request.pk, times_asked=seen)
    if was:
        rows = rows.filter(state=was)
    rows.move(move, changed_at=now, **changes)
    settle(request.get_absolute_url(), now=now)


def concerned(request: AccountRequest, *, now: datetime, but: User | None = None) -> list[User]:
    """Whom the outcome concerns: who asked, wrote or supported it; the team that lost its asker.

    Without those who have left, and without `but`.
    """
    people = [request.asked_by, request.begun_by, request.supported_by]
    if request.has_lost_its_asker(on=timezone.localdate(now)):
        people += _team(request, now)
    return [person for person in people if person and person.is_active and person != but]


def _team(request: AccountRequest, now: datetime) -> list[User]:
    return request.members(on=timezone.localdate(now))


def named(request: AccountRequest) -> str:
    return f"the {request}"


def tell_of(
    request: AccountRequest,
    people: Iterable[User],
    text: str,
    *,
    now: datetime,
    urgent: bool = False,
) -> None:
    tell(people, text, link=request.get_absolute_url(), urgent=urgent, now=now)


def accounts_instead(request: AccountRequest) -> list[SocialAccount]:
    """The accounts that could tweet for whoever asks: the own team's first."""
    there = SocialAccount.objects.active().filter(force=request.force_id).in_order()
    return sorted(there, key=lambda account: account.lpt_id != request.lpt_id)
