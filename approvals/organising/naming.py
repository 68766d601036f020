"""What an account of this very force could be called, to show on the page that asks for it."""

import re

from accounts.handles import handle_problem
from accounts.models import LPT, Force, Platform
from policy.services import pack_for


def handle_like(force: Force, team: LPT | None) -> str:
    """A handle as this force could name an account of `team`, or the pack's example.

    Of the team's own name where that fits the pack and the platform; nothing in it is kept.
    """
    naming = pack_for(force).naming
    words = re.findall(r"[A-Za-z0-9]+", team.name if team else force.name)
    name = "".join(f"{word[:1].upper()}{word[1:]}" for word in words)
    tries = [*([f"{name}LPT", f"{name}Police"] if team else []), name, name[:15]]
    return next(
        (
            handle
            for handle in tries
            if re.fullmatch(naming.pattern, handle) and not handle_problem(handle, Platform.X)
        ),
        naming.example,
    )
