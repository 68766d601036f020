"""What no code path can do to a delivery, whichever it is."""

from audit.triggers import Trigger, append_only
from drafts.triggers import refuse_contributor

APPROVED = (
    "draft_id",
    "revision_id",
    "account_id",
    "approved_by_id",
    "approved_hash",
    "token",
    "overrides",
)
ASKED = ("delivery_id", "asked_by_id", "asked_at", "reason", "note")

TRIGGERS = [
    refuse_contributor(
        name="publishing_delivery_approver",
        table="publishing_delivery",
        person="approved_by_id",
    ),
    # What was approved stays what is delivered.
    Trigger(
        name="publishing_delivery_is_what_was_approved",
        table="publishing_delivery",
        event="UPDATE",
        when=" OR ".join(f"NEW.{column} <> OLD.{column}" for column in APPROVED),
        refuses="what was approved is never changed",
    ),
    *append_only("publishing_deliveryanswer"),
    # An attempt under way is closed once; one without an answer is cleared up once.
    *append_only("publishing_attempt", unless="OLD.outcome IN ('sending', 'unknown')"),
    # Who wanted a tweet gone, when and why, stays; so does how it ended.
    *append_only(
        "publishing_takedown",
        unless="OLD.state IN ('asked', 'failed', 'by_hand')"
        + "".join(f" AND NEW.{column} = OLD.{column}" for column in ASKED),
    ),
    *append_only("publishing_takedowntry"),
    # A post that was found past the product is answered for once.
    *append_only("publishing_pastpost", unless="OLD.answered_at IS NULL"),
]
