import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_settings_live_in_the_browser"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 es lunes.", verbose_name="día")),
                ("starts", models.TimeField(verbose_name="empieza")),
                ("ends", models.TimeField(verbose_name="termina")),
                ("valid_from", models.DateField(verbose_name="vigente desde")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="vigente hasta")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "turno semanal de guardia",
                "verbose_name_plural": "turnos semanales de guardia",
            },
        ),
        migrations.CreateModel(
            name="DutySwap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="fecha")),
                ("made_at", models.DateTimeField(verbose_name="cuándo")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo cambió",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.dutyturn",
                        verbose_name="turno",
                    ),
                ),
            ],
            options={
                "verbose_name": "cambio de turno de guardia",
                "verbose_name_plural": "cambios de turno de guardia",
            },
        ),
        migrations.CreateModel(
            name="DutyAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(verbose_name="primer día")),
                ("last_day", models.DateField(verbose_name="último día")),
                ("made_at", models.DateTimeField(verbose_name="cuándo")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo anotó",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "ausencia de guardia",
                "verbose_name_plural": "ausencias de guardia",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))), name="accounts_absence_order"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="dutyturn",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lt", 7)), name="accounts_turn_weekday"),
        ),
        migrations.AddConstraint(
            model_name="dutyswap",
            constraint=models.UniqueConstraint(fields=("turn", "day"), name="accounts_swap_once"),
        ),
    ]
