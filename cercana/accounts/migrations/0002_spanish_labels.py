from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("agent", "orientador"),
                    ("area_officer", "responsable de área"),
                    ("supervisor", "jefatura"),
                    ("duty_officer", "guardia"),
                    ("analyst", "analista"),
                    ("trainer", "capacitación"),
                    ("administrator", "administración"),
                    ("auditor", "auditoría"),
                    ("data_protection", "datos personales"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
    ]
