"""The jobs of the protocol; their arguments are ids."""

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.conversation.commands import QUEUE as MAIL
from cercana.couriers.errands import QUEUE as OUTSIDE
from cercana.critical import commands
from cercana.critical.messages import SEND_TASK
from cercana.critical.targets import TRIAL_TASK


@jobs.task(name=commands.STEP_TASK, queue=commands.QUEUE, retry=10)
def take_step(case_id: int) -> None:
    """Do what is due about one critical case."""
    commands.take_step(case_id=case_id, now=timezone.now())


@jobs.task(name=SEND_TASK, queue=MAIL, retry=10)
def send_message(message_pk: int) -> None:
    """Try once to send a message of an alarm."""
    commands.send_message(message_pk=message_pk, now=timezone.now())


@jobs.task(name=TRIAL_TASK, queue=OUTSIDE, retry=3)
def try_target(target_pk: int) -> None:
    """Send a trial to one target of alarms."""
    commands.try_target(target_pk=target_pk)
