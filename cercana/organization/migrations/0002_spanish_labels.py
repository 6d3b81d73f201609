from django.db import migrations, models

import cercana.rules.classification


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="addedday",
            name="kind",
            field=models.CharField(
                choices=[
                    ("working", "día hábil"),
                    ("weekend", "fin de semana"),
                    ("national_holiday", "feriado nacional"),
                    ("non_working", "día no laborable"),
                    ("local", "día de la municipalidad"),
                ],
                max_length=20,
                verbose_name="clase de día",
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="class_",
            field=models.CharField(
                choices=[("simple", "Simple"), ("complex", "Complejo"), ("critical", "Crítico")],
                db_column="class",
                max_length=10,
                verbose_name="prioridad",
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="default_kind",
            field=models.CharField(
                choices=[("claim", "Reclamo"), ("inquiry", "Consulta")],
                default=cercana.rules.classification.RequestKind["CLAIM"],
                max_length=10,
                verbose_name="tipo",
            ),
        ),
        migrations.AlterField(
            model_name="officehour",
            name="weekday",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "lunes"),
                    (1, "martes"),
                    (2, "miércoles"),
                    (3, "jueves"),
                    (4, "viernes"),
                    (5, "sábado"),
                    (6, "domingo"),
                ],
                verbose_name="día",
            ),
        ),
    ]
