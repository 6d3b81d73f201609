"""``cercana serve``: web and worker on a PostgreSQL that others run."""

import os
from typing import ClassVar

import click

from cercana.command_line.ground import refuse_exposed_demo, refuse_taken_port
from cercana.command_line.preparation import read_preparation, schema_stamp
from cercana.command_line.processes import end_all, owner_of, until_stopped
from cercana.command_line.service import Service
from cercana.command_line.static_files import Gathering
from cercana.command_line.steps import Steps
from cercana.config.database import database_of
from cercana.config.environment import read_environment
from cercana.config.postgres import make_var
from cercana.rules.errors import DomainError


class DatabaseUnnamed(DomainError):
    """``serve`` needs a server to work on."""

    code: ClassVar[str] = "command_line.database_unnamed"
    message: ClassVar[str] = (
        "Indica la base de datos en DATABASE_URL. Si quieres la que Cercana trae consigo, usa «cercana run»."
    )


class TablesOutdated(DomainError):
    """The tables of the database are not those of this version."""

    code: ClassVar[str] = "command_line.tables_outdated"
    message: ClassVar[str] = "Las tablas de la base de datos no son las de esta versión. Ejecuta «cercana migrate»."


@click.command()
def serve() -> None:
    """
    Start web and worker on the PostgreSQL of DATABASE_URL, until Ctrl-C.

    An address that others can reach is refused while the database holds the demonstration.
    """
    environment = read_environment(os.environ)
    if environment.database is None:
        raise DatabaseUnnamed
    refuse_taken_port(environment)
    if read_preparation(database_of(environment)).stamp != schema_stamp():
        raise TablesOutdated
    refuse_exposed_demo(environment)
    make_var(environment.var)
    owner = owner_of(environment.var)
    steps = Steps()
    gathering = Gathering(environment, owner=owner)
    service = Service(environment, steps, owner=owner)
    with until_stopped():
        try:
            gathering.start()
            gathering.finish(steps)
            with steps.step("Servidor web y trabajos en segundo plano"):
                service.start()
            steps.say(f"Cercana atiende en {environment.public_url}/  (Ctrl-C termina)")
            service.watch(lambda: None)
        finally:
            end_all([gathering.process])
            service.end()
