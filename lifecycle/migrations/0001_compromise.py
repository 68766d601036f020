import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_duty'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Compromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=500)),
                ('since', models.DateTimeField()),
                ('reported_at', models.DateTimeField()),
                ('first_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compromises', to='accounts.socialaccount')),
                ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ChecklistStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('number', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('compromise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='lifecycle.compromise')),
            ],
        ),
        migrations.AddConstraint(
            model_name='compromise',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account',), name='one_compromise_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='compromise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_at', None), ('first_by', None)), models.Q(('first_at__isnull', False), ('first_by__isnull', False)), _connector='OR'), name='compromise_first_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='compromise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('second_by', None)), models.Q(('ended_at__isnull', False), ('first_by__isnull', False), ('second_by__isnull', False), models.Q(('second_by', models.F('first_by')), _negated=True)), _connector='OR'), name='two_people_end_a_compromise'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='step_done_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.CheckConstraint(condition=models.Q(('compromise__isnull', False)), name='step_has_one_process'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.UniqueConstraint(fields=('compromise', 'key'), name='compromise_step_once'),
        ),
    ]
