"""Accounts by the pack's pattern: added, changed, closed and opened again."""

import re
from datetime import datetime

from django.db import transaction

from accounts import services
from accounts.handles import handle_problem
from accounts.models import (
    LONGEST_SIGNATURE,
    AccountKind,
    AccountStatus,
    Force,
    Platform,
    SocialAccount,
    User,
)
from accounts.services import AccountDetails, OrganisingRefused, set_status
from approvals.organising.services.before import (
    may_keep,
    no_hold_is_left_behind,
    nothing_goes_out,
    take_locks,
)
from drafts.models import Draft
from policy.core import Platform as Counted
from policy.core import Post
from policy.core.measure import measure
from policy.core.text import Entities
from policy.services import pack_for
from publishing.services import serves


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
            take_locks([account])
            nothing_goes_out([account])
        if details.lpt != seen.lpt:
            no_hold_is_left_behind(seen.lpt, details.lpt)
        services.change_account(account, details, seen=seen, actor=actor, now=now)


def close_account(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Close an account that nothing waits to go out by: from then on it takes no drafts.

    Raises OrganisingRefused, PermissionDenied.
    """
    may_keep(actor, account.force)
    with transaction.atomic():
        look_whether_to_close(account)
        set_status(account, AccountStatus.CLOSED, actor=actor, now=now)


def look_whether_to_close(account: SocialAccount) -> None:
    """Keep what could go out by an account where it is until the transaction ends.

    Raises OrganisingRefused where something waits, or where the account is frozen: opening it
    again takes two people, and closing it must be no way round them.
    """
    take_locks([account])
    if SocialAccount.objects.filter(pk=account.pk, status=AccountStatus.FROZEN).exists():
        raise OrganisingRefused(
            f"{account} is frozen. Two people have to say that it is safe before it is closed."
        )
    nothing_goes_out([account])
    if count := Draft.objects.awaiting_review().filter(account=account).count():
        waits = "One draft waits" if count == 1 else f"{count} drafts wait"
        raise OrganisingRefused(
            f"{waits} for a decision for {account}. Have them decided or taken back first."
        )


def reopen_account(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Let a closed account take drafts again. Raises OrganisingRefused, PermissionDenied."""
    may_keep(actor, account.force)
    if account.lpt and account.lpt.closed_on:
        raise OrganisingRefused(f"{account.lpt} is closed. Move the account to another team first.")
    with transaction.atomic():
        if SocialAccount.objects.filter(pk=account.pk, status=AccountStatus.CLOSED).exists():
            set_status(account, AccountStatus.ACTIVE, actor=actor, now=now)


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
