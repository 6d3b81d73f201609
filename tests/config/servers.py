"""Servers for tests: in this process, or under a supervisor that can be killed; and what to do to them."""

import os
import pwd
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import psycopg

from cercana.config.postgres import EmbeddedPostgres

PATIENCE = 60.0


class Supervisor:
    """The program ``supervisor.py`` at work on one ``var``, in a session of its own; end it with ``close``."""

    def __init__(self, var: Path, account: pwd.struct_passwd | None = None) -> None:
        program = Path(__file__).with_name("supervisor.py")
        who = [str(account.pw_uid), str(account.pw_gid)] if account else []
        self.process = subprocess.Popen(
            [sys.executable, str(program), str(var), *who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(program.parent.parent.parent)},
            start_new_session=True,
        )
        assert self.process.stdout
        self.says = self.process.stdout.readline().strip()  # the address of the server, or a refusal

    def interrupt(self) -> None:
        """Do what Ctrl-C does: interrupt every process of the session."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.close()

    def kill(self) -> None:
        """Kill the supervisor alone, as ``kill -9`` does."""
        self.process.kill()
        self.close()

    def close(self) -> None:
        """Have the server stopped, if the supervisor still lives."""
        with self.process:
            self.process.communicate(timeout=PATIENCE)


Supervise: TypeAlias = Callable[..., Supervisor]


def embedded(var: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(var, progress=lambda _text: None)


def postmaster_of(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split()[0])


def kill(pids: Iterable[int]) -> None:
    """Kill processes of anybody and return when they have ended."""
    for pid in pids:
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            has_ended, _, _ = select.select([handle], [], [], PATIENCE)
            os.close(handle)
            assert has_ended


def write(url: str, note: str) -> None:
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE IF NOT EXISTS note (text text PRIMARY KEY)")
        session.execute("INSERT INTO note VALUES (%s)", [note])


def notes(url: str) -> list[str]:
    with psycopg.connect(url) as session:
        return [text for (text,) in session.execute("SELECT text FROM note ORDER BY text")]


def look_of(folders: Iterable[Path]) -> list[tuple[int, int, int]]:
    """Return mode and owner of each folder."""
    return [(found.st_mode, found.st_uid, found.st_gid) for found in (each.stat() for each in folders)]
