"""Bluesky keeps what every publisher keeps."""

import pytest

from tests.publishing.bluesky.platform import Bluesky
from tests.publishing.kit import OverTheWire


class TestBluesky(OverTheWire):
    @pytest.fixture
    def platform(self, bluesky: Bluesky) -> Bluesky:
        return bluesky
