"""People's own accounts, which they give to be protected and take back whenever they like."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Force, SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from policy.core import PackError
from policy.core.pack import PARTNER_ACCOUNTS
from policy.core.registers import BY_NAME, GIVEN_BY_PEOPLE, check_entry, entry_of
from policy.models import StaffHandle
from policy.services.rulebook import next_generation, pack_for, version_pack

MOST = 5
# Each stops whatever is just being armed for one more check: nobody may do that without end.
MOST_A_DAY = 20


def handles_of(person: User) -> list[StaffHandle]:
    """What `person` gives now, oldest first."""
    return list(StaffHandle.objects.filter(person=person, withdrawn_at=None).order_by("pk"))


def handles_in(force: Force) -> list[StaffHandle]:
    """What the people of `force` give now, by name: for the few who may see it.

    Whoever has gone can take nothing back, and is not shown.
    """
    given = StaffHandle.objects.filter(
        withdrawn_at=None, person__is_active=True, person__memberships__force=force
    )
    return list(given.select_related("person").distinct().order_by("person__full_name", "pk"))


def give_handle(person: User, typed: str, *, now: datetime) -> None:
    """Protect an account of one's own from now on. Raises PackError with a plain sentence."""
    if not person.has_perm("policy.protect_handle"):
        raise PermissionDenied
    handle = entry_of(BY_NAME[GIVEN_BY_PEOPLE], typed)
    own = handles_of(person)
    if any(given.handle.casefold() == handle.casefold() for given in own):
        raise _error("You have given this account already.")
    if len(own) >= MOST:
        raise _error(f"You can give {MOST} accounts. Take one back first.")
    lately = StaffHandle.objects.filter(person=person, given_at__gt=now - timedelta(days=1))
    if lately.count() >= MOST_A_DAY:
        raise _error("You have given and taken back too many today. Come back tomorrow.")
    force = person.current_memberships[0].force
    if _is_official(handle, force):
        raise _error("This is an official account, which tweets may mention.")
    # Only its form: a colleague may have given the same one.
    check_entry(version_pack(Force(policy_pack=force.policy_pack), None), GIVEN_BY_PEOPLE, handle)
    try:
        with transaction.atomic():
            next_generation()
            StaffHandle.objects.create(person=person, handle=handle, given_at=now)
            # The trail outlives a withdrawal, so it never holds the account's name.
            record(Verb.HANDLE_GIVEN, person, actor=person, at=now)
    except IntegrityError as raced:
        raise _error("You have given this account already.") from raced


def _is_official(handle: str, force: Force) -> bool:
    """Whether the account is one of the force's or its partners', which nobody gives as theirs."""
    pack = pack_for(force)
    partners = (account for _, account in pack.pairs(PARTNER_ACCOUNTS))
    listed = {*pack.lists["force_accounts"], *pack.lists["senior_accounts"], *partners}
    return (
        handle.casefold() in {known.casefold() for known in listed}
        or SocialAccount.objects.filter(force=force, handle__iexact=handle).exists()
    )


def withdraw_handle(person: User, handle_id: int, *, now: datetime) -> bool:
    """Take an account of one's own back; False when it was taken back before."""
    mine = StaffHandle.objects.filter(pk=handle_id, person=person, withdrawn_at=None)
    # Asked first: what changes nothing must not send every tweet back to be checked again.
    if not mine.exists():
        return False
    with transaction.atomic():
        next_generation()
        if not mine.update(handle="", withdrawn_at=now):
            return False
        record(Verb.HANDLE_WITHDRAWN, person, actor=person, at=now)
    return True


def _error(sentence: str) -> PackError:
    return PackError(sentence, sentence=sentence, key=f"lists.{GIVEN_BY_PEOPLE}")
