"""What no mail server took, for the watch to find. Built beside the use of the notices."""

from django.db import migrations, models

INDEX = models.Index(
    fields=["created_at"],
    name="notice_not_taken",
    condition=models.Q(urgent=True, read_at=None, mailed_at=None, mail_attempts=5),
)
CREATE = """CREATE INDEX CONCURRENTLY IF NOT EXISTS notice_not_taken
    ON notices_notice (created_at)
    WHERE mail_attempts = 5 AND mailed_at IS NULL AND read_at IS NULL AND urgent"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)
    else:
        schema_editor.add_index(apps.get_model("notices", "Notice"), INDEX)


def drop(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("notices", "Notice"), INDEX)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0005_unasked")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[migrations.AddIndex("notice", INDEX)],
        )
    ]
