from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0004_english_catalogue"),
    ]

    operations = [
        migrations.AddField(
            model_name="area",
            name="name_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="nombre en inglés"),
        ),
    ]
