"""Writing and changing drafts."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from drafts.case import NOTHING, Declared, Naming
from drafts.content import clean_text
from drafts.models import Contribution, Draft, Revision
from drafts.schedule import Planned
from drafts.services.checking import guess
from drafts.workflow import Move, StaleDraft, State
from notices.services import settle_waiting
from policy.services import pack_for


@dataclass(frozen=True, slots=True)
class Writing:
    """What a person typed. An empty `category` is guessed; `planned=None`: once approved.

    What was declared about a case counts only where the category is about one.
    """

    text: str
    account: SocialAccount
    category: str = ""
    planned: Planned | None = None
    declared: Declared = NOTHING

    def resolved(self) -> "Resolved":
        text = clean_text(self.text)
        category = self.category or guess(text, account=self.account)
        known = pack_for(self.account.force).categories.get(category)
        return Resolved(
            text=text,
            account=self.account,
            category=category,
            purpose=known.purpose if known else "",
            planned=self.planned,
            declared=self.declared.as_asked(text, category=category, account=self.account),
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    text: str
    account: SocialAccount
    category: str
    purpose: str
    planned: Planned | None
    declared: Declared

    @property
    def planned_at(self) -> datetime | None:
        return self.planned.at if self.planned else None

    def revision(self, draft: Draft, *, number: int, author: User, now: datetime) -> Revision:
        revision = Revision(
            draft=draft,
            number=number,
            author=author,
            created_at=now,
            account=self.account,
            handle=self.account.handle,
            text=self.text,
            category=self.category,
            purpose=self.purpose,
            planned_at=self.planned_at,
            **self.declared.columns(),
        )
        revision.content_hash = revision.content().digest()
        return revision

    def changes(self) -> dict[str, object]:
        """The draft's own columns that follow its newest revision."""
        return {
            "text": self.text,
            "account": self.account,
            "category": self.category,
            "purpose": self.purpose,
            "planned_at": self.planned_at,
            "planned_wall": self.planned.wall if self.planned else "",
            "planned_zone": self.planned.zone if self.planned else "",
        }

    def is_what(self, revision: Revision) -> bool:
        """Whether saving this would change nothing."""
        return (
            self.text,
            self.account.pk,
            self.category,
            self.planned_at,
            self.declared,
        ) == (
            revision.text,
            revision.account_id,
            revision.category,
            revision.planned_at,
            revision.declared,
        )


def write(
    writing: Writing,
    *,
    author: User,
    now: datetime,
    key: uuid.UUID | None = None,
    copied_from: Draft | None = None,
) -> Draft:
    """A new draft. The same `key` from the same author gives the draft that is already there.

    Raises StaleDraft when that draft says something else by now, PermissionDenied when `author`
    may not write for the account or the key is somebody else's.
    """
    if not author.has_perm("drafts.write", writing.account):
        raise PermissionDenied
    resolved = writing.resolved()
    draft = Draft(
        key=key or uuid.uuid4(),
        author=author,
        created_at=now,
        changed_at=now,
        copied_from=copied_from,
        **resolved.changes(),
    )
    try:
        with transaction.atomic():
            draft.save()
            revision = resolved.revision(draft, number=1, author=author, now=now)
            revision.save()
            Draft.objects.filter(pk=draft.pk).update(content_hash=revision.content_hash)
            if copied_from:
                # Whoever wrote the words that are copied never approves the copy either.
                Contribution.objects.bulk_create(
                    [
                        Contribution(draft=draft, person_id=person)
                        for person in copied_from.contributions.values_list("person", flat=True)
                    ],
                    ignore_conflicts=True,
                )
            verb = Verb.DRAFT_COPIED if copied_from else Verb.DRAFT_WRITTEN
            record(verb, draft, actor=author, at=now, revision=1, hash=revision.content_hash)
    except IntegrityError:
        first = Draft.objects.with_people().filter(key=draft.key).first()
        if first is None:
            # Another fault is not ours to hide.
            raise
        if first.author != author or not author.has_perm("drafts.read", first):
            raise PermissionDenied from None
        # The form was sent twice: by a double click, or changed after going back to it.
        if not resolved.is_what(first.current_revision):
            raise StaleDraft from None
        return first
    draft.content_hash = revision.content_hash
    return draft


def save(
    draft: Draft, writing: Writing, *, actor: User, revision_number: int, now: datetime
) -> Draft:
    """Save what `actor` typed over revision `revision_number` of the draft.

    A save that changes nothing writes nothing. Raises StaleDraft when the draft has another
    revision by now or is in a state that nobody edits, PermissionDenied when it is not theirs.
    """
    if not (
        actor.has_perm("drafts.edit", draft) and actor.has_perm("drafts.write", writing.account)
    ):
        raise PermissionDenied
    with transaction.atomic():
        if draft.state == State.CHANGES_REQUESTED:
            # Other words for it may have been suggested: nobody takes them any more.
            settle_waiting(draft.get_absolute_url(), now=now)
        return _write_over(draft, writing, author=actor, revision_number=revision_number, now=now)


def reword(draft: Draft, text: str, *, author: User, revision_number: int, now: datetime) -> Draft:
    """Put `text`, which `author` wrote, in the place of the draft's words; all else stays.

    The caller has asked whether anybody may. Raises StaleDraft as `save` does.
    """
    revision = draft.current_revision
    at = draft.planned_at
    writing = Writing(
        text=text,
        account=draft.account,
        category=draft.category,
        planned=Planned(at, draft.planned_wall, draft.planned_zone) if at else None,
        declared=revision.declared,
    )
    return _write_over(draft, writing, author=author, revision_number=revision_number, now=now)


def _write_over(
    draft: Draft, writing: Writing, *, author: User, revision_number: int, now: datetime
) -> Draft:
    resolved = writing.resolved()
    seen = Revision.objects.filter(draft=draft, number=revision_number).first()
    unchanged = seen is not None and resolved.is_what(seen)
    number = revision_number if unchanged else revision_number + 1
    with transaction.atomic():
        # What is unchanged keeps its own hash: it may be one of an older version.
        revision = (
            seen
            if seen is not None and unchanged
            else resolved.revision(draft, number=number, author=author, now=now)
        )
        Draft.objects.filter(pk=draft.pk, revision_number=revision_number).move(
            Move.EDIT,
            revision_number=number,
            content_hash=revision.content_hash,
            changed_at=now,
            **resolved.changes(),
        )
        if not unchanged:
            revision.save()
            record(
                Verb.DRAFT_EDITED,
                draft,
                actor=author,
                at=now,
                revision=number,
                hash=revision.content_hash,
            )
    draft.refresh_from_db()
    return draft


def copy(draft: Draft, *, actor: User, now: datetime) -> Draft:
    """A new draft with the same words and the same facts of the case.

    Time, answers, ticks, approvals and a decision to name stay behind.
    """
    writing = Writing(
        text=draft.text,
        account=draft.account,
        category=draft.category,
        declared=replace(draft.current_revision.declared, naming=Naming()),
    )
    return write(writing, author=actor, now=now, copied_from=draft)
