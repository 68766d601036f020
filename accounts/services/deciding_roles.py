"""Who is told when somebody is made one who decides: two names may be one hand's.

A comms admin can put two people on the register, and be both the one who writes and the one who
approves. Nothing can tell that from two new colleagues but a colleague who looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Force, User
from accounts.roles import APPROVING_OR_ADMINISTERING, WATCHERS, Role
from notices.models import Kind
from notices.services import tell

# More names than these are on the register.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Given:
    """One role that one person was given."""

    person: User
    role: Role

    @property
    def decides(self) -> bool:
        return self.role in APPROVING_OR_ADMINISTERING

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.role.label})"


def roles_were_given(given: Sequence[Given], *, force: Force, actor: User, now: datetime) -> None:
    """Tell the force's other comms admins and duty officers, once, of roles that decide.

    In the transaction in which `actor` gives them.
    """
    deciding = [one for one in given if one.decides]
    if not deciding:
        return
    concerned = {actor.pk, *(one.person.pk for one in deciding)}
    watching = User.objects.holding(WATCHERS, force_id=force.pk).exclude(pk__in=concerned)
    tell(
        watching,
        f"{actor.full_name} lets {_named(deciding)} decide or administer. If you did not expect"
        " this, ask them in person that they are who they seem, and end the role meanwhile.",
        link=_page(deciding),
        kind=Kind.ALERT,
        urgent=True,
        now=now,
    )


def _named(given: Sequence[Given]) -> str:
    named = [str(one) for one in given[:NAMED]]
    if len(given) > NAMED:
        named.append(f"{len(given) - NAMED} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _page(given: Sequence[Given]) -> str:
    people = {one.person.pk for one in given}
    if len(people) > 1:
        return reverse("people:list")
    return reverse("people:person", args=[given[0].person.pk])
