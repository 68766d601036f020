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
    "may_be_late",
)
ASKED = ("delivery_id", "asked_by_id", "asked_at", "reason", "note")
WISHED = ("account_id", "field", "wanted", "asked_by_id", "asked_at", "reason")
WANTED = ("account_id", "asked_by_id", "asked_at", "reason")

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
    # Who wanted to see credentials, and why, stays; what has ended is not opened again.
    *append_only(
        "publishing_reveal",
        unless="OLD.state IN ('asked', 'granted')"
        + "".join(f" AND NEW.{column} = OLD.{column}" for column in WANTED),
    ),
    # What was found of a profile, and what people wanted of it, stays once it has been settled.
    *append_only("publishing_profiledifference", unless="OLD.state = 'open'"),
    *append_only(
        "publishing_profilechange",
        unless="OLD.state IN ('asked', 'agreed')"
        + "".join(f" AND NEW.{column} = OLD.{column}" for column in WISHED),
    ),
    # A post that was found past the product is answered for once.
    *append_only("publishing_pastpost", unless="OLD.answered_at IS NULL"),
]
