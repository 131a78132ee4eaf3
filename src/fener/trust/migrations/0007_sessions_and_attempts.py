"""A register of signed-in browsers, and counted attempts. Everybody signs in once more, so that the register is whole."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def sign_everybody_out(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("trust", "0006_job_runs"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("who", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("untold", models.PositiveIntegerField(default=0)),
                ("failed_at", models.DateTimeField(null=True)),
                ("wait_until", models.DateTimeField(null=True)),
                ("good_at", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["failed_at"], name="attempts_failed_at")]},
        ),
        migrations.CreateModel(
            name="BrowserSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("device", models.CharField(blank=True, max_length=60)),
                ("since", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browser_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-since", "pk"]},
        ),
        migrations.RunPython(sign_everybody_out, migrations.RunPython.noop),
    ]
