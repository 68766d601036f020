"""Errors as X words them."""

import time

from tests.publishing.fake_http import Reply, problem

UNAUTHORIZED = problem(401, "Unauthorized", "Unauthorized")
DUPLICATE = problem(
    403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."
)
NOT_PERMITTED = problem(403, "Forbidden", "You are not permitted to perform this action.")
READ_ONLY_APP = problem(
    403,
    "Forbidden",
    "Your client app is not configured with the appropriate oauth1 app permissions for this"
    " endpoint.",
    "oauth1-permissions",
)
NO_CREDITS = problem(
    402, "CreditsDepleted", "Your enrolled account does not have any credits.", "credits"
)
SERVER_ERROR = problem(500, "Internal Server Error", "Something is broken.")
OVERLOADED = problem(503, "Service Unavailable", "Service Unavailable")


def too_many(*, wait: float) -> Reply:
    """The rate limit is used up for `wait` seconds."""
    return problem(
        429,
        "Too Many Requests",
        "Too Many Requests",
        x_rate_limit_limit="100",
        x_rate_limit_remaining="0",
        x_rate_limit_reset=str(int(time.time() + wait)),
    )
