"""
Who held a case, and for how long: so that a late one does not blame only the last (domain.md, Monthly analysis).

Until it is referred nobody holds it; from the answer on it waits for the citizen; closed, no time runs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cercana.rules.calendar import Calendar
from cercana.rules.history import EventType, Payload
from cercana.rules.office_hours import OfficeHours, working_time
from cercana.rules.promises import to_lima

_NONE = timedelta()


class HolderKind(StrEnum):
    """With whom a case is: an area, nobody yet, or the citizen who has been answered."""

    AREA = "area"
    NOBODY = "nobody"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a case; ``area`` is its code, or ""."""

    kind: HolderKind
    area: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of a history as far as it says who holds the case."""

    type: EventType
    at: datetime
    payload: Payload


@dataclass(frozen=True, slots=True)
class Held:
    """How long somebody held a case in all: by the clock, and within the office hours."""

    holder: Holder
    elapsed: timedelta
    working: timedelta


_NOBODY, _CITIZEN = Holder(HolderKind.NOBODY), Holder(HolderKind.CITIZEN)
_BACK_TO_NOBODY = frozenset({EventType.RECEIVED, EventType.HANDED_BACK, EventType.REFERRAL_UNDONE})
_TO_AN_AREA = frozenset({EventType.REFERRED, EventType.FOLLOWED, EventType.MERGED})
_TO_THE_AREA_AGAIN = frozenset({EventType.CONTESTED, EventType.REOPENED, EventType.TAKEN, EventType.ASSIGNED})


def time_held(
    history: Iterable[Happened], *, now: datetime, hours_of: Callable[[str], OfficeHours | None], calendar: Calendar
) -> list[Held]:
    """
    Return how long each holder had the case until ``now``, who held it first before who came later.

    Working time is that of the holder's area, of the municipality (``hours_of("")``) for the others, and all of it
    where nobody said when they work. Raise CalendarGap for a year that is needed.
    """
    total: dict[Holder, tuple[timedelta, timedelta]] = {}
    for holder, began, ended in _stretches(history, now):
        hours = hours_of(holder.area)
        working = working_time(to_lima(began), to_lima(ended), hours, calendar) if hours else ended - began
        elapsed, worked = total.get(holder, (_NONE, _NONE))
        total[holder] = (elapsed + (ended - began), worked + working)
    return [Held(holder, elapsed, working) for holder, (elapsed, working) in total.items()]


def _stretches(history: Iterable[Happened], now: datetime) -> Iterator[tuple[Holder, datetime, datetime]]:
    holder: Holder | None = None
    area, began = "", now
    for event in history:
        if event.type in _TO_AN_AREA:
            area = str(event.payload.get("area", area))
        following = _holder_after(event, holder, area)
        if following == holder:
            continue
        # What is entered late begins where the entry before it left off.
        at = max(event.at, began) if holder else event.at
        if holder is not None and at > began:
            yield holder, began, at
        holder, began = following, at
    if holder is not None and now > began:
        yield holder, began, now


def _holder_after(event: Happened, holder: Holder | None, area: str) -> Holder | None:
    if event.type in _BACK_TO_NOBODY:
        return _NOBODY
    if event.type in _TO_AN_AREA or event.type in _TO_THE_AREA_AGAIN:
        return Holder(HolderKind.AREA, area) if area else _NOBODY
    if event.type is EventType.ANSWERED:
        return _CITIZEN
    return None if event.type is EventType.CLOSED else holder
