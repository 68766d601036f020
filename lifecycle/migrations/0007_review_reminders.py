import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_people_and_training'),
        ('lifecycle', '0006_step_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_reminders', to='accounts.socialaccount')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'since'), name='reminded_of_followers_once')],
            },
        ),
    ]
