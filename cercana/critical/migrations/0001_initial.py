import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0005_sent_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Vigil",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "vigilancia",
                "indexes": [models.Index(fields=["due_at"], name="critical_vigil_due")],
            },
        ),
        migrations.CreateModel(
            name="AlarmLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "por enviar"),
                            ("sent", "enviado"),
                            ("failed", "no se pudo enviar"),
                            ("kept", "no sale de aquí"),
                            ("needless", "ya no hizo falta"),
                        ],
                        max_length=10,
                    ),
                ),
                ("message_id", models.CharField(max_length=120, unique=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField()),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "correo de alarma",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["next_attempt_at"],
                        name="critical_letter_queued",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "sequence", "person"), name="critical_letter_once")
                ],
            },
        ),
    ]
