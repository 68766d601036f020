"""The tests meet PostgreSQL as production does."""

import pytest
from django.db import connection
from pytest_django import Settings


@pytest.mark.usefixtures("postgres")
def test_a_test_has_the_time_outs_of_production(settings: Settings) -> None:
    assert connection.settings_dict["OPTIONS"] == settings.POSTGRES_OPTIONS
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("10s",)


@pytest.mark.django_db
def test_only_the_transaction_around_a_test_may_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("0",)
