from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0002_spanish_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="legalnature",
            name="explanation_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="lo mismo en inglés"),
        ),
        migrations.AddField(
            model_name="privacynotice",
            name="text_en",
            field=models.TextField(blank=True, verbose_name="texto en inglés"),
        ),
    ]
