"""``cercana mail receive``: take a mail from a pipe, as mail servers hand it to a program."""

import os
import sys

import click

from cercana.command_line.database import database_running, set_up_django
from cercana.rules.errors import DomainError

# As sysexits.h has it: the mail server keeps the mail and tries again later.
EX_TEMPFAIL = 75


@click.command()
@click.option("--sender", default="", help="Sender of the envelope; that of $SENDER if absent.")
@click.option(
    "--recipient", "recipients", multiple=True, help="Recipient of the envelope; that of $RECIPIENT if absent."
)
@click.pass_context
def receive(context: click.Context, sender: str, recipients: tuple[str, ...]) -> None:
    """
    Take a mail from standard input: exit 0 once it is kept for good, 75 if it has to be tried again later.

    Whatever the mail is, it is kept; the worker reads it.
    """
    raw = sys.stdin.buffer.read()
    sent_by = sender or os.environ.get("SENDER", "")
    sent_to = list(recipients) or [each for each in [os.environ.get("RECIPIENT", "")] if each]
    if not _is_kept(raw, sent_by, sent_to):
        context.exit(EX_TEMPFAIL)


def _is_kept(raw: bytes, sender: str, recipients: list[str]) -> bool:
    from django.db import DatabaseError, InterfaceError
    from django.utils import timezone

    try:
        with database_running():
            set_up_django()
            from cercana.channels.email import commands

            envelope = commands.Envelope(commands.Way.PIPE, sender, recipients)
            commands.receive(raw, envelope, received_at=timezone.now())
    except (DomainError, DatabaseError, InterfaceError) as error:
        click.echo(f"No se pudo guardar el correo: {error}", err=True)
        return False
    return True
