"""What the frame of the desk shows on every page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shell:
    """The person at the desk, the moment of the page and the counters of the top bar."""

    person: str
    state: str
    now: datetime
    critical: int = 0
    unanswered: int = 0
