import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_duty'),
        ('lifecycle', '0001_compromise'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('asked', 'With the supervisor'), ('supported', 'With communications'), ('created', 'Account created'), ('elsewhere', 'Another way found'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20)),
                ('handle', models.CharField(blank=True, max_length=50)),
                ('platform', models.CharField(choices=[('x', 'X'), ('mastodon', 'Mastodon'), ('bluesky', 'Bluesky')], default='x', max_length=20)),
                ('kind', models.CharField(choices=[('force', 'Force'), ('commander', 'LPT commander'), ('lpt', 'Local policing team'), ('officer', 'Officer'), ('central', 'Central team')], default='lpt', max_length=20)),
                ('purpose', models.CharField(blank=True, max_length=1000)),
                ('benefit_public', models.CharField(blank=True, max_length=1000)),
                ('benefit_force', models.CharField(blank=True, max_length=1000)),
                ('outcome', models.CharField(blank=True, max_length=1000)),
                ('audience', models.CharField(blank=True, max_length=1000)),
                ('plan', models.CharField(blank=True, max_length=1000)),
                ('time', models.CharField(blank=True, max_length=1000)),
                ('why_not_account', models.CharField(blank=True, max_length=1000)),
                ('why_not_hashtag', models.CharField(blank=True, max_length=1000)),
                ('changed_at', models.DateTimeField()),
                ('times_asked', models.PositiveIntegerField(default=0)),
                ('guidance_accepted_at', models.DateTimeField(null=True)),
                ('supported_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('decided_at', models.DateTimeField(null=True)),
                ('hashtag', models.CharField(blank=True, max_length=50)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='checkliststep',
            name='step_has_one_process',
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='account',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account_request', to='accounts.socialaccount'),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='existing',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.socialaccount'),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_requests', to='accounts.force'),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='lpt',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account_requests', to='accounts.lpt'),
        ),
        migrations.AddField(
            model_name='accountrequest',
            name='supported_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkliststep',
            name='launch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='lifecycle.accountrequest'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('compromise__isnull', False), ('launch', None)), models.Q(('compromise', None), ('launch__isnull', False)), _connector='OR'), name='step_has_one_process'),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.UniqueConstraint(fields=('launch', 'key'), name='launch_step_once'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'asked', 'supported', 'created', 'elsewhere', 'declined', 'withdrawn'])), name='request_state'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('guidance_accepted_at__isnull', False), models.Q(('purpose', ''), _negated=True), models.Q(('benefit_public', ''), _negated=True), models.Q(('benefit_force', ''), _negated=True), models.Q(('outcome', ''), _negated=True), models.Q(('audience', ''), _negated=True), models.Q(('plan', ''), _negated=True), models.Q(('time', ''), _negated=True), models.Q(('why_not_account', ''), _negated=True), models.Q(('why_not_hashtag', ''), _negated=True), models.Q(('handle', ''), _negated=True)), _connector='OR'), name='request_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['supported', 'created', 'elsewhere']), _negated=True), models.Q(('supported_at__isnull', False), ('supported_by__isnull', False)), _connector='OR'), name='request_was_supported'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('supported_by', None), models.Q(('supported_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR')), name='nobody_decides_on_their_own_request'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'created'), _negated=True), models.Q(('account__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='created_request_has_its_account'),
        ),
        migrations.AddConstraint(
            model_name='accountrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'elsewhere'), _negated=True), models.Q(('decided_by__isnull', False), ('existing__isnull', False), ('hashtag', '')), models.Q(('decided_by__isnull', False), ('existing', None), models.Q(('hashtag', ''), _negated=True)), _connector='OR'), name='another_way_is_named'),
        ),
    ]
