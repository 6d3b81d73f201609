import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_two_states_of_danger"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriageRecord",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="triage",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("model", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=10)),
                ("claim_type", models.CharField(blank=True, max_length=15)),
                ("class_", models.CharField(db_column="class", max_length=10)),
                ("area", models.CharField(max_length=30)),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), size=None),
                ),
                ("about_staff", models.BooleanField()),
                ("safer_won", models.BooleanField()),
                ("confidence", models.JSONField()),
                ("spans", models.JSONField()),
            ],
            options={
                "verbose_name": "propuesta de triaje",
                "indexes": [models.Index(fields=["proposed_at"], name="cases_triage_proposed")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="triagerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dfc4a57e8a925cf9986b4cb91407e783e82a3e94",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f50f9",
                    table="cases_triagerecord",
                    when="BEFORE",
                ),
            ),
        ),
    ]
