from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0010_administration_sessions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='submittedform',
            name='act',
            field=models.CharField(default='', max_length=160),
        ),
    ]
