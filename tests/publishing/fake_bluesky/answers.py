"""Errors as a Bluesky server words them."""

import time

from tests.publishing.fake_http import Reply

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"


def problem(status: int, error: str, message: str = "", **headers: str) -> Reply:
    """An error as XRPC words it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"error": error, "message": message or error}, named)


def too_many(*, wait: float) -> Reply:
    """The rate limit is used up for `wait` seconds."""
    return problem(
        429,
        "RateLimitExceeded",
        "Rate Limit Exceeded",
        ratelimit_limit="5000",
        ratelimit_remaining="0",
        ratelimit_reset=str(int(time.time() + wait)),
        ratelimit_policy="5000;w=3600",
    )


AUTH_MISSING = problem(401, "AuthMissing", "Authentication Required")
WRONG_PASSWORD = problem(401, "AuthenticationRequired", "Invalid identifier or password")
EXPIRED = problem(400, "ExpiredToken", "Token has expired")
REVOKED = problem(400, "ExpiredToken", "Token has been revoked")
TAKEN_DOWN = problem(401, "AccountTakedown", "Account has been taken down")
DEACTIVATED = problem(401, "AccountDeactivated", "Account is deactivated")
TOO_LONG = problem(
    400,
    "InvalidRequest",
    f"Invalid {POST} record: grapheme too big (maximum 300, got 301) at $.record.text",
)
INTERNAL = problem(500, "InternalServerError", "Internal Server Error")
UPSTREAM = problem(502, "UpstreamFailure", "Upstream Failure")


class Invalid(Exception):
    """A request that the server does not take."""

    def __init__(self, message: str, error: str = "InvalidRequest", status: int = 400) -> None:
        super().__init__(message)
        self.reply = problem(status, error, message)
