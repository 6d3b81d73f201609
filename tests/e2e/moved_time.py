"""A clock of the machine in the hands of a test: what serves the municipality reads the hour that the test says."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

_LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


@dataclass
class MovedClock:
    """How far the processes started with ``environ`` are ahead of the true time; it is read at every look."""

    file: Path
    ahead: timedelta = field(default=timedelta())

    def __post_init__(self) -> None:
        """Begin at the true time."""
        self.forward(timedelta())

    @property
    def environ(self) -> dict[str, str]:
        """Return what makes a process read this clock: timers that wait for what is passed over end at once."""
        return {
            "LD_PRELOAD": str(_LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
        }

    def forward(self, by: timedelta) -> None:
        """Put the clock forward."""
        self.ahead += by
        self.file.write_text(f"+{self.ahead.total_seconds():.0f}", encoding="utf-8")
