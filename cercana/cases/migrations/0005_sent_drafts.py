from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_indexes_that_others_repeat")]

    operations = [
        migrations.AddField(model_name="draft", name="sent_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="draft", name="sent_generation", field=models.PositiveSmallIntegerField(null=True)
        ),
    ]
