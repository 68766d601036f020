"""What a notice is about, when the mail looks at it next, and how each person wants to be told."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField(
            "notice",
            "kind",
            models.CharField(
                choices=[
                    ("waiting", "A draft waits for you"),
                    ("decided", "A draft of yours was approved"),
                    ("returned", "A draft of yours came back"),
                    ("expired", "A draft expired, or is about to"),
                    ("published", "A tweet of yours went out"),
                    ("failed", "A tweet of yours did not go out"),
                    ("other", "Everything else"),
                    ("alert", "You have to act"),
                ],
                db_default="other",
                default="other",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "notice",
            "in_mail",
            models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            "notice", "next_mail_at", models.DateTimeField(db_default=Now(), null=True)
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("waiting", "A draft waits for you"),
                            ("decided", "A draft of yours was approved"),
                            ("returned", "A draft of yours came back"),
                            ("expired", "A draft expired, or is about to"),
                            ("published", "A tweet of yours went out"),
                            ("failed", "A tweet of yours did not go out"),
                            ("other", "Everything else"),
                            ("alert", "You have to act"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("at_once", "By mail, at once"),
                            ("hourly", "In one mail each hour"),
                            ("daily", "In one mail each morning, at 8"),
                            ("screen", "Only on My desk"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person_id", "kind"), name="one_wish_for_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "waiting",
                                    "decided",
                                    "returned",
                                    "expired",
                                    "published",
                                    "failed",
                                    "other",
                                ],
                            )
                        ),
                        name="no_wish_about_alerts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["at_once", "hourly", "daily", "screen"])
                        ),
                        name="wish_way",
                    ),
                ],
            },
        ),
    ]
