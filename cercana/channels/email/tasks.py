"""The jobs of the mail channel; their arguments are keys, never what mails say."""

import uuid

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.channels.email import commands
from cercana.channels.email.commands.receiving import QUEUE, READ_TASK


@jobs.task(name=READ_TASK, queue=QUEUE, retry=3)
def read_stored_mail(key: str) -> None:
    """Read a mail that was kept."""
    commands.handle_mail(key=uuid.UUID(key), now=timezone.now())
