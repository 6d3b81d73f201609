"""The advisory lock by which one ``var`` serves one instance."""

import fcntl
import os
from pathlib import Path
from typing import Self

from cercana.config.postgres.account import give_to_owner_of
from cercana.config.postgres.errors import AlreadyRunning


class Lock:
    """Held while this object lives and the process does; the system releases it however the process ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, var: Path) -> Self:
        """Take the lock of ``var``; raise AlreadyRunning if another process has it."""
        descriptor = os.open(var / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 20, 0).decode("utf-8").strip()
            os.close(descriptor)
            raise AlreadyRunning(var=var, pid=holder or "?") from error
        give_to_owner_of(var, descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return cls(descriptor)

    def release(self) -> None:
        """Let another instance take the lock."""
        os.close(self._descriptor)
