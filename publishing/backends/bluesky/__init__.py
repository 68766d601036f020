"""Bluesky, or any other server of the AT Protocol."""

from publishing.backends.bluesky.publisher import BlueskyPublisher

__all__ = ["BlueskyPublisher"]
