from audit.triggers import Trigger, append_only
from drafts.triggers import refuse_contributor

TRIGGERS = [
    *append_only("approvals_decision"),
    refuse_contributor(
        name="approvals_decision_approver",
        table="approvals_decision",
        person="person_id",
    ),
    # Two steps, or two of one step, are two people. Each run through review has its own revision.
    Trigger(
        name="approvals_decision_once",
        table="approvals_decision",
        event="INSERT",
        when="NEW.verdict = 'approve' AND EXISTS (SELECT 1 FROM approvals_decision d"
        " WHERE d.revision_id = NEW.revision_id AND d.verdict = 'approve'"
        " AND d.person_id = NEW.person_id)",
        refuses="nobody approves the same revision twice",
    ),
    *append_only("approvals_comment"),
    *append_only("approvals_comment_mentioned"),
    # A suggestion is taken once; its words never change.
    *append_only(
        "approvals_suggestion",
        unless="OLD.taken_at IS NULL AND NEW.text = OLD.text AND NEW.person_id = OLD.person_id"
        " AND NEW.revision_id = OLD.revision_id",
    ),
    *append_only(
        "approvals_afterreview",
        unless="OLD.at IS NULL AND NEW.delivery_id = OLD.delivery_id",
    ),
    Trigger(
        name="approvals_afterreview_person",
        table="approvals_afterreview",
        event="UPDATE",
        when="NEW.person_id IS NOT NULL AND EXISTS (SELECT 1 FROM publishing_delivery d"
        " WHERE d.id = NEW.delivery_id AND (d.approved_by_id = NEW.person_id OR EXISTS"
        " (SELECT 1 FROM drafts_contribution c WHERE c.draft_id = d.draft_id"
        " AND c.person_id = NEW.person_id)))",
        refuses="nobody looks after what they wrote or let out",
    ),
]
