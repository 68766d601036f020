from audit.triggers import append_only
from drafts.triggers import refuse_contributor

TRIGGERS = [
    *append_only("approvals_decision"),
    refuse_contributor(
        name="approvals_decision_approver",
        table="approvals_decision",
        person="person_id",
    ),
]
