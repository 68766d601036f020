"""X, by its API v2."""

from publishing.backends.x.publisher import XPublisher

__all__ = ["XPublisher"]
