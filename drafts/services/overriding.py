"""Passing over a block, for somebody who had no part in the draft."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft, Override
from drafts.services.checking import (
    can_be_passed_over,
    check_content,
    content_of,
    overrides_of,
    standing_blocks,
)
from drafts.workflow import StaleDraft, State
from notices.services import tell
from policy.core import Finding

# While a draft is being written or waits for review; afterwards it would change an approval.
OPEN = (State.DRAFT, State.CHANGES_REQUESTED, State.SUBMITTED)


class NothingToPassOver(Exception):
    """No block with this key stops the text now, or it is one that nobody passes over."""


def blocks_to_pass_over(draft: Draft, *, now: datetime) -> list[Finding]:
    """The blocks of the draft as it stands that a person with the permission may pass over."""
    if draft.state not in OPEN:
        return []
    revision = content_of(draft)
    passed_over = {override.finding for override in overrides_of(revision)}
    standing = standing_blocks(check_content(revision, now=now), passed_over)
    # The same words in two places are one decision.
    return list({f.key: f for f in standing if can_be_passed_over(f)}.values())


def override(
    draft: Draft, *, finding: str, reason: str, revision_hash: str, actor: User, now: datetime
) -> Override:
    """Take the block with the key `finding` upon oneself, for exactly the content shown.

    It holds for the hash `revision_hash` and for nothing else. Raises StaleDraft when the draft
    says something else by now or is decided, NothingToPassOver, PermissionDenied.
    """
    if not (reason.strip() and actor.has_perm("policy.override_block", draft)):
        raise PermissionDenied
    draft.refresh_from_db()
    if draft.content_hash != revision_hash or draft.state not in OPEN:
        raise StaleDraft
    block = next((f for f in blocks_to_pass_over(draft, now=now) if f.key == finding), None)
    if block is None:
        raise NothingToPassOver
    with transaction.atomic():
        # First, so that a save or a decision in another tab has to wait or has won.
        shown = Draft.objects.filter(pk=draft.pk, content_hash=revision_hash, state__in=OPEN)
        if not shown.update(changed_at=now):
            raise StaleDraft
        if draft.contributions.filter(person=actor).exists():
            raise PermissionDenied
        made = Override.objects.create(
            draft=draft,
            content_hash=revision_hash,
            finding=block.key,
            rule=block.rule,
            reason=reason.strip(),
            person=actor,
            at=now,
        )
        record(
            Verb.DRAFT_BLOCK_PASSED_OVER,
            draft,
            actor=actor,
            at=now,
            rule=block.rule,
            override=made.pk,
            hash=revision_hash,
            pack=f"{block.pack} {block.pack_version}",
        )
        tell(
            [draft.author],
            f"{actor} passed over “{block.title}” in your tweet for {draft.account}. It holds for"
            " exactly this text.",
            link=draft.get_absolute_url(),
            now=now,
        )
    return made
