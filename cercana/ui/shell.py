"""What the frame of the desk shows on every page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place of the rail that only some roles have; ``name`` is what a page calls itself when it is there.

    ``total`` is how many wait there, 0 if nobody does or nothing is counted.
    """

    name: str
    text: str
    href: str
    icon: str
    total: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """The person at the desk with the places of their own, the moment of the page and the counters of the top bar."""

    person: str
    state: str
    now: datetime
    critical: int = 0
    unanswered: int = 0
    places: tuple[Place, ...] = ()
    may_register: bool = True
    notices: int = 0
    owner: str = ""
