"""Named places on the way of a delivery, at which a fault test may stop the process.

In production nobody is told: `reached` does nothing until a test replaces `on_reached`.
"""

from collections.abc import Callable
from typing import Literal, get_args

Place = Literal["claimed", "armed", "request-sent", "reply-received", "finished"]
PLACES: tuple[Place, ...] = get_args(Place)

on_reached: Callable[[Place], None] | None = None


def reached(place: Place) -> None:
    if on_reached is not None:
        on_reached(place)
