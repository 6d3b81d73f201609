from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversation", "0002_spanish_labels"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["created_at"], name="conversation_links", condition=models.Q(kind="tracking_link")
            ),
        ),
    ]
