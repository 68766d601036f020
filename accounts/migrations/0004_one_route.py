from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_steps_of_routes")]
    operations = [
        migrations.AddConstraint(
            model_name="approvalroute",
            constraint=models.UniqueConstraint(
                fields=["lpt", "lane"],
                condition=models.Q(("lpt__isnull", False), ("until", None)),
                name="one_route_for_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalroute",
            constraint=models.UniqueConstraint(
                fields=["force", "lane"],
                condition=models.Q(("lpt", None), ("until", None)),
                name="one_route_for_a_force",
            ),
        ),
    ]
