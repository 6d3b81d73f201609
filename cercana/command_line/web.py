"""``cercana web``: the web server alone."""

import gc
import os
from collections.abc import Callable
from functools import partial

import click
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from cercana.command_line.ground import refuse_exposed_demo, refuse_taken_port
from cercana.config.environment import read_environment
from cercana.config.lifeline import end_with_parent

# While one waits for the database another works; more would only wait for each other.
_THREADS = 2
_WAITING = 64
_OBJECTS_UNTIL_COLLECTED = 50_000
_PATIENCE = 5

Application = Callable[..., object]


@click.command()
def web() -> None:
    """
    Serve pages on CERCANA_BIND with CERCANA_WEB_PROCESSES processes of two threads.

    For more than one machine start it on each, behind one proxy.
    """
    environment = read_environment(os.environ)
    refuse_taken_port(environment)
    refuse_exposed_demo(environment)
    server = Server(
        "cercana.config.wsgi:application",
        address=environment.bind_host,
        port=environment.bind_port,
        interface=Interfaces.WSGI,
        workers=environment.web_processes,
        blocking_threads=_THREADS,
        backpressure=_WAITING,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0,
        workers_kill_timeout=_PATIENCE,
    )
    server.serve(target_loader=partial(_loaded, _shared_application(), os.getpid()), wrap_loader=False)


def _shared_application() -> Application:
    """Return the application, loaded before Granian forks its processes: they share the memory of what is loaded."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    from cercana.config.wsgi import application
    from cercana.rules.triage.weights import shipped_model
    from cercana.rules.writing.weighing import shipped_scales

    # What every process asks for sooner or later is read once, for all of them.
    shipped_model()
    shipped_scales()
    # A connection opened so far would be used by all of them at once.
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper):
            connection.close()
            connection.close_pool()
    # What is here stays: the collector need not touch its pages, which would copy them.
    gc.collect()
    gc.freeze()
    # A page leaves few cycles behind; looking for them after every 700 objects took a tenth of its time.
    gc.set_threshold(_OBJECTS_UNTIL_COLLECTED)
    return application


def _loaded(application: Application, parent: int) -> Application:
    """Return the application in the process that Granian forked for it."""
    end_with_parent(parent)
    return application
