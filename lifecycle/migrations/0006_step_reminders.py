from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('lifecycle', '0005_following'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkliststep',
            name='reminded',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='checkliststep',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='checkliststep',
            constraint=models.CheckConstraint(condition=Q(Q(('reminded', 0), ('reminded_at', None)), Q(('reminded__range', (1, 2)), ('reminded_at__isnull', False)), _connector='OR'), name='step_reminded_is_dated'),
        ),
        migrations.AddIndex(
            model_name='checkliststep',
            index=models.Index(condition=Q(('done_at', None), ('reminded__lt', 2)), fields=['due_at'], name='step_due'),
        ),
    ]
