"""An installation that tests start, look at, harm and stop as its owner would: by the ``cercana`` command."""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cercana.config.postgres import EmbeddedPostgres
from tests.config.servers import kill

PATIENCE = 180.0
# A database that is thrown away need not survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
_ROOT = Path(__file__).resolve().parent.parent.parent


class Installation:
    """One folder ``var`` with a port of its own."""

    def __init__(self, var: Path, *, port: int | None = None) -> None:
        self.var = var
        self.port = port or _free_port()
        self.log = var.parent / f"{var.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """Return the environment of its commands: the embedded database, in this folder."""
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CERCANA_VAR"}}
        return {**kept, "CERCANA_VAR": str(self.var), "CERCANA_BIND": f"127.0.0.1:{self.port}"}

    @property
    def said(self) -> str:
        """Return what the running command has written so far."""
        return self.log.read_text(encoding="utf-8")

    def cercana(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "cercana", *arguments],
            cwd=_ROOT,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def database(self) -> Iterator[str]:
        """Run its database, and nothing else, and return its address."""
        with EmbeddedPostgres(self.var, progress=lambda _text: None, options=FAST) as server:
            yield server.start().url

    def start(self, *arguments: str, **environ: str) -> None:
        """Start a lasting command and return when it says that Ctrl-C ends it."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cercana", *arguments],
                cwd=_ROOT,
                env={**self.environ, **environ},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: "Ctrl-C termina" in self.said or self.process_status is not None)
        assert self.process_status is None, self.said

    @property
    def process_status(self) -> int | None:
        """Return the exit status of the lasting command, None while it runs."""
        return self.process.poll() if self.process else None

    def stop(self, order: signal.Signals = signal.SIGINT) -> int:
        """Send ``order`` to the lasting command alone and return its exit status."""
        assert self.process
        self.process.send_signal(order)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End whatever a failed test left behind."""
        if self.process and self.process_status is None:
            self.stop(signal.SIGTERM)
        kill(self.processes())

    def processes(self, *words: str) -> set[int]:
        """Return the processes of this installation, those whose command line has all ``words``."""
        return {
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and _belongs(entry, self.var, words)
        }

    def answers(self) -> bool:
        """Tell whether the first page comes, be it that nothing is set up yet; it reads the database."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status != http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def first_run(folder: Path) -> Installation:
    """
    Return the installation in ``folder`` after its first run, stopped.

    Of the processes that ask for it the first one makes it, and the others wait.
    """
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "port"
        if made.exists():
            return Installation(folder / "var", port=int(made.read_text()))
        installation = Installation(folder / "var")
        try:
            installation.start("run", "--empty")
            assert installation.stop() == 0
        finally:
            installation.close()
        made.write_text(str(installation.port))
        return installation


@contextmanager
def copied(template: Installation) -> Iterator[Installation]:
    """Make a copy of an installation that is stopped, and see that nothing of it is left."""
    with tempfile.TemporaryDirectory(prefix="cercana-run-") as name:
        Path(name).chmod(0o755)
        var = Path(name).resolve() / "var"
        subprocess.run(["cp", "-a", template.var, var], check=True)
        installation = Installation(var)
        try:
            yield installation
        finally:
            installation.close()


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when ``holds`` does; fail if it never does."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def _belongs(process: Path, var: Path, words: tuple[str, ...]) -> bool:
    with suppress(FileNotFoundError, PermissionError, ProcessLookupError):
        command = (process / "cmdline").read_bytes().split(b"\0")
        is_ours = f"CERCANA_VAR={var}".encode() in (process / "environ").read_bytes().split(b"\0")
        is_server = (process / "cwd").readlink() == var / "postgres"
        return bool(command[0]) and (is_ours or is_server) and all(word.encode() in command for word in words)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
