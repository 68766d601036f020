"""The nonce without which no script runs."""

import pytest
from django.test import Client

from tests.security.headers import nonces_of


@pytest.mark.django_db
class TestTheNonce:
    def test_is_new_each_time(self, client: Client) -> None:
        first, second = (nonces_of(client.get("/")) for _ in range(2))
        assert len(first) == len(second) == 1
        assert first != second
        assert len(first[0]) >= 16
