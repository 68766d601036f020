"""What a file would do: a line for each of its lines, and what is wrong with the whole."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from accounts.services.register import Details, Place


class PlanChanged(Exception):
    """What the file would do is no longer what was shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: what it would do, in sentences, or what is wrong with it.

    `is_more`: a further role of somebody whom an earlier line adds.
    """

    number: int
    name: str
    email: str
    errors: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    is_new: bool = False
    is_more: bool = False
    person_id: int | None = None
    details: Details | None = None
    seen: Details | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do. `problems` are of the file as a whole: nothing was read."""

    lines: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    content: bytes = field(default=b"", repr=False)

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new and not line.errors]

    @property
    def more(self) -> list[Line]:
        return [line for line in self.lines if line.is_more and not line.errors]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes and not (line.is_new or line.is_more)]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if not (line.errors or line.changes or line.is_new)]

    @property
    def may_be_applied(self) -> bool:
        return bool(self.new or self.changed) and not (self.errors or self.problems)

    @property
    def digest(self) -> str:
        """The same for the same file only as long as it would do the same."""
        said = [
            (line.number, line.email, line.errors, line.changes, line.person_id, line.is_new,
             line.is_more,
             asdict(line.details) if line.details else None,
             asdict(line.seen) if line.seen else None)
            for line in self.lines
        ]  # fmt: skip
        whole = json.dumps([said, self.problems], default=str).encode() + self.content
        return hashlib.sha256(whole).hexdigest()
