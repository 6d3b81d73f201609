from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0003_english_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="opening_hours_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="lo mismo en inglés"),
        ),
        migrations.AddField(
            model_name="emergencynumber",
            name="name_en",
            field=models.CharField(blank=True, max_length=60, verbose_name="a quién se llama, en inglés"),
        ),
        migrations.AddField(
            model_name="emergencynumber",
            name="hint_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="cuándo, en inglés"),
        ),
        migrations.AddField(
            model_name="category",
            name="name_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="nombre en inglés"),
        ),
        migrations.AddField(
            model_name="category",
            name="citizen_words_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="como lo diría una persona, en inglés"),
        ),
    ]
