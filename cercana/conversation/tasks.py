"""The jobs of the conversation; their arguments are ids and numbers, never what letters say."""

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.conversation import commands
from cercana.conversation.posting import QUEUE, SEND_TASK
from cercana.conversation.pushing import PUSH_TASK
from cercana.conversation.texting import TEXT_TASK
from cercana.couriers.errands import QUEUE as OUTSIDE


@jobs.task(name=SEND_TASK, queue=QUEUE, retry=10)
def send_mail(delivery_id: int) -> None:
    """Try once to send a letter."""
    commands.send_mail(delivery_id=delivery_id, now=timezone.now())


@jobs.task(name=TEXT_TASK, queue=QUEUE, retry=10)
def send_text(delivery_id: int) -> None:
    """Try once to send a text message."""
    commands.send_text(delivery_id=delivery_id, now=timezone.now())


@jobs.task(name=PUSH_TASK, queue=OUTSIDE, retry=3)
def push_notice(notice_pk: int) -> None:
    """Try once to push a notice to a device."""
    commands.push_notice(notice_pk=notice_pk, now=timezone.now())


@jobs.periodic(cron="29 3 * * *")
@jobs.task(name="cercana.forget_devices", queue="bulk")
def forget_devices(timestamp: int) -> None:
    """Forget, every night, the devices of cases that are long closed."""
    commands.forget_devices(now=timezone.now())


@jobs.task(name=commands.LINK_TASK, queue=QUEUE, retry=10)
def tracking_link(number: str) -> None:
    """Send a new link to the contact on record."""
    commands.write_tracking_link(number=number, now=timezone.now())
