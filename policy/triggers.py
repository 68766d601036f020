"""Rules of the rulebook's versions that hold in the database itself."""

from audit.triggers import Trigger, append_only

# As text: JSON cannot be compared on PostgreSQL, and null is like nothing else.
_KEPT = (
    *(f"NEW.{column} <> OLD.{column}" for column in ("number", "content_hash", "edits", "reason")),
    *(f"NEW.{column} <> OLD.{column}" for column in ("force_id", "author_id")),
    "CAST(NEW.changes AS text) <> CAST(OLD.changes AS text)",
    "COALESCE(NEW.based_on_id, 0) <> COALESCE(OLD.based_on_id, 0)",
)

TRIGGERS = [
    Trigger(
        name="policy_packversion_stays_as_proposed",
        table="policy_packversion",
        event="UPDATE",
        when=f"OLD.state <> 'draft' AND ({' OR '.join(_KEPT)})",
        refuses="a proposed version is never changed",
    ),
    Trigger(
        name="policy_packversion_stays_retired",
        table="policy_packversion",
        event="UPDATE",
        when="OLD.state = 'retired'",
        refuses="a retired version is never changed",
    ),
    *(t for t in append_only("policy_packversion") if t.event != "UPDATE"),
    *append_only("policy_trial"),
]
