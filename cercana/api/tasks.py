"""The jobs of the API; their arguments are ids, never what is told."""

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.api import commands
from cercana.api.webhooks import commands as webhooks


@jobs.task(name=webhooks.SEND_TASK, queue=webhooks.QUEUE)
def send_webhook(webhook_id: int, case_id: int) -> None:
    """Try once to send the oldest message about a case."""
    webhooks.send_next(webhook_id=webhook_id, case_id=case_id, now=timezone.now())


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="cercana.sweep_api", queue="bulk")
def sweep_api(timestamp: int) -> None:
    """Forget what nobody needs any longer: old answers, tokens that are over, messages that were settled."""
    now = timezone.now()
    commands.sweep(now)
    webhooks.sweep(now)
