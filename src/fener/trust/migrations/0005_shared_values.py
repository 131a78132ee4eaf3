from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0004_daily_roots'),
    ]

    operations = [
        migrations.CreateModel(
            name='SharedValue',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
