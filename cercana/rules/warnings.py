"""When the watch warns of a promise or of silence, and whom, as pure functions (domain.md, Clocks)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from cercana.rules.access import Actor, Facts, may
from cercana.rules.acts import Act
from cercana.rules.calendar import Calendar
from cercana.rules.lifecycle import Stage
from cercana.rules.office_hours import OfficeHours
from cercana.rules.projected_clocks import ALL, LEVELS, ClockState
from cercana.rules.promises import LIMA, last_working_moment_before, to_lima

# So many working days may pass on an open case without a message to the citizen (M4.2c).
LONGEST_SILENCE = 2
_ONE_DAY = timedelta(days=1)
# Of what runs beside the promises of a case one warning before it is enough.
_FIRST_ASIDE = 80


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning of a clock: at ``level`` percent of its time, which came at the instant ``at``."""

    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What the watch finds at a clock: the warnings that have come, oldest first, and when to look again, if ever."""

    warnings: tuple[Warned, ...]
    again_at: datetime | None


def look_at_clock(
    clock: ClockState, *, began: datetime, hours: OfficeHours | None, calendar: Calendar, now: datetime
) -> Look:
    """
    Return the warnings of a running ``clock`` that have come by ``now`` and were not given yet.

    A share of the time is counted from ``began`` to the last moment at which the area still works at it; without
    ``hours``, as for critical cases, to the due itself. The whole time is over when the promise breaks. It is looked
    at again after a day at the latest, since hours and calendar change.
    """
    if not clock.is_running:
        return Look((), None)
    waiting = list(_warnings(clock, began, hours, calendar))
    come = tuple(each for each in waiting if each.at <= now)
    ahead = waiting[len(come) :]
    return Look(come, min(ahead[0].at, now + _ONE_DAY) if ahead else None)


def _warnings(clock: ClockState, began: datetime, hours: OfficeHours | None, calendar: Calendar) -> Iterator[Warned]:
    first = _FIRST_ASIDE if clock.kind.is_aside else LEVELS[0]
    shares = [level for level in LEVELS if first <= level < ALL and level > clock.warned]
    if shares:
        limit = clock.due.at
        if hours is not None:
            limit = last_working_moment_before(clock.due, hours, calendar, received_at=began)
        for level in shares:
            yield Warned(level, began + (limit - began) * level / ALL)
    if clock.warned < ALL:
        yield Warned(ALL, clock.breaks_at)


class Heard(Protocol):
    """A case as far as silence goes, as a row or a projection holds it."""

    @property
    def stage(self) -> str: ...
    @property
    def stage_since(self) -> datetime | None: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def last_contact_at(self) -> datetime | None: ...
    @property
    def contested_count(self) -> int: ...
    @property
    def reopened_count(self) -> int: ...
    @property
    def silence_warned_for(self) -> datetime | None: ...


def silence_began(case: Heard) -> datetime | None:
    """
    Return since when the citizen of an open case waits for a word, if nobody was warned of this silence yet.

    An automatic receipt is no word. After a «no quedó resuelto» or a reopening silence begins anew; while the word is
    with the citizen there is none.
    """
    if case.stage in (Stage.ANSWERED, Stage.CLOSED):
        return None
    since = case.last_contact_at or case.received_at
    came_back = case.contested_count + case.reopened_count > 0 and case.stage == Stage.IN_FOLLOW_UP
    if came_back and case.stage_since is not None:
        since = max(since, case.stage_since)
    return None if case.silence_warned_for is not None and case.silence_warned_for >= since else since


def silence_ends_at(since: datetime, calendar: Calendar) -> datetime:
    """Return the midnight after the last working day of silence that is allowed; its first day is not counted."""
    day = to_lima(since).date()
    for _ in range(LONGEST_SILENCE):
        day = calendar.next_working_day(day)
    return datetime.combine(day + _ONE_DAY, time.min, tzinfo=LIMA)


def first_look_at_silence(case: Heard) -> datetime | None:
    """Return before when no calendar lets the silence of ``case`` be too long; None if there is none to watch."""
    since = silence_began(case)
    if since is None:
        return None
    return datetime.combine(to_lima(since).date() + _ONE_DAY * (LONGEST_SILENCE + 1), time.min, tzinfo=LIMA)


def people_to_warn(
    facts: Facts, staff: Mapping[int, Actor], chain: Sequence[Sequence[int]], *, is_broken: bool
) -> tuple[int, ...]:
    """
    Return the ids of those who are warned of a case: its owner, and the supervisor too once a promise ``is_broken``.

    ``staff`` are the active people, ``chain`` the supervisors of the area of the case and of each area above it. Who
    may not know of the case is passed over for the next above (M3.3a); a case without an owner is its supervisor's.
    """
    owner = _known(facts, staff, (facts.owner_id,) if facts.owner_id is not None else ())
    if owner and not is_broken:
        return owner
    for heads in chain:
        above = _known(facts, staff, [head for head in heads if head not in owner])
        if above:
            return (*owner, *above)
    return owner


def _known(facts: Facts, staff: Mapping[int, Actor], ids: Sequence[int]) -> tuple[int, ...]:
    return tuple(each for each in ids if each in staff and may(staff[each], Act.VIEW, facts).allowed)
