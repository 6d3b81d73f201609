"""What ties a child process to its parent, however the parent ends."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """
    Have the kernel kill this process as soon as process ``parent``, which started it, has ended.

    A kill suits us: whatever is cut off rolls back in the database, and jobs are taken up again.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have ended before the line above.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
