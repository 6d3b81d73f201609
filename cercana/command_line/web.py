"""``cercana web``: the web server alone."""

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

_THREADS = 4
_WAITING = 64
_PATIENCE = 5


@click.command()
def web() -> None:
    """
    Serve pages on CERCANA_BIND: one process, four threads.

    To use more cores start it on several addresses, or machines, behind one proxy.
    """
    environment = read_environment(os.environ)
    refuse_taken_port(environment)
    refuse_exposed_demo(environment)
    server = Server(
        "cercana.config.wsgi:application",
        address=environment.bind_host,
        port=environment.bind_port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        backpressure=_WAITING,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0,
        workers_kill_timeout=_PATIENCE,
    )
    server.serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)


def _load(parent: int) -> Callable[..., object]:
    """Return the application, in the process that Granian forked for it."""
    end_with_parent(parent)
    from cercana.config.wsgi import application

    return application
