"""The words of each draft in a column of their own, and indexes for who looks at what waits.

Nothing here holds the table for more than a moment: the words are filled in in small batches and
the indexes are built beside the work. It can be run again where it was cut off.
"""

from django.db import migrations, models

BATCH = 1000
# As in drafts/triggers.py, which puts them back: from here on every text that is written has its
# words, whichever version writes it.
FILL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN {body} RETURN NEW; END $$;
DROP TRIGGER IF EXISTS {name} ON drafts_draft;
CREATE TRIGGER {name} BEFORE {event} ON drafts_draft
    FOR EACH ROW EXECUTE FUNCTION {name}()
"""
SET = "NEW.words := to_tsvector('english'::regconfig, NEW.text);"
TRIGGERS = [
    FILL.format(name="drafts_draft_words", event="INSERT", body=SET),
    FILL.format(
        name="drafts_draft_words_again",
        event="UPDATE",
        body=f"IF NEW.text IS DISTINCT FROM OLD.text THEN {SET} END IF;",
    ),
]
WORDS = """UPDATE drafts_draft SET words = to_tsvector('english'::regconfig, text)
    WHERE id > %s AND id <= %s AND words IS NULL"""
# Without a list of what is not in it yet, which every search would have to read besides.
SEARCH = """CREATE INDEX CONCURRENTLY draft_search ON drafts_draft
    USING gin (words) WITH (fastupdate = off) WHERE state = 'submitted'"""
# Of the version before, which goes on finding the same without it, only more slowly.
OLD = """CREATE INDEX CONCURRENTLY IF NOT EXISTS draft_words ON drafts_draft
    USING gin (to_tsvector('english'::regconfig, COALESCE("text", ''))) WHERE state = 'submitted'"""
INDEXES = [
    models.Index(
        fields=["account", "queue_at", "id"],
        name="draft_in_line",
        condition=models.Q(state__in=["submitted", "approved"]),
    ),
    models.Index(
        fields=["remind_at", "id"], name="draft_remind", condition=models.Q(state="submitted")
    ),
    models.Index(
        fields=["remind_by_day_at", "id"],
        name="draft_remind_by_day",
        condition=models.Q(state="submitted", remind_by_day_at__isnull=False),
    ),
    models.Index(
        fields=["planned_at"],
        name="draft_planned",
        condition=models.Q(state="submitted", planned_at__isnull=False),
    ),
    models.Index(
        fields=["submitted_at"], name="draft_submitted", condition=models.Q(state="submitted")
    ),
]


def keep_words(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("ALTER TABLE drafts_draft ADD COLUMN IF NOT EXISTS words tsvector")
    for statement in TRIGGERS:
        schema_editor.execute(statement)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM drafts_draft")
        (last,) = cursor.fetchone()
        for begin in range(0, last, BATCH):
            cursor.execute(WORDS, [begin, begin + BATCH])
    # One that was cut off in the middle is of no use.
    schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS draft_search")
    schema_editor.execute(SEARCH)
    schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS draft_words")


def drop_words(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(OLD)
    for name in ("drafts_draft_words", "drafts_draft_words_again"):
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
    schema_editor.execute("ALTER TABLE drafts_draft DROP COLUMN IF EXISTS words")


def add_indexes(apps, schema_editor):
    draft = apps.get_model("drafts", "Draft")
    for index in INDEXES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")
            schema_editor.add_index(draft, index, concurrently=True)
        else:
            schema_editor.add_index(draft, index)


def drop_indexes(apps, schema_editor):
    draft = apps.get_model("drafts", "Draft")
    for index in INDEXES:
        schema_editor.remove_index(draft, index)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("drafts", "0008_reminded_next")]
    operations = [
        migrations.RunPython(keep_words, drop_words),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_indexes, drop_indexes)],
            state_operations=[migrations.AddIndex("draft", index) for index in INDEXES],
        ),
    ]
