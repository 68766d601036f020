"""Publishing in an emergency: one duty officer's decision, looked at afterwards by another."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import COMMS_REVIEWERS, Role
from approvals.models import AfterReview, Decision, Occasion, Verdict
from approvals.services.deciding import (
    is_decided_together,
    put_on_its_way,
    refuse_contributor,
    stops,
    take_in_time,
    unfit_for,
)
from approvals.services.refusals import DecidedTogether, NotPossible, RulesObject
from approvals.services.reminding import no_longer_waits
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import check_content, content_of, overrides_of
from drafts.workflow import Move, StaleDraft, allows
from notices.models import Kind
from notices.services import tell
from publishing.models import Delivery


def publish_in_emergency(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    reason: str,
    now: datetime,
) -> Delivery:
    """Let out what was shown without the steps that its route still asks for.

    Whatever stops an approval stops this as well, the law first of all, and so does having
    written any of it. A group is told at once, and another person looks at it afterwards. Raises
    StaleDraft, OwnDraft, OutOfTime, DecidedTogether, RulesObject, PermissionDenied; ValueError
    without a reason.
    """
    refuse_contributor(draft, actor)
    if not actor.has_perm("approvals.publish_in_emergency", draft):
        raise PermissionDenied
    if not reason.strip():
        message = "An emergency needs a reason."
        raise ValueError(message)
    if draft.content_hash != revision_hash or not allows(Move.APPROVE, draft.state):
        raise StaleDraft
    if is_decided_together(draft):
        raise DecidedTogether
    if sentences := unfit_for(draft, actor, now=now):
        raise NotPossible(sentences)
    revision = content_of(draft)
    report = check_content(revision, now=now)
    overrides = overrides_of(revision)
    if sentences := stops(revision, report, overrides):
        raise RulesObject(sentences)
    with transaction.atomic():
        current = Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision_hash
        )
        take_in_time(current, Move.APPROVE, now)
        refuse_contributor(draft, actor)
        delivery = put_on_its_way(revision, approved_by=actor, overrides=overrides, now=now)
        Decision.objects.create(
            draft=draft,
            revision=revision,
            step=draft.step,
            verdict=Verdict.EMERGENCY,
            person=actor,
            at=now,
            content_hash=revision.content_hash,
            report=report.as_dict(),
            delivery=delivery,
            sentence=reason.strip(),
        )
        AfterReview.objects.create(
            delivery=delivery,
            occasion=Occasion.EMERGENCY,
            asked_at=now,
            due_by=now + settings.EMERGENCY_REVIEWED_WITHIN,
        )
        no_longer_waits(draft, now=now)
        record(
            Verb.DRAFT_EMERGENCY,
            draft,
            actor=actor,
            at=now,
            revision=revision.number,
            hash=revision_hash,
            pack=f"{report.pack} {report.pack_version}",
        )
        told = f"{actor} published a tweet for {draft.account} in an emergency"
        tell(
            [*_group(draft, now), draft.author],
            f"{told}: {reason.strip()}",
            in_mail=f"{told}.",
            kind=Kind.ALERT,
            link=draft.get_absolute_url(),
            urgent=True,
            now=now,
        )
    return delivery


def _group(draft: Draft, now: datetime) -> list[User]:
    """Everyone who has to know: who reviews, and who keeps the accounts."""
    rows = Membership.objects.current(timezone.localdate(now)).filter(
        force=draft.account.force_id,
        role__in=COMMS_REVIEWERS | {Role.COMMS_ADMIN},
        person__is_active=True,
    )
    return [row.person for row in rows.select_related("person")]
