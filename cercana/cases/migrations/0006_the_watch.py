import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_WATCH_WHAT_RUNS = """
    UPDATE cases_clock SET look_at = started_at WHERE ended_at IS NULL AND status IN ('running', 'breached');
    UPDATE cases_case SET silence_look_at = coalesce(last_contact_at, received_at)
    WHERE stage NOT IN ('answered', 'closed');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_sent_drafts"),
        ("citizens", "0003_contacts_given_for_one_case"),
        ("organization", "0005_english_areas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("shown_from", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "aviso al personal",
            },
        ),
        migrations.AddField(
            model_name="case",
            name="silence_look_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="silence_warned_for",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="look_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="warned",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        # What runs today is looked at by the first watch; what came before it is warned of with its true instant.
        migrations.RunSQL(_WATCH_WHAT_RUNS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("silence_look_at__isnull", False)),
                fields=["silence_look_at"],
                name="cases_silence_watched",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("look_at__isnull", False)), fields=["look_at"], name="cases_clock_watched"
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="clock",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.clock",
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="staffnotice",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["user", "clock"], name="cases_notice_unread"
            ),
        ),
    ]
