"""The proof that the dispatcher asks for before it sends: a decision that fits the delivery."""

from django.db.models import Exists, OuterRef

from approvals.models import Decision, Verdict


def proof_of_approval() -> Exists:
    """True of a delivery that somebody approved: this revision, this text, in this name.

    For a query over deliveries; settings.PROOF_OF_APPROVAL leads the dispatcher here, since
    publishing knows nothing of approvals.
    """
    return Exists(
        Decision.objects.filter(
            delivery=OuterRef("pk"),
            verdict=Verdict.APPROVE,
            draft=OuterRef("draft_id"),
            revision=OuterRef("revision_id"),
            person=OuterRef("approved_by_id"),
            content_hash=OuterRef("approved_hash"),
        )
    )
