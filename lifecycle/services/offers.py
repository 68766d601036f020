"""Offering a draft to another team's account, and answering to it."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountKind, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS
from audit.services import record
from audit.verbs import Verb
from drafts.case import Naming
from drafts.models import Draft
from drafts.services import Writing, write
from lifecycle.models import Offer
from lifecycle.services.people import centre_of, team_of
from lifecycle.workflow import OfferMove
from notices.services import settle, tell


class AlreadyOffered(Exception):
    """The draft waits for an answer of this account already."""


def may_be_offered_to(draft: Draft) -> QuerySet[SocialAccount]:
    """The other accounts of the force, by handle."""
    others = SocialAccount.objects.active().filter(force=draft.account.force_id)
    return others.exclude(pk=draft.account_id).in_order()


def offer(
    draft: Draft, account: SocialAccount, *, actor: User, words: str = "", now: datetime
) -> Offer:
    """Offer the draft as it stands. Raises AlreadyOffered, PermissionDenied."""
    is_there = may_be_offered_to(draft).filter(pk=account.pk).exists()
    if not (actor.has_perm("drafts.read", draft) and is_there):
        raise PermissionDenied
    try:
        with transaction.atomic():
            made = Offer.objects.create(
                draft=draft, revision=draft.current_revision, account=account,
                words=words.strip(), offered_by=actor, offered_at=now,
            )  # fmt: skip
            record(Verb.DRAFT_OFFERED, draft, actor=actor, at=now, account=str(account))
            told = f"{actor} offers a draft for {account}. You adopt it, or not."
            people = [person for person in _answerers(account, now) if person != actor]
            tell(people, told, link=made.get_absolute_url(), now=now)
    except IntegrityError:
        raise AlreadyOffered from None
    return made


def _answerers(account: SocialAccount, now: datetime) -> list[User]:
    """The account's team; communications for the force's own account."""
    if account.kind == AccountKind.FORCE:
        return centre_of(account, COMMS_REVIEWERS)
    return team_of(account, on=timezone.localdate(now))


def adopt_offer(made: Offer, *, actor: User, now: datetime) -> Draft:
    """Make a draft of one's own of it: whoever wrote a word of it never approves it either.

    Raises AlreadyDecided, PermissionDenied.
    """
    if not actor.has_perm("drafts.write", made.account):
        raise PermissionDenied
    revision = made.revision
    writing = Writing(
        text=revision.text,
        account=made.account,
        category=revision.category,
        declared=replace(revision.declared, naming=Naming()),
    )
    with transaction.atomic():
        rows = Offer.objects.filter(pk=made.pk)
        rows.move(OfferMove.ADOPT, answered_by=actor, answered_at=now)
        draft = write(writing, author=actor, now=now, copied_from=made.draft)
        rows.update(adopted=draft)
        record(Verb.OFFER_ADOPTED, made.draft, actor=actor, at=now, draft=draft.pk)
        _answered(made, f"{actor} adopted your draft for {made.account}.", actor, now)
    return draft


def turn_down_offer(made: Offer, *, actor: User, answer: str, now: datetime) -> None:
    """Not for this account. Raises AlreadyDecided, PermissionDenied."""
    if not actor.has_perm("drafts.write", made.account):
        raise PermissionDenied
    with transaction.atomic():
        Offer.objects.filter(pk=made.pk).move(
            OfferMove.TURN_DOWN, answered_by=actor, answered_at=now, answer=answer.strip()
        )
        record(Verb.OFFER_DECLINED, made.draft, actor=actor, at=now)
        _answered(made, f"{actor} did not adopt your draft for {made.account}.", actor, now)


def _answered(made: Offer, told: str, actor: User, now: datetime) -> None:
    settle(made.get_absolute_url(), now=now)
    if made.offered_by != actor:
        tell([made.offered_by], told, link=reverse("lifecycle:offers"), now=now)
