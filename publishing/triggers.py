"""What no code path can do to a delivery, whichever it is."""

from audit.triggers import append_only
from drafts.triggers import refuse_contributor

TRIGGERS = [
    refuse_contributor(
        name="publishing_delivery_approver",
        table="publishing_delivery",
        event="INSERT",
        person="approved_by_id",
    ),
    refuse_contributor(
        name="publishing_delivery_new_approver",
        table="publishing_delivery",
        event="UPDATE",
        person="approved_by_id",
        when="NEW.approved_by_id <> OLD.approved_by_id",
    ),
    # An attempt under way is closed once; one without an answer is cleared up once.
    *append_only("publishing_attempt", unless="OLD.outcome IN ('sending', 'unknown')"),
]
