"""What commands need that work on the database: Django set up, and a server that runs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cercana.config.environment import read_environment
from cercana.config.postgres.embedded import EmbeddedPostgres
from cercana.config.postgres.errors import AlreadyRunning


@contextmanager
def database_running() -> Iterator[None]:
    """See that the database takes connections; the embedded one is started unless it runs already."""
    environment = read_environment(os.environ)
    if environment.database is not None:
        yield
        return
    postgres = EmbeddedPostgres(environment.var, progress=lambda text: click.echo(text, err=True))
    try:
        postgres.start()
    except AlreadyRunning:
        # «cercana run» has it; this command goes beside.
        yield
        return
    try:
        yield
    finally:
        postgres.stop()


def set_up_django() -> None:
    """Load settings and apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cercana.config.settings")
    import django

    django.setup()
