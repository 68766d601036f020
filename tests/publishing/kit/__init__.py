"""What every publisher keeps, whichever platform it speaks to: subclass it and give `platform`.

`Basics` and `Contract` are about what the platform holds afterwards; `OverTheWire` adds what can
go wrong between here and there, for every publisher that speaks HTTP (see `hostile`). A test asks
what the publisher declares and holds it to that: what is not declared must not be offered.

    class TestMastodon(OverTheWire):
        @pytest.fixture
        def platform(self, ...) -> WiredPlatform: ...
"""

from tests.publishing.kit.contract import ANSWERS, Basics, Contract
from tests.publishing.kit.platform import (
    LONG_AGO,
    RESET_IN,
    Fault,
    Held,
    Keeps,
    Locked,
    Platform,
    WiredPlatform,
    picture,
    published,
    questions,
    tweet,
)
from tests.publishing.kit.wire import GRACE, SHORT, OverTheWire

__all__ = [
    "ANSWERS",
    "GRACE",
    "LONG_AGO",
    "RESET_IN",
    "SHORT",
    "Basics",
    "Contract",
    "Fault",
    "Held",
    "Keeps",
    "Locked",
    "OverTheWire",
    "Platform",
    "WiredPlatform",
    "picture",
    "published",
    "questions",
    "tweet",
]
