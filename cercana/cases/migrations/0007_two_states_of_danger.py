from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_sent_drafts")]

    operations = [
        migrations.AddField("case", "critical_proposed_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "lowering_asked_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "lowering_asked_by", models.IntegerField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["critical_proposed_at"],
                name="cases_proposed_critical",
                condition=models.Q(critical_state="proposed"),
            ),
        ),
    ]
