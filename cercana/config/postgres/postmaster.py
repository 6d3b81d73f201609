"""One server process: found or launched, waited for, stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from cercana.config.postgres.connection import Connection
from cercana.config.postgres.errors import AlreadyRunning, StartFailed
from cercana.config.postgres.places import Places

Progress = Callable[[str], None]

# For a small machine that also runs the web server; whoever has more points DATABASE_URL to a server of their own.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # A log without personal data: no statements and no values of the rows they touch.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # One line a second while recovery advances, for whoever reads the log and for the wait below.
    "log_startup_progress_interval": "1s",
}

_LOOK_AGAIN = 0.02
_STANDSTILL = 60.0
_TELL_EVERY = 5.0
_FAST = 60.0
_IMMEDIATE = 10.0
_TAIL_LINES = 6


class Postmaster:
    """The server of one folder of data; ``child`` is absent if an earlier process launched it."""

    def __init__(self, places: Places, pid: int, child: subprocess.Popen[bytes] | None = None) -> None:
        self.pid = pid
        self._places = places
        self._child = child

    @classmethod
    def adopt(cls, places: Places) -> Self | None:
        """
        Return the server that an instance killed before this one left behind, or None.

        One that is ending, runs under another account than it should, or listens where no client looks for it any
        more, is ended; raise AlreadyRunning if only its own account may do that.
        """
        pid = _recorded(places.data, line=0)
        if not pid.isdigit() or int(pid) not in processes_in(places.data):
            return None
        left = cls(places, int(pid))
        if left.is_usable:
            return left
        try:
            left.stop()
        except PermissionError as error:
            raise AlreadyRunning(var=places.var, pid=left.pid) from error
        return None

    @classmethod
    def launch(cls, places: Places, options: Mapping[str, str]) -> Self:
        """Start a server; return at once. ``options`` are settings that go over ours. None may be left behind."""
        # The number in them may be of some other process by now, or of a zombie: PostgreSQL would see a server in it.
        for stale in (places.data / "postmaster.pid", places.run / f"{places.connection.socket.name}.lock"):
            stale.unlink(missing_ok=True)
        command = [str(places.programs / "postgres"), "-D", str(places.data)]
        settings = {**SETTINGS, "unix_socket_directories": f'"{places.run}"', **options}
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with places.open_log() as log:
            child = places.account.popen(command, output=log.fileno())
        return cls(places, child.pid, child)

    @property
    def connection(self) -> Connection:
        """Return how to reach the server."""
        return self._places.connection

    @property
    def is_alive(self) -> bool:
        """Tell whether the server runs."""
        if self._child is not None:
            return self._child.poll() is None
        return _works_in(self._places.data, Path(f"/proc/{self.pid}"))

    @property
    def is_usable(self) -> bool:
        """Tell whether the server stays, and listens where the clients of ``var`` look for it."""
        return (
            self._owner() == self._places.account.uid
            and _recorded(self._places.data, line=4) == str(self._places.run)
            and self._places.connection.socket.exists()
            and _recorded(self._places.data, line=7).strip() != "stopping"
        )

    def wait_until_ready(self, progress: Progress) -> None:
        """Return when the server takes connections; raise StartFailed if it ends, or recovers without advancing."""
        seen, advanced_at = (-1, -1), time.monotonic()
        tell_at = advanced_at + _TELL_EVERY
        while not self._is_ready():
            now, work = time.monotonic(), self._work_done()
            if work != seen:
                seen, advanced_at = work, now
            if not self.is_alive or now - advanced_at > _STANDSTILL:
                raise StartFailed(log=self._places.log, tail=_tail(self._places.log))
            if now > tell_at:
                progress("PostgreSQL recupera los datos tras un corte…")
                tell_at = now + _TELL_EVERY
            time.sleep(_LOOK_AGAIN)

    def stop(self) -> None:
        """End the server, its sessions first; a server that does not obey is cut off and recovers at its next start."""
        for order, patience in ((signal.SIGINT, _FAST), (signal.SIGQUIT, _IMMEDIATE), (signal.SIGKILL, _IMMEDIATE)):
            if not self.is_alive:
                return
            os.kill(self.pid, order)
            if self._has_ended(patience):
                return

    def _is_ready(self) -> bool:
        return _recorded(self._places.data, line=0) == str(self.pid) and (
            _recorded(self._places.data, line=7).strip() == "ready"
        )

    def _owner(self) -> int:
        try:
            return Path(f"/proc/{self.pid}").stat().st_uid
        except FileNotFoundError:
            return -1

    def _work_done(self) -> tuple[int, int]:
        """Return the bytes logged, and those read and written by all processes of the server: they grow with work."""
        return self._places.log.stat().st_size, sum(map(_bytes_moved, processes_in(self._places.data)))

    def _has_ended(self, seconds: float) -> bool:
        return _holds_within(seconds, lambda: not self.is_alive)


def processes_in(data: Path) -> set[int]:
    """
    Return the numbers of the processes of the server of ``data``, those of a server killed before included.

    They have the folder as their working directory, and zombies have none. Of a server under another account, whose
    directory we may not see, only the first process counts, known by its arguments.
    """
    return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _works_in(data, entry)}


def end_orphans(data: Path) -> None:
    """Wait for the sessions of a killed server, which end by themselves; cut off those that do not."""
    for order in (signal.SIGQUIT, signal.SIGKILL):
        if _holds_within(_IMMEDIATE, lambda: not processes_in(data)):
            return
        for pid in processes_in(data):
            with suppress(ProcessLookupError):
                os.kill(pid, order)
    _holds_within(_IMMEDIATE, lambda: not processes_in(data))


def _works_in(data: Path, process: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data
    except PermissionError:
        return os.fsencode(data) in _read(process / "cmdline").split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def _bytes_moved(pid: int) -> int:
    counts = dict(line.split(b": ") for line in _read(Path(f"/proc/{pid}/io")).splitlines())
    return int(counts.get(b"rchar", 0)) + int(counts.get(b"wchar", 0))


def _read(path: Path) -> bytes:
    """Return what the system tells about a process, nothing if it is gone or keeps it from us."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return b""


def _holds_within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN)
    return True


def _recorded(data: Path, *, line: int) -> str:
    """Return one line of what the server says of itself: 0 its number, 4 its folder of sockets, 7 its state."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    return lines[line] if line < len(lines) else ""


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL_LINES:])
