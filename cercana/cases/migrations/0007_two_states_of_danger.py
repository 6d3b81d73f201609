from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from cercana.rules.near_places import spot_of

_BATCH = 2000


def place_recent_cases(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Say of the cases of the last sixty days where they are: older ones recur no more."""
    texts = apps.get_model("cases", "CaseText")
    since = timezone.now() - timedelta(days=60)
    recent = texts.objects.filter(case__received_at__gte=since).exclude(place="").select_related("case")
    placed = []
    for text in recent.only("place", "case__received_at").iterator(_BATCH):
        text.told_at = text.case.received_at
        if (spot := spot_of(text.place)) is not None:
            text.street, text.metre = spot.street, spot.metre
        placed.append(text)
    texts.objects.bulk_update(placed, ["street", "metre", "told_at"], batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_the_watch")]

    operations = [
        migrations.AddField("casetext", "street", models.CharField(blank=True, default="", max_length=80)),
        migrations.AddField("casetext", "metre", models.IntegerField(null=True)),
        migrations.AddField("casetext", "told_at", models.DateTimeField(null=True)),
        migrations.RunPython(place_recent_cases, migrations.RunPython.noop),
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
        migrations.AddIndex(
            "casetext",
            models.Index(fields=["street", "-told_at"], name="cases_text_street", condition=~models.Q(street="")),
        ),
    ]
