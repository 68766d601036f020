"""The clock of deliveries is the database's, so that every worker reads the same one."""

from datetime import UTC, datetime

from django.db import connection

QUERY = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
}


def database_now() -> datetime:
    """The time at the database, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY[connection.vendor])
        (moment,) = cursor.fetchone()
    if isinstance(moment, str):
        return datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return moment.astimezone(UTC)  # type: ignore[no-any-return]
