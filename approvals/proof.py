"""The proof that the dispatcher asks for before it sends: decisions that fit the delivery."""

# An SQL condition on the delivery `d`. True when somebody decided in this name that this
# revision, this text goes out, and no step of its route lacks an approval of this very text by
# somebody who is still active and wrote none of it; an emergency needs no steps.
# settings.PROOF_OF_APPROVAL leads the dispatcher here: publishing knows nothing of approvals.
PROOF_OF_APPROVAL = """EXISTS (
    SELECT 1 FROM approvals_decision p
    WHERE p.delivery_id = d.id
    AND p.draft_id = d.draft_id
    AND p.revision_id = d.revision_id AND p.person_id = d.approved_by_id
    AND p.content_hash = d.approved_hash
    AND (p.verdict = 'emergency' OR p.verdict = 'approve' AND NOT EXISTS (
        SELECT 1 FROM drafts_reviewstep s
        WHERE s.revision_id = d.revision_id
        AND coalesce(s.passed_with, 32767) > (
            SELECT count(*) FROM approvals_decision q
            JOIN accounts_user u ON u.id = q.person_id AND u.is_active
            WHERE q.revision_id = s.revision_id AND q.step = s.number
            AND q.verdict = 'approve' AND q.content_hash = d.approved_hash
            AND NOT EXISTS (SELECT 1 FROM drafts_contribution c
                WHERE c.draft_id = q.draft_id AND c.person_id = q.person_id))
    ))
)"""
