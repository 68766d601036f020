"""Whether this process can trust its own clock.

Deliveries go by the database's clock. A wall clock that jumps against the monotonic one says that
the machine was stopped, moved or set: whatever this process believed a moment ago may be old.
"""

import time
from dataclasses import dataclass

# Seconds.
JUMP = 30.0
PAUSE = 60.0


@dataclass(slots=True)
class ClockWatch:
    """Compares two clocks from one look to the next; slow corrections are followed."""

    offset: float | None = None
    paused_until: float = 0.0
    #: By how many seconds the wall clock jumped last.
    jumped_by: float = 0.0

    def is_steady(self, *, wall: float, monotonic: float) -> bool:
        """Whether no jump was seen for PAUSE seconds; both times in seconds."""
        offset = wall - monotonic
        if self.offset is not None and abs(offset - self.offset) > JUMP:
            self.jumped_by = offset - self.offset
            self.paused_until = monotonic + PAUSE
        self.offset = offset
        return monotonic >= self.paused_until


_watch = ClockWatch()


def clock_is_steady() -> bool:
    """Whether this process may dispatch; False for a minute after its clock has jumped."""
    return _watch.is_steady(wall=time.time(), monotonic=time.monotonic())


def jumped_by() -> float:
    """Seconds of the jump that keeps this process from dispatching; 0 when nothing does."""
    return 0.0 if clock_is_steady() else _watch.jumped_by
