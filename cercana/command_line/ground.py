"""What must hold before web and worker start: a free port, and no demonstration where the world can see it."""

import errno
import socket
import time
from typing import ClassVar

from cercana.command_line.database import set_up_django
from cercana.config.environment import Environment
from cercana.rules.errors import DomainError

# The processes of an instance killed a moment ago may take this long to go.
_PATIENCE = 2.0
_LOOK_AGAIN = 0.1


class PortTaken(DomainError):
    """Another program listens on the address."""

    code: ClassVar[str] = "command_line.port_taken"
    message: ClassVar[str] = (
        "El puerto {port} de {host} ya está ocupado por otro programa. "
        "Ciérralo, o elige otro puerto: CERCANA_BIND={host}:{other}."
    )


class AddressForbidden(DomainError):
    """The address is not this machine's, or its port needs more rights; ``reason`` is what the system says."""

    code: ClassVar[str] = "command_line.address_forbidden"
    message: ClassVar[str] = (
        "No se puede atender en {host}:{port} ({reason}). Pon en CERCANA_BIND una dirección de este equipo y un "
        "puerto desde 1024."
    )


class DemoExposed(DomainError):
    """The database holds the demonstration, and the address can be reached from elsewhere."""

    code: ClassVar[str] = "command_line.demo_exposed"
    message: ClassVar[str] = (
        "Esta base de datos tiene los datos de la demostración y solo se muestra en este mismo equipo. "
        "Usa CERCANA_BIND=127.0.0.1:{port}, o una base de datos nueva."
    )


def refuse_exposed_demo(environment: Environment) -> None:
    """Raise DemoExposed if others can reach the address and the database holds the demonstration."""
    if environment.is_loopback:
        return
    set_up_django()
    from cercana.organization.queries import is_demonstration

    if is_demonstration():
        raise DemoExposed(port=environment.bind_port)


def refuse_taken_port(environment: Environment) -> None:
    """Return when the port of the environment is free; raise PortTaken or AddressForbidden."""
    host, port = environment.bind_host, environment.bind_port
    deadline = time.monotonic() + _PATIENCE
    while (problem := _bind_problem(host, port)) is not None:
        if problem.errno != errno.EADDRINUSE:
            raise AddressForbidden(host=host, port=port, reason=problem.strerror) from problem
        if time.monotonic() > deadline:
            raise PortTaken(host=host, port=port, other=port + 1) from problem
        time.sleep(_LOOK_AGAIN)


def _bind_problem(host: str, port: int) -> OSError | None:
    """Return what keeps us from listening there, None if nothing does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None
