import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_duty'),
        ('lifecycle', '0003_handovers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstSeen',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='first_seen', serialize=False, to='accounts.socialaccount')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('level', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('kept_at', models.DateTimeField(null=True)),
                ('kept_because', models.CharField(blank=True, max_length=300)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='silences', to='accounts.socialaccount')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account',), name='one_silence_at_a_time'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='silence_has_three_levels'), models.CheckConstraint(condition=models.Q(models.Q(('kept_at', None), ('kept_because', ''), ('kept_by', None)), models.Q(('kept_at__isnull', False), ('kept_by__isnull', False), models.Q(('kept_because', ''), _negated=True)), _connector='OR'), name='silence_kept_is_signed')],
            },
        ),
    ]
