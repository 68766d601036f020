"""Posting from the centre: one text, several accounts, a draft for each."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from drafts.models import CentralPart, CentralPost, Draft
from drafts.services.checking import Checked, check_text
from drafts.services.submitting import NotReady, Problem, discard, submit
from drafts.services.writing import Writing, save, write
from drafts.workflow import Move, StaleDraft, allows

MOST_ACCOUNTS = 60


def write_centrally(
    writing: Writing,
    accounts: Sequence[SocialAccount],
    *,
    author: User,
    now: datetime,
    key: uuid.UUID | None = None,
) -> CentralPost:
    """One draft for each of `accounts`, all with the words of `writing`, or none at all.

    The same `key` gives the post that is already there. Raises PermissionDenied when `author` may
    not post centrally on one of them, or when the key is somebody else's.
    """
    if not accounts or len({account.force_id for account in accounts}) > 1:
        raise PermissionDenied
    if not all(author.has_perm("drafts.post_centrally", account) for account in accounts):
        raise PermissionDenied
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            central = CentralPost.objects.create(
                key=key, force=accounts[0].force, author=author, created_at=now
            )
            for account in accounts:
                _add(central, writing, account, author=author, now=now)
            record(Verb.CENTRAL_WRITTEN, central, actor=author, at=now, accounts=_names(accounts))
    except IntegrityError:
        first = CentralPost.objects.filter(key=key).first()
        if first is None:
            # Another fault is not ours to hide.
            raise
        if first.author != author:
            raise PermissionDenied from None
        return first
    return central


def _add(
    central: CentralPost,
    writing: Writing,
    account: SocialAccount,
    *,
    author: User,
    now: datetime,
) -> None:
    draft = write(
        replace(writing, account=account),
        author=author,
        key=uuid.uuid5(central.key, str(account.pk)),
        now=now,
    )
    CentralPart.objects.create(central=central, draft=draft, content_hash=draft.content_hash)


def _names(accounts: Sequence[SocialAccount]) -> list[str]:
    return [str(account) for account in accounts]


def editable(central: CentralPost) -> list[Draft]:
    """Its drafts that go together and can be changed, by account."""
    return [draft for draft in central.together() if allows(Move.EDIT, draft.state)]


def change_centrally(
    central: CentralPost,
    writing: Writing,
    accounts: Collection[SocialAccount],
    *,
    actor: User,
    now: datetime,
) -> list[Draft]:
    """Give every draft that can still be changed the words of `writing`; return these drafts.

    Those of accounts that are not among `accounts` are left out: their author discards them.
    Raises StaleDraft when none would be left or one is changed at this moment, PermissionDenied.
    """
    everything = editable(central)
    drafts = [draft for draft in everything if draft.account in accounts]
    if not drafts:
        raise StaleDraft
    with transaction.atomic():
        for draft in everything:
            if draft not in drafts:
                discard(draft, actor=actor, now=now)
        changed = [
            save(
                draft,
                replace(writing, account=draft.account),
                actor=actor,
                revision_number=draft.revision_number,
                now=now,
            )
            for draft in sorted(drafts, key=lambda draft: draft.pk)
        ]
        for draft in changed:
            CentralPart.objects.filter(draft=draft).update(content_hash=draft.content_hash)
        names = _names([draft.account for draft in changed])
        record(Verb.CENTRAL_CHANGED, central, actor=actor, at=now, accounts=names)
    return changed


def submit_centrally(
    central: CentralPost,
    *,
    actor: User,
    answers: Mapping[str, str],
    ticked: Mapping[str, str],
    now: datetime,
) -> list[Draft]:
    """Hand in every draft that can be handed in, or none; return these drafts.

    Raises NotReady with what stands in the way on any account, StaleDraft, PermissionDenied.
    """
    drafts = [draft for draft in central.together() if allows(Move.SUBMIT, draft.state)]
    if not drafts:
        raise StaleDraft
    refused: dict[str, list[Problem]] = {}
    submitted = []
    with transaction.atomic():
        for draft in sorted(drafts, key=lambda draft: draft.pk):
            try:
                submitted.append(
                    submit(
                        draft,
                        actor=actor,
                        revision_number=draft.revision_number,
                        answers=answers,
                        ticked=ticked,
                        now=now,
                    )
                )
            except NotReady as refusal:
                refused[str(draft.account)] = refusal.problems
        if refused:
            raise NotReady(_put_together(refused, len(drafts)))
    return submitted


def _put_together(refused: Mapping[str, list[Problem]], count: int) -> list[Problem]:
    """Each problem once; with the names of its accounts, unless it is on all of them."""
    names: dict[Problem, list[str]] = {}
    for name, problems in refused.items():
        for problem in problems:
            names.setdefault(problem, []).append(name)
    return [
        problem
        if len(accounts) == count
        else replace(problem, sentence=f"{', '.join(accounts)}: {problem.sentence}")
        for problem, accounts in names.items()
    ]


def check_centrally(
    writing: Writing,
    accounts: Sequence[SocialAccount],
    *,
    attested: Mapping[str, str],
    now: datetime,
    drafts: Mapping[int, int] | None = None,
) -> Checked:
    """What the rulebook says on any of `accounts`: each finding and each tick once.

    `drafts` gives the key of the draft on an account, by the account's key, where there is one.
    """
    known = drafts or {}
    found = [
        check_text(
            writing.text,
            account=account,
            category=writing.category,
            declared=writing.declared,
            attested=attested,
            now=now,
            draft_id=known.get(account.pk),
            goes_out=writing.planned.at if writing.planned else None,
        )
        for account in accounts
    ]
    findings = {finding.key: finding for one in found for finding in one.report.findings}
    heaviest = sorted(findings.values(), key=lambda finding: -finding.severity.weight)
    asked = {tick.id: tick for one in found for tick in one.asked}
    longest = min(found, key=lambda one: one.report.remaining)
    return Checked(replace(longest.report, findings=tuple(heaviest)), tuple(asked.values()))
