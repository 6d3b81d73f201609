"""The processes that a supervising command starts, restarts and ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import ClassVar

from cercana.rules.errors import DomainError

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 10.0
_TAIL_LINES = 20
# A process that lasted this long before it ended is started again at once; one that did not, a little later each time.
_HEALTHY_SECONDS = 20.0
_LONGEST_PAUSE = 10.0


class StepFailed(DomainError):
    """A process that should have done its part and ended well did not; its own words stand above."""

    code: ClassVar[str] = "command_line.step_failed"
    message: ClassVar[str] = "No se pudo completar «{command}» (salida {status}). Las líneas de arriba dicen por qué."
    status: ClassVar[int] = 500


class Process:
    """One ``cercana`` command in a process group of its own, which ends with us however we end."""

    def __init__(self, name: str, arguments: Sequence[str], *, owner: tuple[int, int] | None) -> None:
        self.name = name
        self._arguments = list(arguments)
        self._owner = owner
        self._popen: subprocess.Popen[str] | None = None
        self._began = 0.0
        self._failures = 0

    @property
    def pid(self) -> int | None:
        """Return the number of the process, None before its first start."""
        return None if self._popen is None else self._popen.pid

    @property
    def is_alive(self) -> bool:
        """Tell whether it runs."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def status(self) -> int | None:
        """Return its exit status, None while it runs."""
        return None if self._popen is None else self._popen.poll()

    def start(self, *, is_heard: bool = False) -> None:
        """Start it; ``is_heard`` if its lines are to be read by ``lines``."""
        uid, gid = self._owner or (None, None)
        self._began = time.monotonic()
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "cercana.command_line.supervised", str(os.getpid()), *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if is_heard else None,
            stderr=subprocess.STDOUT if is_heard else None,
            text=True,
            start_new_session=True,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )

    def lines(self) -> Iterator[str]:
        """Yield what it writes, until it ends."""
        if self._popen is not None and self._popen.stdout is not None:
            for line in self._popen.stdout:
                yield line.rstrip()
            self._popen.wait()

    def restart_if_ended(self) -> bool:
        """Start it again if it ended, after a pause that grows while it keeps ending; tell whether it was started."""
        if self.is_alive:
            return False
        if time.monotonic() - self._began > _HEALTHY_SECONDS:
            self._failures = 0
        pause = min(self._failures, _LONGEST_PAUSE)
        if time.monotonic() < self._began + pause:
            return False
        self._kill_group()
        self._failures += 1
        self.start()
        return True

    def ask_to_end(self) -> None:
        """Send its leader the signal to end."""
        if self._popen is not None and self.is_alive:
            self._popen.terminate()

    def end(self, deadline: float) -> None:
        """Wait for it until ``deadline`` (monotonic), then kill what is left of its group."""
        if self._popen is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(max(0.0, deadline - time.monotonic()))
        self._kill_group()
        self._popen.wait()

    def _kill_group(self) -> None:
        if self._popen is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._popen.pid, signal.SIGKILL)


def owner_of(var: Path) -> tuple[int, int] | None:
    """Return whom our processes must become to leave ``var`` to its owner: nobody else unless we are root."""
    owner = var.stat()
    return (owner.st_uid, owner.st_gid) if os.geteuid() == 0 and owner.st_uid != 0 else None


def run_to_end(process: Process, tell: Callable[[str], None]) -> None:
    """Run ``process``, telling each of its lines; raise StepFailed with its last lines told if it does not end well."""
    heard: list[str] = []
    try:
        process.start(is_heard=True)
        for line in process.lines():
            heard.append(line)
            tell(line)
    finally:
        process.end(time.monotonic())
    if process.status != 0:
        # A terminal showed each line in the place of the one before.
        if sys.stdout.isatty():
            sys.stderr.write("\n".join(["", *heard[-_TAIL_LINES:], ""]))
        raise StepFailed(command=process.name, status=process.status)


def end_all(processes: Sequence[Process]) -> None:
    """End ``processes``: asked all at once, killed if they do not obey; no child of theirs remains."""
    for process in processes:
        process.ask_to_end()
    deadline = time.monotonic() + _PATIENCE
    for process in processes:
        process.end(deadline)


@contextmanager
def until_stopped() -> Iterator[None]:
    """
    Let Ctrl-C, SIGTERM and SIGHUP leave the block, once; what follows is not disturbed by further ones.

    The block is left by KeyboardInterrupt, so that its ``finally`` clauses run wherever it was.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in _STOPPING:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in _STOPPING:
        signal.signal(each, stop)
    with suppress(KeyboardInterrupt):
        yield
