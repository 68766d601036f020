"""The law around a case, decided from declared facts.

Rules of the legal class block on facts that the officer declared or comms recorded, and nobody may
pass over them. Words without facts only warn.
"""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.cases.anonymity import SEXUAL_OFFENCE_ANONYMITY, UNDER_18_IN_A_CASE
from policy.core.rules.cases.elections import POLITICS_IN_ELECTION_PERIOD
from policy.core.rules.cases.names import names_in
from policy.core.rules.cases.restricted import RESTRICTED_MATTER
from policy.core.rules.cases.stage import CASE_STAGE, CASE_STAGE_UNKNOWN, CASE_WORDS

__all__ = ["RULES", "names_in"]

RULES: Final[tuple[Rule, ...]] = (
    CASE_STAGE,
    SEXUAL_OFFENCE_ANONYMITY,
    UNDER_18_IN_A_CASE,
    RESTRICTED_MATTER,
    CASE_STAGE_UNKNOWN,
    CASE_WORDS,
    POLITICS_IN_ELECTION_PERIOD,
)
