"""The jobs of the protocol; their arguments are ids."""

from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from cercana.conversation.commands import QUEUE as MAIL
from cercana.critical import commands
from cercana.critical.letters import SEND_TASK


@jobs.task(name=commands.STEP_TASK, queue=commands.QUEUE, retry=10)
def take_step(case_id: int) -> None:
    """Do what is due about one critical case."""
    commands.take_step(case_id=case_id, now=timezone.now())


@jobs.task(name=SEND_TASK, queue=MAIL, retry=10)
def send_letter(letter_id: int) -> None:
    """Try once to send the letter of an alarm."""
    commands.send_letter(letter_id=letter_id, now=timezone.now())
