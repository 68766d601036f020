"""What the mail looks at next. Notices are many: PostgreSQL builds the index beside their use."""

from django.db import migrations, models

INDEX = models.Index(
    fields=["next_mail_at"],
    name="notice_next_mail",
    condition=models.Q(mailed_at=None, next_mail_at__isnull=False),
)
CREATE = """CREATE INDEX CONCURRENTLY IF NOT EXISTS notice_next_mail
    ON notices_notice (next_mail_at) WHERE mailed_at IS NULL AND next_mail_at IS NOT NULL"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)
    else:
        schema_editor.add_index(apps.get_model("notices", "Notice"), INDEX)


def drop(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("notices", "Notice"), INDEX)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0002_as_each_likes")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[migrations.AddIndex("notice", INDEX)],
        )
    ]
