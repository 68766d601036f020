"""The steps of a route as one would tell them to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import Force, Quorum
from accounts.roles import Role
from accounts.services import Step
from policy.core import RULEBOOK
from policy.services import categories_of

ONE = {
    Role.OFFICER: "an officer of the team",
    Role.LPT_SUPERVISOR: "a supervisor of the team",
    Role.LPT_COMMANDER: "the commander of the team",
    Role.COMMS_APPROVER: "corporate communications",
    Role.COMMS_DUTY: "the comms duty officer",
}
ANOTHER = {
    Role.OFFICER: "another officer of the team",
    Role.LPT_SUPERVISOR: "another supervisor of the team",
    Role.LPT_COMMANDER: "another commander of the team",
    Role.COMMS_APPROVER: "somebody else of corporate communications",
    Role.COMMS_DUTY: "another comms duty officer",
}
SEVERAL = {
    Role.OFFICER: "officers of the team",
    Role.LPT_SUPERVISOR: "supervisors of the team",
    Role.LPT_COMMANDER: "commanders of the team",
    Role.COMMS_APPROVER: "people of corporate communications",
    Role.COMMS_DUTY: "comms duty officers",
}
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
MOST_NEEDED = len(NUMBERS) - 1


@dataclass(frozen=True, slots=True)
class Labels:
    """What people call the categories and the rules that a step can be bound to, by id."""

    categories: Mapping[str, str]
    rules: Mapping[str, str]

    @classmethod
    def of(cls, force: Force) -> "Labels":
        return cls(
            categories={category.id: category.label for category in categories_of(force).values()},
            rules={rule.id: rule.title for rule in RULEBOOK},
        )


def step_words(step: Step, labels: Labels, *, again: bool = False) -> str:
    """One step in a sentence, such as “Two supervisors of the team, only for: Arrest.”.

    `again`: a step before it asks the same people, of whom another one decides here.
    """
    only = _only_for(step, labels)
    return f"{_who(step, ANOTHER if again else ONE)}{f', only for: {only}' if only else ''}."


def route_words(steps: Sequence[Step], labels: Labels) -> tuple[str, ...]:
    """The steps of a route, each in a sentence."""
    return tuple(
        step_words(step, labels, again=any(step.roles == before.roles for before in steps[:place]))
        for place, step in enumerate(steps)
    )


def _who(step: Step, one: Mapping[Role, str]) -> str:
    match step.quorum:
        case Quorum.ANY:
            words = " or ".join(one[role] for role in step.roles)
            return words[:1].upper() + words[1:]
        case Quorum.COUNT:
            return f"{NUMBERS[step.needed]} {' or '.join(SEVERAL[role] for role in step.roles)}"
    return f"All {' and '.join(SEVERAL[role] for role in step.roles)}"


def _only_for(step: Step, labels: Labels) -> str:
    named = [labels.categories.get(category, category) for category in step.categories]
    found = [labels.rules.get(rule, rule) for rule in step.rules]
    return "; or ".join(
        [
            *([", ".join(named)] if named else []),
            *([f"tweets in which the rulebook found “{'” or “'.join(found)}”"] if found else []),
        ]
    )
