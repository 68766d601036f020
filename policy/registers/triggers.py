"""Rules of the registers that hold in the database itself."""

from audit.triggers import append_only

# An entry changes once: when it ends. What it said stays as it was.
TRIGGERS = [
    *append_only("policy_restriction", unless="OLD.ended_at IS NULL"),
    *append_only("policy_electionperiod", unless="OLD.ended_at IS NULL"),
]
