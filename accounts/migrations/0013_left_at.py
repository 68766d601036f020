"""When somebody's access ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_handles_of_revisions")]
    operations = [
        migrations.AddField("user", "left_at", models.DateTimeField(null=True, blank=True)),
    ]
