"""People who must not be recognised: offenders, victims, children, and anyone who is no officer."""

from __future__ import annotations

from typing import Final

from policy.core.rules.base import Rule
from policy.core.rules.people.children import JUVENILE_IDENTIFIED
from policy.core.rules.people.descriptors import SUSPECT_DESCRIPTOR
from policy.core.rules.people.named import NAME_OFFENDER, NAME_PRIVATE_PERSON
from policy.core.rules.people.sexual import SEXUAL_OFFENCE_WORDS

RULES: Final[tuple[Rule, ...]] = (
    SEXUAL_OFFENCE_WORDS,
    JUVENILE_IDENTIFIED,
    NAME_OFFENDER,
    NAME_PRIVATE_PERSON,
    SUSPECT_DESCRIPTOR,
)
