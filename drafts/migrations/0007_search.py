"""The words of what waits for review, for PostgreSQL to find. SQLite reads every text."""

from django.db import migrations

CREATE = """CREATE INDEX CONCURRENTLY IF NOT EXISTS draft_words ON drafts_draft
    USING gin (to_tsvector('english'::regconfig, COALESCE("text", ''))) WHERE state = 'submitted'"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS draft_words")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("drafts", "0006_steps_of_submissions")]
    operations = [migrations.RunPython(create, drop)]
