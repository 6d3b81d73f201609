"""Commands that are imported when they are asked for, so that ``cercana promise`` does not wait for Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import click

from cercana.rules.errors import DomainError


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is (``module:name``), what it does in a line, and whether it works on the database."""

    place: str
    summary: str
    needs_database: bool = False


class LazyGroup(click.Group):
    """A group of ``entries``; what a command refuses ends as its sentence on standard error and exit 1."""

    def __init__(self, *, entries: Mapping[str, Entry], name: str, help_text: str) -> None:
        super().__init__(name=name, help=help_text, no_args_is_help=True)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which tells what is used most."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, None if the table does not know it."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if entry.needs_database:
            from cercana.command_line.database import set_up_django

            set_up_django()
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(entry.place)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command and, unless only its help is wanted, see that its database runs until it ends."""
        entry = self.entries.get(args[0])
        if entry is not None and entry.needs_database and "--help" not in args:
            from cercana.command_line.database import database_running

            # Before the settings are read: they hold how to sign in, which the first start of the server makes up.
            ctx.with_resource(database_running())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, which imports none of the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.entries.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal becomes a sentence."""
        try:
            return super().invoke(ctx)
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
