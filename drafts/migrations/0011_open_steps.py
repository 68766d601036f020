"""An index of the steps that several people have to pass and have not, built beside the work."""

from django.db import migrations, models

INDEX = models.Index(
    fields=["revision", "number", "id"],
    name="review_step_open",
    condition=models.Q(passed_with=None) & ~models.Q(quorum="any"),
)


def add_index(apps, schema_editor):
    step = apps.get_model("drafts", "ReviewStep")
    if schema_editor.connection.vendor == "postgresql":
        # One that was cut off in the middle is of no use.
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}")
        schema_editor.add_index(step, INDEX, concurrently=True)
    else:
        schema_editor.add_index(step, INDEX)


def drop_index(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("drafts", "ReviewStep"), INDEX)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("drafts", "0010_handles_of_revisions")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_index, drop_index)],
            state_operations=[migrations.AddIndex("reviewstep", INDEX)],
        ),
    ]
