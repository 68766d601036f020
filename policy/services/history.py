"""Where the entries of a list come from: who put them there, in which version, since when."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Force, User
from policy.core.registers import BY_NAME, GIVEN_BY_PEOPLE, shown
from policy.models import PackVersion
from policy.services.rulebook import version_pack


@dataclass(frozen=True, slots=True)
class ListEvent:
    """One entry that joined or left a list when a version came into force."""

    entry: str
    is_added: bool
    version: PackVersion
    author: User
    at: datetime


def list_history(force: Force, name: str) -> list[ListEvent]:
    """Everything that versions did to the list, newest first. Personal accounts have none."""
    if name == GIVEN_BY_PEOPLE:
        return []
    register, events = BY_NAME[name], list[ListEvent]()
    before = version_pack(force, None).lists[name]
    for version in PackVersion.objects.of(force).that_were_in_force():
        after = version_pack(force, version).lists[name]
        at = version.activated_at
        assert at is not None  # the query asks for it
        for entry in (*after, *before):
            if (entry in after) != (entry in before):
                events.append(
                    ListEvent(shown(register, entry), entry in after, version, version.author, at)
                )
        before = after
    return events[::-1]
