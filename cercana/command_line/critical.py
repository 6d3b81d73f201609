"""``cercana critical sheet``: the open critical cases and the protocol on paper, before the network is needed."""

from pathlib import Path

import click
from django.utils import timezone

from cercana.cases.queries import record_list, wall_cases
from cercana.desk.critical_sheet import critical_sheet
from cercana.organization.queries import municipality
from cercana.rules.access import SYSTEM


@click.group()
def critical() -> None:
    """Help with critical cases where no browser reaches."""


@critical.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    default=Path("casos-criticos.pdf"),
    show_default=True,
    help="Where the PDF goes; - is standard output.",
)
def sheet(output: Path) -> None:
    """Write the open critical cases and the protocol as a PDF to print."""
    now = timezone.now()
    cases = wall_cases(SYSTEM)
    record_list(SYSTEM, [case.number for case in cases], what="hoja en papel", now=now)
    with click.open_file(str(output), "wb") as file:
        file.write(critical_sheet(cases, municipality(), now))
    click.echo(f"{len(cases)} casos críticos abiertos, en {output}.", err=True)
