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
_LOOK_AGAIN = 0.05
_LOW_PRIORITY = 10
# The C library learns from the first large mail to keep as much room for good; what it was told, it learns no more.
_GIVING_MEMORY_BACK = {"MALLOC_MMAP_THRESHOLD_": "131072"}
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

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        owner: tuple[int, int] | None,
        is_heard: bool = False,
        is_background: bool = False,
    ) -> None:
        """
        Take note of what to run and as whom.

        Its lines are for ``new_lines`` if it is heard, and go where ours go otherwise; in the background it lets go
        first whoever waits for a page.
        """
        self.name = name
        self._arguments = list(arguments)
        self._owner = owner
        self._is_heard = is_heard
        self._is_background = is_background
        self._half_line = b""
        self._popen: subprocess.Popen[bytes] | None = None
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

    def start(self) -> None:
        """Start it."""
        uid, gid = self._owner or (None, None)
        self._began = time.monotonic()
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "cercana.command_line.supervised", str(os.getpid()), *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if self._is_heard else None,
            stderr=subprocess.STDOUT if self._is_heard else None,
            env={**_GIVING_MEMORY_BACK, **os.environ},
            start_new_session=True,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )
        if self._popen.stdout is not None:
            os.set_blocking(self._popen.stdout.fileno(), False)
        if self._is_background:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._popen.pid, _LOW_PRIORITY)

    def new_lines(self) -> list[str]:
        """Return what it wrote since the last call, without waiting."""
        if self._popen is None or self._popen.stdout is None:
            return []
        *lines, self._half_line = (self._half_line + (self._popen.stdout.read() or b"")).split(b"\n")
        return [line.decode(errors="replace").rstrip() for line in lines]

    def wait(self) -> None:
        """Wait until it ends; raise StepFailed if it ends badly."""
        if self._popen is not None and self._popen.wait() != 0:
            raise StepFailed(command=self.name, status=self._popen.returncode)

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
    """Run ``process``, telling each of its lines; raise StepFailed, its last lines on the screen, if it ends badly."""
    heard: list[str] = []
    try:
        process.start()
        is_alive = True
        while is_alive:
            is_alive = process.is_alive
            for line in process.new_lines():
                heard.append(line)
                tell(line)
            time.sleep(_LOOK_AGAIN)
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
