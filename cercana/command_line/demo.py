"""``cercana demo``: the demonstration municipality, only in a database of its own."""

import os
import time
from pathlib import Path

import click
from django.utils import timezone

from cercana.config.environment import read_environment
from cercana.demo.base import set_up_municipality
from cercana.demo.demo_accounts import give_password, sign_in_sheet
from cercana.demo.history import play_history
from cercana.demo.seeding import refresh_statistics, seed_cases
from cercana.demo.today import play_today

_SHEET = "demo-accounts.txt"
_SHOW_AGAIN = 5.0


@click.group()
def demo() -> None:
    """Load the demonstration municipality, in a database that holds nothing else."""


_SEED = click.option(
    "--seed", default=2026, show_default=True, help="The same number invents the same people and days."
)


@demo.command()
@_SEED
def base(seed: int) -> None:
    """Enter the municipality, its staff and the cases of today; doing it again changes nothing."""
    now = timezone.now()
    set_up_municipality(now)
    play_today(seed=seed, now=now)
    sheet = read_environment(os.environ).var / _SHEET
    if not sheet.exists():
        _write_privately(sheet, sign_in_sheet(give_password()))
        click.echo(f"Las cuentas de la demostración están en {sheet}.")


@demo.command()
@_SEED
def history(seed: int) -> None:
    """Play the three months before today, with all their cases; cut off, it goes on where it was."""
    shown = 0.0
    for progress in play_history(seed=seed, now=timezone.now()):
        if time.monotonic() > shown + _SHOW_AGAIN or progress.done == progress.total:
            shown = time.monotonic()
            click.echo(f"Historia de la demostración: {progress.done} de {progress.total} casos")


@demo.command()
@click.option("--cases", type=click.IntRange(min=1), required=True, help="How many to add.")
@_SEED
def seed(cases: int, seed: int) -> None:
    """Add very many cases in little time, to measure with; «cercana verify» finds them in order."""
    began = time.monotonic()
    for seeded in seed_cases(cases=cases, seed=seed, now=timezone.now()):
        click.echo(f"\r{seeded.done} de {seeded.total} casos", nl=False, err=True)
    refresh_statistics()
    took = time.monotonic() - began
    click.echo(err=True)
    click.echo(f"{cases} casos en {took:.1f} s: {cases / took:.0f} por segundo.")


def _write_privately(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
