import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_duty'),
        ('drafts', '0007_search'),
        ('lifecycle', '0002_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('moving', 'Somebody moves to another post'), ('leaving', 'Somebody leaves the force'), ('merged', 'Teams are merged'), ('silent', 'Nobody tweets there any more'), ('other', 'Something else')], max_length=20)),
                ('last_day', models.DateField()),
                ('plan', models.CharField(choices=[('successor', 'Somebody takes it over'), ('closure', 'It closes')], max_length=20)),
                ('new_handle', models.CharField(blank=True, max_length=15)),
                ('follow', models.CharField(blank=True, max_length=100)),
                ('begun_at', models.DateTimeField()),
                ('called_off', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='checkliststep',
            name='step_has_one_process',
        ),
        migrations.AddField(
            model_name='handover',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='accounts.socialaccount'),
        ),
        migrations.AddField(
            model_name='handover',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='farewell',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='drafts.draft'),
        ),
        migrations.AddField(
            model_name='handover',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkliststep',
            name='handover',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='lifecycle.handover'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('compromise__isnull', False), ('handover', None), ('launch', None)), models.Q(('compromise', None), ('handover', None), ('launch__isnull', False)), models.Q(('compromise', None), ('handover__isnull', False), ('launch', None)), _connector='OR'), name='step_has_one_process'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.UniqueConstraint(fields=('handover', 'key'), name='handover_step_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account',), name='one_handover_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plan', 'successor'), ('successor__isnull', False)), models.Q(('new_handle', ''), ('plan', 'closure'), ('successor', None)), _connector='OR'), name='handover_has_its_plan'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('person', None), ('successor', None), models.Q(('person', models.F('successor')), _negated=True), _connector='OR'), name='successor_is_another'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='handover_end_is_signed'),
        ),
    ]
