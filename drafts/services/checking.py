"""Asking the rulebook about a draft."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from accounts.models import SocialAccount
from drafts.case import NOTHING, Declared
from drafts.models import Attested, Draft, Override, Revision
from drafts.workflow import State
from incidents.services import context_of
from policy.core import (
    Attestation,
    Context,
    Earlier,
    Finding,
    Kind,
    Platform,
    Post,
    Report,
    attestations_for,
    check,
    guess_category,
)
from policy.services import name_detector, pack_for

# How far back, and how many, other tweets of the account are compared.
LOOK_BACK: Final = timedelta(days=30)
MOST_EARLIER: Final = 200
# The one rule whose word changes with nothing but the hour: the same words again after a day.
SAME_WORDS: Final = "duplicate-text"


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and the ticks that the text needs besides the submit button."""

    report: Report
    asked: tuple[Attestation, ...]


def context_for(draft: Draft, *, now: datetime) -> Context:
    """What the rulebook must know besides the text of a draft."""
    return _context(draft.account, draft_id=draft.pk, goes_out=draft.planned_at, now=now)


def earlier_of(
    account: SocialAccount, *, now: datetime, except_draft: int | None = None
) -> tuple[Earlier, ...]:
    """The account's other tweets that went out lately, wait or are on their way, newest first.

    From LOOK_BACK ago on and at most MOST_EARLIER, in one query.
    """
    others = Draft.objects.filter(
        account=account,
        state__in=[State.SUBMITTED, State.APPROVED],
        queue_at__gt=now - LOOK_BACK,
    )
    if except_draft is not None:
        others = others.exclude(pk=except_draft)
    rows = others.order_by("-queue_at", "-pk")
    found = rows.values_list("text", "queue_at")[:MOST_EARLIER]
    return tuple(Earlier(text=text, at=at) for text, at in found if at)


def _context(
    account: SocialAccount, *, draft_id: int | None, goes_out: datetime | None, now: datetime
) -> Context:
    around = context_of(account, now=now, goes_out=goes_out)
    return replace(around, earlier=earlier_of(account, now=now, except_draft=draft_id))


def check_text(
    text: str,
    *,
    account: SocialAccount,
    category: str,
    now: datetime,
    declared: Declared = NOTHING,
    attested: Iterable[str] = (),
    draft_id: int | None = None,
    goes_out: datetime | None = None,
) -> Checked:
    """What the rulebook says of a text that is being typed, in the draft `draft_id` if it is one.

    `attested` are the ids of the attestations that were ticked for exactly this text, `goes_out`
    is the planned time, if one was chosen.
    """
    category = category or guess(text, account=account)
    post = Post(
        text=text,
        account=account.handle,
        platform=Platform(account.platform),
        category=category,
        case=declared.as_asked(text, category=category, account=account).facts(account),
    )
    context = _context(account, draft_id=draft_id, goes_out=goes_out, now=now)
    return _checked(post, account=account, context=context, attested=attested)


def post_of(revision: Revision) -> Post:
    """A revision as the rulebook reads it."""
    return Post(
        text=revision.text,
        account=revision.account.handle,
        platform=Platform(revision.account.platform),
        kind=Kind(revision.kind),
        category=revision.category,
        source_text=revision.source.get("text", ""),
        source_account=revision.source.get("account", ""),
        alt_texts=tuple(revision.alt_texts),
        pictures=len(revision.media),
        case=revision.declared.facts(revision.account),
    )


def check_content(revision: Revision, *, now: datetime) -> Report:
    """What the rulebook says of a revision, with everything that belongs to it."""
    return check_revision(revision, attested=attested_ids(revision), now=now).report


def check_revision(revision: Revision, *, attested: Iterable[str], now: datetime) -> Checked:
    """What the rulebook says of a revision if `attested` are ticked for it."""
    context = _context(
        revision.account, draft_id=revision.draft_id, goes_out=revision.planned_at, now=now
    )
    return _checked(post_of(revision), account=revision.account, context=context, attested=attested)


def _checked(
    post: Post, *, account: SocialAccount, context: Context, attested: Iterable[str]
) -> Checked:
    pack = pack_for(account.force)
    report = check(post, context, pack, names=name_detector())
    asked = attestations_for(post, report)
    given = frozenset(attested) & {attestation.id for attestation in asked}
    if given:
        # A second look: a rule may be content with a tick that it asked for itself.
        report = check(post, replace(context, attested=given), pack, names=name_detector())
    return Checked(report, asked)


def attested_ids(revision: Revision) -> frozenset[str]:
    """The ids of the attestations that were given for exactly this content."""
    given = Attested.objects.filter(
        submission__draft=revision.draft_id, content_hash=revision.content_hash
    )
    return frozenset(given.values_list("attestation", flat=True))


def last_ticks(draft: Draft) -> dict[str, str]:
    """What was ticked when the draft was last submitted, with the text that each asked for.

    Empty when the draft has changed since: another text asks again.
    """
    submission = draft.submissions.order_by("pk").last()
    if submission is None:
        return {}
    given = submission.attested.filter(content_hash=draft.content_hash)
    return dict(given.values_list("attestation", "text"))


def overrides_of(revision: Revision) -> list[Override]:
    """Who passed over which block of exactly this content, oldest first."""
    return list(Override.objects.for_content(revision.draft, revision.content_hash))


def can_be_passed_over(finding: Finding) -> bool:
    """Whether a block is of the kind that a permission may pass over: never the law's."""
    return bool(finding.overridable_by) and not finding.is_legal


def standing_blocks(report: Report, passed_over: Collection[str]) -> list[Finding]:
    """The blocks that still stop the text, when those with the keys `passed_over` do not."""
    return [
        finding
        for finding in report.blocking
        if not (finding.key in passed_over and can_be_passed_over(finding))
    ]


def depends_on_the_hour(report: Report) -> bool:
    """Whether a later hour of the same day alone, all else the same, may change the blocks."""
    return any(finding.rule == SAME_WORDS for finding in report.findings)


def last_answers(draft: Draft) -> dict[str, str]:
    """What the officer answered when the draft was last submitted, by finding key."""
    submission = draft.submissions.order_by("pk").last()
    return submission.answers if submission else {}


def guess(text: str, *, account: SocialAccount) -> str:
    """The id of the category that the text looks like."""
    return guess_category(text, pack_for(account.force))


def content_of(draft: Draft) -> Revision:
    """The revision that stands for the draft now."""
    revision = Revision.objects.select_related("account__force", "account__lpt").get(
        draft=draft, number=draft.revision_number
    )
    revision.draft = draft
    return revision
