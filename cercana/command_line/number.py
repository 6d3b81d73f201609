"""``cercana number check``: whether a case number can exist."""

import sys

import click

from cercana.rules.case_number import NumberUnknown, parse


@click.group()
def number() -> None:
    """Work with case numbers."""


@number.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--prefix", default="SI", show_default=True, help="The letters that begin this municipality's numbers.")
def check(text: tuple[str, ...], prefix: str) -> None:
    """Exit 0 if TEXT is a well-formed case number, 1 if it cannot exist; the reason is printed."""
    try:
        found = parse(" ".join(text), prefix.upper())
    except NumberUnknown as refusal:
        click.echo(str(refusal))
        sys.exit(1)
    click.echo(f"{found} está bien escrito.")
