"""Web server and worker as one service, supervised until it is told to stop."""

import http.client
import time
from collections.abc import Callable
from contextlib import suppress

from cercana.command_line.processes import Process, end_all
from cercana.command_line.steps import Steps
from cercana.config.environment import Environment

_LOOK_AGAIN = 0.2
_FIRST_PAGE_SECONDS = 60.0


class Service:
    """The lasting processes; used as a context, they are ended when it is left."""

    def __init__(self, environment: Environment, steps: Steps, *, owner: tuple[int, int] | None) -> None:
        self._environment = environment
        self._steps = steps
        self._web = Process("servidor web", ["web"], owner=owner)
        self._worker = Process("trabajos en segundo plano", ["worker"], owner=owner)
        self._started: list[Process] = []

    def start(self) -> None:
        """Start them and return when the first page answers, which the worker does not delay by starting as well."""
        self._start(self._web)
        deadline = time.monotonic() + _FIRST_PAGE_SECONDS
        while not _answers(self._environment) and time.monotonic() < deadline:
            self._restart()
            time.sleep(_LOOK_AGAIN / 4)
        self._start(self._worker)

    def watch(self, look: Callable[[], None]) -> None:
        """Restart for ever what ends, calling ``look`` every now and then."""
        while True:
            self._restart()
            look()
            time.sleep(_LOOK_AGAIN)

    def end(self) -> None:
        """End them and all their children."""
        end_all(self._started)

    def _start(self, process: Process) -> None:
        self._started.append(process)
        process.start()

    def _restart(self) -> None:
        for process in self._started:
            status = process.status
            if process.restart_if_ended():
                self._steps.say(f"  ! {process.name}: terminó (salida {status}) y se puso en marcha otra vez.")


def _answers(environment: Environment) -> bool:
    """Tell whether the web server says anything at all."""
    connection = http.client.HTTPConnection(environment.bind_host, environment.bind_port, timeout=10)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/", headers={"Host": environment.allowed_hosts[0]})
        connection.getresponse()
        return True
    connection.close()
    return False
