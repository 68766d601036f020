import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_people_and_training'),
    ]

    operations = [
        migrations.CreateModel(
            name='RightsNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.SlugField()),
                ('ends', models.DateField()),
                ('moment', models.CharField(choices=[('ahead', 'It ends soon'), ('ended', 'It has ended')], max_length=10)),
                ('told_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'about', 'ends', 'moment'), name='told_of_rights_once'), models.CheckConstraint(condition=models.Q(('moment__in', ['ahead', 'ended'])), name='rights_notice_moment')],
            },
        ),
    ]
