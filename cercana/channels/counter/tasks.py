"""The jobs of the counter."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cercana.channels.counter import commands
from cercana.channels.counter.commands.printing import QUEUE, RECEIPT_TASK, TICKET_TASK

# At once, then after some seconds: who waits in front of a printer does not wait for hours.
_RETRY = RetryStrategy(max_attempts=4, linear_wait=5)


@app.task(name=TICKET_TASK, queue=QUEUE, retry=_RETRY)
def print_ticket(turn_id: int) -> None:
    """Print one ticket."""
    commands.print_ticket(turn_id=turn_id, now=timezone.now())


@app.task(name=RECEIPT_TASK, queue=QUEUE, retry=_RETRY)
def print_receipt(number: str, site: str, staff_id: int) -> None:
    """Print one receipt."""
    commands.print_receipt(number=number, site=site, staff_id=staff_id, now=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="cercana.close_turn_days", queue="bulk")
def close_days(timestamp: int) -> None:
    """End what is of yesterday, and forget what could name a person."""
    commands.close_days(now=timezone.now())
