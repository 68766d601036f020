"""Revisions keep the handle that they were written for; what older ones were hashed with stays here.

A revision is never changed, so its account remembers instead what it was called until now. It can be
run again: an account that has a first handle keeps it.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def remember(apps: Any, schema_editor: Any) -> None:
    accounts = apps.get_model("accounts", "SocialAccount").objects
    accounts.filter(first_handle="").update(first_handle=F("handle"))


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0011_work_emails"),
    ]

    operations = [
        migrations.AddField(
            model_name="socialaccount",
            name="first_handle",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=30
            ),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop, elidable=False),
    ]
