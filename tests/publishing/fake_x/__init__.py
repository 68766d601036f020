"""A small X to test against: the part of API v2 that Blue Lamp uses, on a loopback port.

Written after the public description of the API (docs.x.com). It checks OAuth 1.0a signatures and
OAuth 2 tokens, counts no rates, and fails in the ways that are asked of it with `fail_next`. What
it holds can be read at any time: `posts_of`, `requests`, `refreshes`.
"""

from tests.publishing.fake_x.answers import (
    DUPLICATE,
    NO_CREDITS,
    NOT_PERMITTED,
    OVERLOADED,
    READ_ONLY_APP,
    SERVER_ERROR,
    UNAUTHORIZED,
    too_many,
)
from tests.publishing.fake_x.calls import FakeX
from tests.publishing.fake_x.store import CLIENT, CONSUMER, Picture, Tweet, User

__all__ = [
    "CLIENT",
    "CONSUMER",
    "DUPLICATE",
    "NOT_PERMITTED",
    "NO_CREDITS",
    "OVERLOADED",
    "READ_ONLY_APP",
    "SERVER_ERROR",
    "UNAUTHORIZED",
    "FakeX",
    "Picture",
    "Tweet",
    "User",
    "too_many",
]
