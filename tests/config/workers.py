"""Workers in processes of their own, for tests that kill them, and how to wait for what they do."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


def address_of_database() -> str:
    """Return the address of the database of the test."""
    given = connection.settings_dict
    return (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}&port={given['PORT']}"
    )


@contextmanager
def worker_process(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker of its own on the database of the test, killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cercana", "worker", *options],
        env={**os.environ, "DATABASE_URL": address_of_database()},
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another process, half a minute at most."""
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
