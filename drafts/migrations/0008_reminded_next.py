"""When each draft that waits is reminded of next."""

import django.db.models.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafts", "0007_search")]
    operations = [
        migrations.AddField(
            "draft",
            "remind_at",
            models.DateTimeField(db_default=django.db.models.functions.Now(), null=True),
        ),
        migrations.AddField("draft", "remind_by_day_at", models.DateTimeField(null=True)),
    ]
