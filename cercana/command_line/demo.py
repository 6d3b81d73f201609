"""``cercana demo``: the demonstration municipality, only in a database of its own."""

import os
from pathlib import Path

import click
from django.utils import timezone

from cercana.config.environment import read_environment
from cercana.demo.base import set_up_municipality
from cercana.demo.demo_accounts import give_password, sign_in_sheet

_SHEET = "demo-accounts.txt"


@click.group()
def demo() -> None:
    """Load the demonstration municipality, in a database that holds nothing else."""


@demo.command()
def base() -> None:
    """Enter the municipality and its staff; doing it again changes nothing."""
    set_up_municipality(timezone.now())
    sheet = read_environment(os.environ).var / _SHEET
    if not sheet.exists():
        _write_privately(sheet, sign_in_sheet(give_password()))
        click.echo(f"Las cuentas de la demostración están en {sheet}.")


def _write_privately(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
