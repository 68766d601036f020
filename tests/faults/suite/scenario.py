"""What every scenario is."""

from typing import Any, ClassVar

from tests.faults.suite.stand import Stand


class Scenario:
    """One fault of the design: what happens, and what is demanded afterwards."""

    code: ClassVar[str]
    # What happens, in a few words.
    title: ClassVar[str]
    databases: ClassVar[tuple[str, ...]] = ("postgresql",)
    # With production's waiting times, whatever the suite's scale: nothing here waits for them.
    is_unscaled: ClassVar[bool] = False
    # Further words for the judge: fields of judge.Case.
    case: ClassVar[dict[str, Any]] = {}

    def happen(self, stand: Stand) -> None:
        """Make it happen, and let it settle."""
        raise NotImplementedError
