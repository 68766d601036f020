"""Commenting on a draft. A comment changes nothing about it, so every state allows one."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import COMMS_REVIEWERS
from approvals.mentions import Colleagues
from approvals.models import LONGEST_COMMENT, Comment
from approvals.readers import readers_of
from audit.services import record
from audit.verbs import Verb
from drafts.content import clean_text
from drafts.models import Draft
from notices.services import tell


def comment(
    draft: Draft,
    *,
    actor: User,
    text: str,
    now: datetime,
    to: str = "",
    key: uuid.UUID | None = None,
) -> Comment:
    """Say something about `draft` to everybody who sees it.

    An @ in `text` names a colleague, and so does `to`; both have to see the draft. They are told,
    and so are the author and whoever has it open in review. The same `key` again gives the comment
    that is already there.

    Raises UnclearMention, PermissionDenied (also when the key is somebody else's), ValueError for
    no words or more than LONGEST_COMMENT characters.
    """
    if not actor.has_perm("approvals.comment", draft):
        raise PermissionDenied
    text = clean_text(text).strip()
    if not 0 < len(text) <= LONGEST_COMMENT:
        message = f"A comment has 1 to {LONGEST_COMMENT} characters."
        raise ValueError(message)
    readers = list(readers_of(draft, on=timezone.localdate(now)))
    colleagues = Colleagues(readers)
    mentioned = {*colleagues.in_text(text), *([colleagues.called(to)] if to.strip() else [])}
    with transaction.atomic():
        # Whoever approves it meanwhile has heard this, or was first.
        list(Draft.objects.filter(pk=draft.pk).select_for_update(of=("self",)))
        said, is_new = Comment.objects.get_or_create(
            key=key or uuid.uuid4(),
            defaults={
                "draft": draft,
                "person": actor,
                "role": _role(actor, draft),
                "text": text,
                "at": now,
            },
        )
        if (said.draft_id, said.person_id) != (draft.pk, actor.pk):
            raise PermissionDenied
        if is_new:
            said.mentioned.set(mentioned)
            record(Verb.DRAFT_COMMENTED, draft, actor=actor, at=now, comment=said.pk)
            _tell(said, mentioned, readers, now)
    return said


def _role(actor: User, draft: Draft) -> str:
    """What the person is to this draft: their role in its team or in communications."""
    roles = [
        membership
        for membership in actor.current_memberships
        if membership.lpt_id == draft.account.lpt_id or membership.role in COMMS_REVIEWERS
    ]
    return (roles or actor.current_memberships)[0].role


def _tell(said: Comment, mentioned: Iterable[User], readers: Iterable[User], now: datetime) -> None:
    """No words of the comment: a notice is mailed, and outlives it."""
    draft, person = said.draft, said.person
    named = {one.pk for one in mentioned}
    others = {draft.author_id, draft.claimant_id(now)} - named
    for reader in readers:
        if reader == person or reader.pk not in named | others:
            continue
        did = "mentioned you in a comment" if reader.pk in named else "commented"
        tell(
            [reader],
            f"{person} {did} on the tweet for {draft.account}.",
            link=address_of(said, reader),
            now=now,
        )


def page_of(draft: Draft, reader: User) -> str:
    """Where this person reads the draft: who only covers for somebody sees its review alone."""
    if Draft.objects.visible_to(reader).filter(pk=draft.pk).exists():
        return draft.get_absolute_url()
    return reverse("approvals:review", args=[draft.pk])


def address_of(said: Comment, reader: User) -> str:
    """Where this person reads the comment."""
    return f"{page_of(said.draft, reader)}#comment-{said.pk}"
