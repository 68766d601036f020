"""What the tests of organising share."""

from datetime import timedelta
from typing import Any

from accounts.models import AccountKind, Platform
from accounts.services import AccountDetails
from tests.factories import Scene

DAY = timedelta(days=1)


def details(scene: Scene, **changes: Any) -> AccountDetails:
    values: dict[str, Any] = {
        "handle": "SaltmereLPT", "platform": Platform.X, "kind": AccountKind.LPT, "lpt": scene.lpt,
    }  # fmt: skip
    return AccountDetails(**values | changes)
