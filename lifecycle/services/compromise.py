"""An account that looks hacked: frozen at once, cleared up step by step, opened again by two."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import AccountKind, AccountStatus, SocialAccount, User
from accounts.services import NotTwoPeople, are_two, set_status
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, write
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import Compromise, FurtherReport
from lifecycle.permissions import UNFREEZE
from lifecycle.services.people import centre_of, team_of
from lifecycle.services.steps import AlreadyTicked, begin, mark
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import PastPost
from publishing.services import freeze, give_back_what_fell_due

STATEMENT = (
    "Somebody else has had access to @{handle}. Tweets sent there since {since} may not be ours:"
    " please do not open their links. We are putting it right."
)


class AlreadyFrozen(Exception):
    """Somebody has reported the account before; this report is kept with theirs."""

    def __init__(self, case: Compromise) -> None:
        super().__init__(f"{case.account} is frozen already.")
        self.case = case


class IsClosed(Exception):
    """A closed account cannot be frozen: nothing goes out on it."""


class AlreadySigned(Exception):
    """The account was opened again by others."""


class SecondPersonNeeded(Exception):
    """Whoever signed first cannot be the second as well."""


class StepsOpen(Exception):
    """Something has to be done before the account may be opened again: `titles`."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


def report(account: SocialAccount, *, actor: User, words: str = "", now: datetime) -> Compromise:
    """Freeze an account that looks hacked, alert communications and begin the checklist.

    Nothing is handed to its platform any more when this returns. A further report is kept and told,
    and takes back the word of whoever signed that it is safe. Raises AlreadyFrozen, IsClosed,
    PermissionDenied.
    """
    if not actor.has_perm("publishing.freeze", account):
        raise PermissionDenied
    with transaction.atomic():
        _freeze(account, actor=actor, now=now)
        before = _open_case(account.pk)
        if before is None:
            return _begin(account, actor=actor, words=words, since=now, now=now)
        _report_further(before, actor=actor, words=words, since=now, now=now)
    # Only now: whoever opened it meanwhile, it is frozen again.
    raise AlreadyFrozen(before)


def report_post(post: PastPost, *, actor: User, now: datetime) -> Compromise:
    """Nobody knows a post that was sent past the product: its account is frozen the same way.

    Raises AlreadyExplained, PermissionDenied.
    """
    with transaction.atomic():
        freeze(post, actor=actor, now=now)
        words = f"A tweet that nobody knows: “{post.text[:200]}”"
        if before := _open_case(post.account_id):
            _report_further(before, actor=actor, words=words, since=post.posted_at, now=now)
            return before
        account = SocialAccount.objects.select_related("force", "lpt").get(pk=post.account_id)
        return _begin(account, actor=actor, words=words, since=post.posted_at, now=now)


def _freeze(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Locks the account's row: two reports come one after the other."""
    rows = SocialAccount.objects.filter(pk=account.pk).exclude(status=AccountStatus.CLOSED)
    if not rows.exists():
        raise IsClosed
    set_status(account, AccountStatus.FROZEN, actor=actor, now=now)


def _open_case(account_id: int) -> Compromise | None:
    return Compromise.objects.open().with_people().filter(account=account_id).first()


def _begin(
    account: SocialAccount, *, actor: User, words: str, since: datetime, now: datetime
) -> Compromise:
    case = Compromise.objects.create(
        account=account,
        words=words.strip(),
        since=since,
        reported_by=actor,
        reported_at=now,
    )
    begin(Process.COMPROMISE, case, now=now)
    record(Verb.ACCOUNT_REPORTED, account, actor=actor, at=now, case=case.pk)
    told = f"{actor} thinks that {account} is hacked. It is frozen: nothing goes out on it."
    _alert(case, told, actor=actor, now=now)
    return case


def _report_further(
    case: Compromise, *, actor: User, words: str, since: datetime, now: datetime
) -> None:
    """The caller holds the account's row."""
    words = words.strip()
    last = case.further_reports.order_by("-at", "-pk").first()
    before = (last.person_id, last.words) if last else (case.reported_by_id, case.words)
    if before == (actor.pk, words) and case.first_by is None:
        # The button was pressed twice.
        return
    signed = case.first_by
    FurtherReport.objects.create(compromise=case, person=actor, at=now, words=words)
    Compromise.objects.filter(pk=case.pk).update(
        first_by=None, first_at=None, since=min(case.since, since)
    )
    record(
        Verb.ACCOUNT_REPORTED, case.account, actor=actor, at=now, case=case.pk,
        took_back=signed.pk if signed else None,
    )  # fmt: skip
    told = f"{actor} saw something more on {case.account}, which is frozen."
    if signed:
        told += f" The word of {signed} that it is safe counts no longer: look, then sign again."
    _alert(case, told, actor=actor, now=now)


def _alert(case: Compromise, told: str, *, actor: User, now: datetime) -> None:
    account = case.account
    everybody = [*centre_of(account), *team_of(account, on=timezone.localdate(now))]
    tell(
        [person for person in everybody if person != actor],
        told,
        kind=Kind.ALERT,
        link=case.get_absolute_url(),
        urgent=True,
        now=now,
    )


def statement_account(case: Compromise) -> SocialAccount:
    """Where followers are told: the force's own account, unless that is the hacked one."""
    safe = SocialAccount.objects.active().filter(force=case.account.force_id)
    own = safe.filter(kind=AccountKind.FORCE).exclude(pk=case.account_id).in_order().first()
    return own or case.account


def start_statement(case: Compromise, *, actor: User, now: datetime) -> Draft:
    """Begin the draft that tells followers, and tick the step.

    Raises AlreadyTicked, PermissionDenied.
    """
    account = statement_account(case)
    step = case.steps.open().with_process().filter(key="statement").first()
    if step is None:
        raise AlreadyTicked
    if not actor.has_perm("lifecycle.tick", step):
        raise PermissionDenied
    since = timezone.localtime(case.since)
    text = STATEMENT.format(
        handle=case.account.handle, since=f"{since:%H:%M} on {since.day} {since:%B}"
    )
    with transaction.atomic():
        draft = write(Writing(text=text, account=account), author=actor, now=now)
        mark(step, actor=actor, note=f"Draft {draft.pk} on {account}", now=now)
    return draft


def sign(case: Compromise, *, actor: User, now: datetime) -> bool:
    """Say that the account is safe; the second person's word opens it. Returns whether it did.

    Whoever signed first still has to be here and entitled: otherwise this is the first signature.
    What fell due meanwhile is not sent: it goes back to people. Raises StepsOpen,
    SecondPersonNeeded, NotTwoPeople, AlreadySigned, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.unfreeze", case):
        raise PermissionDenied
    with transaction.atomic():
        # One after the other for each account: its row first, as whoever reports it takes it.
        SocialAccount.objects.filter(pk=case.account_id).update(lock=F("lock") + 1)
        rows = Compromise.objects.open().filter(pk=case.pk)
        if not rows.exists():
            raise AlreadySigned
        vital = [key for key, s in CHECKLISTS[Process.COMPROMISE].items() if s.vital]
        left = case.steps.open().filter(key__in=vital).in_order()
        if titles := [step.about.title for step in left]:
            raise StepsOpen(titles)
        first = _who_signed(case.pk)
        if first is None:
            # One that counts no more is taken back before another takes its place.
            rows.update(first_by=None, first_at=None)
            rows.update(first_by=actor, first_at=now)
            _signed_first(case, actor=actor, now=now)
            return False
        if first != actor and not are_two(actor, first, now=now):
            raise NotTwoPeople(actor, first)
        if not rows.exclude(first_by=actor).update(second_by=actor, ended_at=now):
            raise SecondPersonNeeded
        _open_again(case, actor=actor, now=now)
    return True


def _who_signed(case_id: int) -> User | None:
    """Whose first signature counts: theirs who are still here and may still open the account."""
    case = Compromise.objects.with_people().get(pk=case_id)
    if case.first_by is None:
        return None
    # Nobody leaves while this is decided.
    person = User.objects.select_for_update().get(pk=case.first_by.pk)
    return person if person.has_perm("lifecycle.unfreeze", case) else None


def signature_counts(case: Compromise) -> bool:
    """Whether a second signature would open the account."""
    return case.first_by is not None and case.first_by.has_perm("lifecycle.unfreeze", case)


def _signed_first(case: Compromise, *, actor: User, now: datetime) -> None:
    record(Verb.ACCOUNT_SAFE, case.account, actor=actor, at=now, case=case.pk)
    told = f"{actor} says that {case.account} is safe. A second person has to say so too."
    others = [person for person in centre_of(case.account, UNFREEZE) if person != actor]
    tell(others, told, kind=Kind.ALERT, link=case.get_absolute_url(), urgent=True, now=now)


def _open_again(case: Compromise, *, actor: User, now: datetime) -> None:
    account = case.account
    record(Verb.ACCOUNT_UNFROZEN, account, actor=actor, at=now, case=case.pk)
    settle(case.get_absolute_url(), now=now)
    # Before the account is open: nothing may slip through in between.
    give_back_what_fell_due(account, now=now)
    if SocialAccount.objects.filter(pk=account.pk, status=AccountStatus.FROZEN).exists():
        set_status(account, AccountStatus.ACTIVE, actor=actor, now=now)
    told = f"{account} is open again. What was due meanwhile was not sent and needs a new time."
    everybody = [*centre_of(account), *team_of(account, on=timezone.localdate(now))]
    tell(
        [person for person in everybody if person != actor],
        told,
        link=case.get_absolute_url(),
        now=now,
    )
