"""Workers in processes of their own, for tests that kill them, and how to wait for what they do."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper


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
        # Without its mail listener, whose port another test may hold.
        env={**os.environ, "DATABASE_URL": address_of_database(), "CERCANA_MAIL_LISTEN": "no"},
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


@contextmanager
def held_up(statement: str) -> Iterator[None]:
    """Keep others from going on past the point that ``statement`` blocks."""
    with psycopg.connect(address_of_database()) as blocker:
        blocker.execute(statement)
        yield
        # Where a restart is played, it ended this session, too.
        with suppress(psycopg.OperationalError):
            blocker.rollback()


def is_held_up() -> bool:
    """Tell whether somebody waits for what another holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def end_every_session() -> None:
    """End all sessions of the database but that of the test, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend'
            """
        )
    # What the pool still holds has ended, too: tried one by one, each later, they outlast the wait for a connection.
    own = connections["default"]
    assert isinstance(own, DatabaseWrapper)
    own.close_pool()
