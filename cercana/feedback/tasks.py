"""What feedback does by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.feedback import commands


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="cercana.ask_for_confirmations", queue="bulk", lock="ask_for_confirmations")
def ask_for_confirmations(timestamp: int) -> None:
    """Ask, once an hour, those who have not said whether their case is resolved."""
    commands.ask_for_confirmations(now=timezone.now())
