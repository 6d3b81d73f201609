import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WAYS = [("mail", "correo"), ("push", "aviso al celular"), ("notifier", "otro servicio")]


class Migration(migrations.Migration):
    dependencies = [
        ("critical", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlarmTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", models.CharField(choices=WAYS, max_length=10)),
                ("label", models.CharField(max_length=80)),
                ("sealed", models.TextField()),
                ("mark", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "trial",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "sin probar"),
                            ("waiting", "enviando la prueba"),
                            ("worked", "la prueba salió"),
                            ("failed", "la prueba no salió"),
                            ("kept", "en la demostración no sale nada"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("trial_error", models.CharField(blank=True, max_length=40)),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "destino de alarmas",
                "verbose_name_plural": "destinos de alarmas",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "mark"), name="critical_target_once"),
                ],
            },
        ),
        migrations.RenameModel("AlarmLetter", "AlarmMessage"),
        migrations.AlterModelOptions(
            "alarmmessage",
            options={"verbose_name": "mensaje de alarma", "verbose_name_plural": "mensajes de alarma"},
        ),
        migrations.AddField(
            "alarmmessage", "way", models.CharField(choices=WAYS, default="mail", max_length=10), preserve_default=True
        ),
        migrations.AddField(
            "alarmmessage",
            "target",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="critical.alarmtarget",
            ),
        ),
        migrations.AddField("alarmmessage", "mark", models.CharField(blank=True, default="", max_length=64)),
        migrations.AlterField("alarmmessage", "mark", models.CharField(blank=True, max_length=64)),
        migrations.AddField("alarmmessage", "busy_until", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("alarmmessage", "critical_letter_once"),
        migrations.AddConstraint(
            "alarmmessage",
            models.UniqueConstraint(fields=("case", "sequence", "person", "mark"), name="critical_message_once"),
        ),
        migrations.RenameIndex("alarmmessage", new_name="critical_message_queued", old_name="critical_letter_queued"),
    ]
