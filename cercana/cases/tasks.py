"""The jobs of the worker that concern files and drafts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cercana.cases import commands
from cercana.cases.commands.attachments import INSPECTION_TASK


@app.task(name=INSPECTION_TASK, queue="bulk")
def inspect_attachment(attachment_id: int) -> None:
    """Look at one file."""
    commands.inspect_attachment(attachment_id)


@app.periodic(cron="23 3 * * *")
@app.task(name="cercana.sweep_files", queue="bulk")
def sweep_files(timestamp: int) -> None:
    """Forget old drafts, then the files that belong to nothing."""
    now = timezone.now()
    commands.sweep_drafts(now)
    commands.sweep_orphans(now)
