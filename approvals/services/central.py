"""One decision on a post for several accounts: all of its drafts, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.supervisors import supervisors_of
from approvals.reasons import Reason
from approvals.services.deciding import approve, reject, return_for_changes
from approvals.services.refusals import OutOfTime, OwnDraft, RulesObject
from drafts.models import CentralPost, Draft
from drafts.workflow import StaleDraft, State
from notices.services import tell
from publishing.models import Delivery


class Seen(NamedTuple):
    """What the form showed of one draft."""

    number: int
    content_hash: str
    step: int = 1
    # The newest comment on it, 0 for none.
    last_comment: int = 0


@dataclass
class PartRefused(Exception):
    """One account's draft cannot be approved, so none is. `cause` says why."""

    draft: Draft
    cause: OutOfTime | RulesObject


def waiting(central: CentralPost) -> list[Draft]:
    """The drafts that one decision is about, by key: they go together and wait for review."""
    return sorted(central.together().filter(state=State.SUBMITTED), key=lambda draft: draft.pk)


def approve_centrally(
    central: CentralPost,
    *,
    actor: User,
    seen: Mapping[int, Seen],
    now: datetime,
    note: str = "",
) -> list[Delivery]:
    """Approve exactly what was shown on every account: a decision and a delivery for each.

    `seen` is by the draft's key; `note` says why, where a rule was passed over on any. Raises
    StaleDraft when there is anything more, less or other by now, TalkedAbout, OwnDraft,
    PartRefused, PermissionDenied; then nothing is approved.
    """
    with transaction.atomic():
        deliveries = []
        for draft in _locked(central, actor, seen):
            try:
                delivery = approve(
                    draft,
                    actor=actor,
                    revision_number=seen[draft.pk].number,
                    revision_hash=seen[draft.pk].content_hash,
                    step=seen[draft.pk].step,
                    now=now,
                    note=note,
                    last_comment=seen[draft.pk].last_comment,
                    centrally=True,
                )
            except (OutOfTime, RulesObject) as cause:
                raise PartRefused(draft, cause) from cause
            if delivery is None:
                # A post of the centre has one step: whatever else this is, it was not shown.
                raise StaleDraft
            deliveries.append(delivery)
            _tell_team(draft, actor, now)
    return deliveries


def send_back_centrally(
    central: CentralPost,
    *,
    actor: User,
    seen: Mapping[int, Seen],
    rejects: bool,
    reason: Reason,
    sentence: str,
    now: datetime,
) -> int:
    """Return or reject all of it; return how many drafts. Raises as approve_centrally."""
    send_back = reject if rejects else return_for_changes
    with transaction.atomic():
        drafts = _locked(central, actor, seen)
        for draft in drafts:
            send_back(
                draft,
                actor=actor,
                revision_number=seen[draft.pk].number,
                revision_hash=seen[draft.pk].content_hash,
                reason=reason,
                sentence=sentence,
                now=now,
                centrally=True,
            )
    return len(drafts)


def _locked(central: CentralPost, actor: User, seen: Mapping[int, Seen]) -> list[Draft]:
    """The drafts to decide on, in the order of their keys. Raises StaleDraft, OwnDraft."""
    if not actor.has_perm("drafts.post_centrally"):
        raise PermissionDenied
    # Every draft's row, so that nobody writes on one of them while the others are decided.
    for key in sorted(central.parts.values_list("draft_id", flat=True)):
        Draft.objects.filter(pk=key).update(changed_at=F("changed_at"))
    drafts = waiting(central)
    if not drafts or {draft.pk for draft in drafts} != set(seen):
        raise StaleDraft
    if central.drafts().filter(contributions__person=actor).exists():
        raise OwnDraft
    return drafts


def _tell_team(draft: Draft, actor: User, now: datetime) -> None:
    goes_out = "at its time" if draft.planned_at else "as soon as it can"
    told = (
        f"Corporate communications posts on your account {draft.account}, {goes_out}."
        f" Approved by {actor}"
    )
    tell(
        supervisors_of(draft.account, on=timezone.localdate(now)),
        f"{told}: “{draft.text}”",
        in_mail=f"{told}.",
        link=draft.get_absolute_url(),
        now=now,
    )
