"""``cercana verify``: replay every case and compare chain and projection."""

import os
import sys
import time

import click

from cercana.cases.queries import count_cases, verify_cases

# Each process takes a connection; beyond these the database is what they wait for.
_MOST_PROCESSES = 8


@click.command()
def verify() -> None:
    """
    Replay the history of every case; compare its chain and what the rows say.

    Exit 1 if any case differs; each is printed with what is wrong.
    """
    total, began = count_cases(), time.perf_counter()
    cases = events = faults = 0
    for progress in verify_cases(processes=min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)):
        for each in progress.found:
            click.echo(f"{each.number}: {each.what}")
        faults += len(progress.found)
        cases, events = progress.cases, progress.events
        click.echo(f"\r{cases} de {total} casos, {events} registros", nl=False, err=True)
    click.echo(err=True)
    pace = round(events / max(time.perf_counter() - began, 0.001))
    verdict = "todo coincide" if not faults else f"{faults} con diferencias"
    click.echo(f"{cases} casos y {events} registros revisados ({pace} por segundo): {verdict}.")
    sys.exit(1 if faults else 0)
