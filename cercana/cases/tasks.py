"""The jobs of the worker that concern files, drafts and the calendar."""

from django.utils import timezone
from procrastinate.contrib.django import app

from cercana.cases import commands
from cercana.cases.commands.attachments import INSPECTION_TASK
from cercana.cases.commands.moving import MOVE_TASK


@app.task(name=INSPECTION_TASK, queue="bulk")
def inspect_attachment(attachment_id: int) -> None:
    """Look at one file."""
    commands.inspect_attachment(attachment_id)


@app.task(name=MOVE_TASK, queue="bulk", retry=3)
def move_promises(why: str, ordered_by: str) -> None:
    """Move what the calendar moves; cut off, it goes on where it was."""
    commands.move_promises(why=why, ordered_by=ordered_by, now=timezone.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="cercana.sweep_files", queue="bulk")
def sweep_files(timestamp: int) -> None:
    """Forget old drafts, then the files that belong to nothing."""
    now = timezone.now()
    commands.sweep_drafts(now)
    commands.sweep_orphans(now)
