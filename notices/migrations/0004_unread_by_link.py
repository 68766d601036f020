"""What counts as read for everybody, by what it leads to. Built beside the use of the notices."""

from django.db import migrations, models

INDEX = models.Index(
    fields=["link"], name="notice_unread_link", condition=models.Q(read_at=None)
)
CREATE = """CREATE INDEX CONCURRENTLY IF NOT EXISTS notice_unread_link
    ON notices_notice (link) WHERE read_at IS NULL"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)
    else:
        schema_editor.add_index(apps.get_model("notices", "Notice"), INDEX)


def drop(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("notices", "Notice"), INDEX)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0003_next_mail")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[migrations.AddIndex("notice", INDEX)],
        )
    ]
