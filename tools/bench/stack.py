"""A Cercana of its own for one measurement: database, demonstration, cases, web server, baseline."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_START = 60.0
_LOOK_AGAIN = 0.1


def set_up(environment: dict[str, str]) -> None:
    """Make the tables, the demonstration of today and the static files of a new Cercana."""
    for command in (("migrate",), ("demo", "base"), ("manage", "collectstatic", "--no-input", "--verbosity=0")):
        cercana(*command, environment=environment)


def cercana(*arguments: str, environment: dict[str, str]) -> float:
    """Run a command of Cercana to its end and return the seconds it took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "cercana", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


@contextmanager
def server(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a web server, wait until it answers on ``port``, and end it afterwards."""
    with _started(command, environment, lambda: _ask_for_page(port, path)) as process:
        yield process


@contextmanager
def listener(command: list[str], port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start what takes connections on ``port``, wait until it does, and end it afterwards; it tells nothing."""
    with _started(command, environment, lambda: _connect(port), output=subprocess.DEVNULL) as process:
        yield process


@contextmanager
def _started(
    command: list[str], environment: dict[str, str], look: Callable[[], None], *, output: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait_until(look)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until(look: Callable[[], None]) -> None:
    """Look again and again until there is something; raise OSError if it takes too long."""
    deadline = time.monotonic() + _START
    while True:
        try:
            look()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_AGAIN)
        else:
            return


def _ask_for_page(port: int, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    finally:
        connection.close()


def _connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=5).close()


def resident_mb(pid: int) -> list[int]:
    """
    Return the resident memory of a process and of each below it, in megabytes.

    The sizes are proportional (Pss): Granian forks its workers, and what they share is counted in parts.
    """
    sizes = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    own = next(int(line.split()[1]) * 1024 // 1_000_000 for line in sizes.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [own, *(size for child in children for size in resident_mb(int(child)))]


def environment_for(var: Path, port: int, database_url: str) -> dict[str, str]:
    """Return the variables of a Cercana that lives in ``var``."""
    return {
        **os.environ,
        "CERCANA_VAR": str(var),
        "CERCANA_BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": database_url,
    }
