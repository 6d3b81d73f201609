from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="template",
            name="language",
            field=models.CharField(choices=[("es", "español"), ("en", "inglés")], max_length=2, verbose_name="idioma"),
        ),
    ]
