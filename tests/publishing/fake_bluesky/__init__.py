"""A small Bluesky to test against: a server of accounts and what it hands on, on a loopback port.

In the shape of the reference server (@atproto/pds 0.4), of which it has the calls that Blue Lamp
uses. It holds records to their lexicons, and is stricter than the real one about facets: they must
fit the text. It fails in the ways that are asked of it with `fail_next`; what it holds can be read
at any time: `posts_of`, `requests`, `sessions`.
"""

from tests.publishing.fake_bluesky.answers import (
    AUTH_MISSING,
    DEACTIVATED,
    EXPIRED,
    INTERNAL,
    POST,
    REPOST,
    REVOKED,
    TAKEN_DOWN,
    TOO_LONG,
    UPSTREAM,
    WRONG_PASSWORD,
    Invalid,
    problem,
    too_many,
)
from tests.publishing.fake_bluesky.calls import FakeBluesky
from tests.publishing.fake_bluesky.lexicons import TID
from tests.publishing.fake_bluesky.store import Record, User

__all__ = [
    "AUTH_MISSING",
    "DEACTIVATED",
    "EXPIRED",
    "INTERNAL",
    "POST",
    "REPOST",
    "REVOKED",
    "TAKEN_DOWN",
    "TID",
    "TOO_LONG",
    "UPSTREAM",
    "WRONG_PASSWORD",
    "FakeBluesky",
    "Invalid",
    "Record",
    "User",
    "problem",
    "too_many",
]
