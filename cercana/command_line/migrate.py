"""``cercana migrate``: tables as this version needs them."""

import os

import click
from django.core.management import call_command

from cercana.command_line.preparation import record_stamp, schema_stamp
from cercana.config.database import database_of
from cercana.config.environment import read_environment


@click.command()
def migrate() -> None:
    """Bring the tables of the database up to this version, and note that they are."""
    stamp = schema_stamp()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable")
    record_stamp(database_of(read_environment(os.environ)), stamp)
