"""``cercana setup``: a municipality of one's own, from a file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from cercana.config.environment import read_environment
from cercana.rules.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

_EXAMPLE = Path(__file__).with_name("setup_example.toml")


class TablesMissing(DomainError):
    """The database has no tables yet, or those of another version."""

    code: ClassVar[str] = "command_line.tables_missing"
    message: ClassVar[str] = "Las tablas de la base de datos no están al día. Ejecuta antes «cercana migrate»."


class SetupInDemonstration(DomainError):
    """The database holds the demonstration municipality."""

    code: ClassVar[str] = "command_line.setup_in_demonstration"
    message: ClassVar[str] = (
        "Esta base de datos tiene la demostración. Usa una base de datos nueva para tu municipalidad."
    )


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--example", is_flag=True, help="Print a commented example of such a file.")
def setup(file: Path | None, *, example: bool) -> None:
    """
    Enter the municipality that FILE describes (TOML), all of it or nothing; doing it again changes nothing.

    Prints for each administrator without a password a link that opens the account once.
    """
    if example:
        click.echo(_EXAMPLE.read_text(encoding="utf-8"), nl=False)
        return
    if file is None:
        raise click.UsageError("Give a FILE, or --example to see one.")
    from cercana.command_line.database import database_running, set_up_django

    with database_running():
        _refuse_old_tables()
        set_up_django()
        from django.utils import timezone

        _enter(file, timezone.now())


def _refuse_old_tables() -> None:
    from cercana.command_line.preparation import read_preparation, schema_stamp
    from cercana.config.database import database_of

    if read_preparation(database_of(read_environment(os.environ))).stamp != schema_stamp():
        raise TablesMissing


def _enter(path: Path, now: "datetime") -> None:
    from cercana.command_line.entering import enter_municipality

    for line in enter_municipality(path, now):
        click.echo(line)
