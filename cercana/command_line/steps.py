"""What ``cercana run`` and its kind tell while they work: one line a step, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_WIDTH = 44
_CLEAR_LINE = "\r\x1b[2K"


class Steps:
    """
    Writes steps to ``out``.

    A terminal shows the last note of a step in place; a file or a pipe gets each note as a line.
    """

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._is_line_open = False

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show that ``title`` is being done, then that it is done and how long it took."""
        began = time.monotonic()
        self.note(f"{title}…")
        try:
            yield
        except BaseException:
            self.say(f"  ✗ {title}")
            raise
        took = f"{time.monotonic() - began:.1f}".replace(".", ",")
        self.say(f"  ✓ {title:<{_WIDTH}} {took:>6} s")

    def note(self, text: str) -> None:
        """Show what goes on just now."""
        if self._is_terminal:
            self._out.write(f"{_CLEAR_LINE}    {text}")
            self._is_line_open = True
        else:
            self._out.write(f"    {text}\n")
        self._out.flush()

    def say(self, text: str = "") -> None:
        """Write ``text`` for good."""
        self._out.write(f"{_CLEAR_LINE if self._is_line_open else ''}{text}\n")
        self._is_line_open = False
        self._out.flush()
