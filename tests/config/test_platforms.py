"""The platforms that production can be told to publish on."""

import pytest
from django.utils.module_loading import import_string

from publishing.backends.base import Publisher

BACKENDS = ("x.XPublisher", "mastodon.MastodonPublisher", "bluesky.BlueskyPublisher")


@pytest.mark.parametrize("backend", BACKENDS)
def test_takes_what_the_environment_may_say(backend: str) -> None:
    given = {"base_url": "https://platform.example", "proxy": "", "ca_bundle": ""}
    publisher = import_string(f"publishing.backends.{backend}")(**given)
    assert isinstance(publisher, Publisher)
    assert not publisher.is_practice
