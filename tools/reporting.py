"""What the reports on what the rules understand share: figures as Spanish writes them, and times."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def figure(value: float, digits: int = 2) -> str:
    """Return ``value`` with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def milliseconds_each(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return how long the processor takes to read one of ``texts``."""
    started = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - started) / len(texts) * 1000


def milliseconds_to_start(program: str) -> float:
    """Return the time that ``program``, a line of Python in a process of its own, prints in seconds."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000
