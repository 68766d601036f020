"""When somebody's access ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_work_emails")]
    operations = [
        migrations.AddField("user", "left_at", models.DateTimeField(null=True, blank=True)),
    ]
