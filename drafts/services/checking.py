"""Asking the rulebook about a draft."""

from datetime import datetime

from accounts.models import SocialAccount
from drafts.models import Draft, Revision
from incidents.services import context_of
from policy.core import Context, Kind, Platform, Post, Report, check, guess_category
from policy.services import pack_for


def context_for(draft: Draft, *, now: datetime) -> Context:
    """What the rulebook must know besides the text: the incidents that cover the account."""
    return context_of(draft.account, now=now)


def check_text(text: str, *, account: SocialAccount, category: str, now: datetime) -> Report:
    """What the rulebook says of a text that is being typed."""
    post = Post(
        text=text,
        account=account.handle,
        platform=Platform(account.platform),
        category=category or guess(text, account=account),
    )
    return check(post, context_of(account, now=now), pack_for(account.force))


def check_content(revision: Revision, *, now: datetime) -> Report:
    """What the rulebook says of a revision, with everything that belongs to it."""
    post = Post(
        text=revision.text,
        account=revision.account.handle,
        platform=Platform(revision.account.platform),
        kind=Kind(revision.kind),
        category=revision.category,
        source_text=revision.source.get("text", ""),
        source_account=revision.source.get("account", ""),
        alt_texts=tuple(revision.alt_texts),
    )
    return check(post, context_of(revision.account, now=now), pack_for(revision.account.force))


def last_answers(draft: Draft) -> dict[str, str]:
    """What the officer answered when the draft was last submitted, by finding key."""
    submission = draft.submissions.order_by("pk").last()
    return submission.answers if submission else {}


def guess(text: str, *, account: SocialAccount) -> str:
    """The id of the category that the text looks like."""
    return guess_category(text, pack_for(account.force))


def content_of(draft: Draft) -> Revision:
    """The revision that stands for the draft now."""
    return Revision.objects.select_related("account__force", "account__lpt").get(
        draft=draft, number=draft.revision_number
    )
