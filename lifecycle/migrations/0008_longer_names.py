from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lifecycle', '0007_review_reminders'),
    ]

    operations = [
        migrations.AlterField(
            model_name='handover',
            name='new_handle',
            field=models.CharField(blank=True, max_length=30),
        ),
    ]
