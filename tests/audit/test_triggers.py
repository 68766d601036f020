"""The triggers are there on both databases, are put back, and their absence is found."""

import io
import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from audit.checks import triggers_installed
from audit.triggers import (
    Function,
    Trigger,
    all_triggers,
    append_only,
    install,
    install_after_migrate,
    missing,
)
from tests.publishing import stage
from tests.servers import manage


def drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name} ON {table}")


@pytest.mark.django_db
class TestEveryTrigger:
    def test_is_installed(self) -> None:
        assert len(list(all_triggers())) > 12
        assert missing(connection) == []
        assert triggers_installed(databases=["default"]) == []

    @pytest.mark.parametrize("trigger", list(all_triggers()), ids=lambda trigger: trigger.name)
    def test_is_missed_when_it_is_gone(self, trigger: Trigger | Function) -> None:
        if isinstance(trigger, Function):
            with connection.cursor() as cursor:
                cursor.execute(f"DROP FUNCTION {trigger.name.removesuffix('()')}")
        else:
            drop(trigger.name, trigger.table)
        (warning,) = triggers_installed(databases=["default"])
        assert warning.msg == f"{trigger.name} is missing from the database."
        assert warning.id == "audit.W001"
        assert warning.hint
        install(connection)
        assert missing(connection) == []

    def test_is_missed_when_it_is_switched_off(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER audit_record_no_update")
        assert missing(connection) == ["audit_record_no_update"]

    def test_has_a_name_of_its_own(self) -> None:
        names = [trigger.name for trigger in all_triggers()]
        assert len(set(names)) == len(names)
        # PostgreSQL cuts longer names without a word.
        assert max(map(len, names)) <= 63

    def test_is_looked_for_by_the_check_command(self) -> None:
        drop("audit_record_no_delete", "audit_record")
        said = io.StringIO()
        call_command("check", databases=["default"], stderr=said)
        assert "audit_record_no_delete is missing from the database." in said.getvalue()

    def test_is_not_looked_for_without_a_database(self) -> None:
        assert triggers_installed() == []


@pytest.mark.django_db
class TestAfterMigrating:
    def test_they_are_put_back(self) -> None:
        drop("audit_record_no_delete", "audit_record")
        install_after_migrate(using="default", plan=[(None, False)])
        assert missing(connection) == []

    def test_nothing_is_put_back_on_the_way_down(self) -> None:
        drop("audit_record_no_delete", "audit_record")
        install_after_migrate(using="default", plan=[(None, False), (None, True)])
        assert missing(connection) == ["audit_record_no_delete"]


class TestWhileWorkersAreAtWork:
    def test_they_are_put_back_one_table_at_a_time(self, postgres: str) -> None:
        tables = [table for each in all_triggers() if (table := getattr(each, "table", ""))]
        first, last = tables[0], tables[-1]
        assert first != last
        with transaction.atomic(), connection.cursor() as cursor:
            # As somebody does who writes to the one table now and to the other a moment later.
            cursor.execute(f"LOCK TABLE {last} IN ROW EXCLUSIVE MODE")
            migration = stage.Aside(lambda: install(connection))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(migration.backend, mine))
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(f"LOCK TABLE {first} IN ROW EXCLUSIVE MODE")
        migration.result()
        assert missing(connection) == []


class TestOnSQLite:
    def test_they_hold_too(self, fresh_file: str) -> None:
        path = Path(fresh_file.removeprefix("sqlite:///"))
        database = sqlite3.connect(path)
        database.execute(
            "INSERT INTO audit_record (at, verb, actor_id, actor_name, target_type, target_id,"
            " target_name, data) VALUES ('2026-01-01', 'force.created', '', '', '', '', '', '{}')"
        )
        for statement in ("UPDATE audit_record SET actor_name = 'x'", "DELETE FROM audit_record"):
            with pytest.raises(sqlite3.IntegrityError, match="rows are never"):
                database.execute(statement)
        database.commit()
        database.close()

    def test_their_absence_is_found_and_migrating_puts_them_back(self, fresh_file: str) -> None:
        database = sqlite3.connect(fresh_file.removeprefix("sqlite:///"))
        database.execute("DROP TRIGGER drafts_revision_no_update")
        database.commit()
        database.close()
        script = (
            "from django.db import connection; from audit.triggers import missing, install;"
            " print(missing(connection)); install(connection); print(missing(connection))"
        )
        said = manage("shell", "--no-imports", "-c", script, DATABASE_URL=fresh_file)
        assert said.splitlines() == ["['drafts_revision_no_update']", "[]"]


class TestAppendOnly:
    def test_may_leave_a_way_to_close_a_row(self) -> None:
        update, delete, truncate = append_only("some_table", unless="OLD.outcome = 'open'")
        assert "IF NOT (OLD.outcome = 'open') THEN RAISE" in update.sql("postgresql")[0]
        assert "WHEN NOT (OLD.outcome = 'open') BEGIN" in update.sql("sqlite")[1]
        assert "RETURN OLD" in delete.sql("postgresql")[0]
        assert "FOR EACH STATEMENT" in truncate.sql("postgresql")[2]
        assert truncate.sql("sqlite") == []

    def test_never_has_a_way_to_delete(self) -> None:
        _, delete, truncate = append_only("some_table", unless="true")
        assert (delete.when, truncate.when) == ("", "")
