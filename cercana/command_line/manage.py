"""``cercana manage``: the commands of Django and its libraries."""

import click
from django.core.management import execute_from_command_line


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a command of Django: ``cercana manage migrate``, ``cercana manage help``."""
    execute_from_command_line(["cercana manage", *arguments])
