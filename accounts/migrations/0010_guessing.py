from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_signatures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guessing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(max_length=254, unique=True)),
                ('since', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
