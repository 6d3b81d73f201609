"""
The chain that an alarm goes up until somebody takes charge: whom it calls, in what order, and when it passes on.

Duty officer, head of the area, the heads above, municipal manager, and round again. Source: M5.2a; domain.md, Critical
protocol.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cercana.rules import access
from cercana.rules.access import Actor, Facts
from cercana.rules.acts import Act
from cercana.rules.history import Event, EventType, Payload

# At exactly ten minutes without an answer the call has passed on.
PATIENCE = timedelta(minutes=10)


class Rung(StrEnum):
    """A place in the chain; the values are stored for ever."""

    DUTY = "duty"
    AREA_HEAD = "area_head"
    HIGHER_HEAD = "higher_head"
    MANAGER = "manager"


RUNG_LABELS = {
    Rung.DUTY: "guardia",
    Rung.AREA_HEAD: "jefatura del área",
    Rung.HIGHER_HEAD: "jefatura superior",
    Rung.MANAGER: "gerencia municipal",
}


class AlarmCause(StrEnum):
    """Why an alarm rings; the values are stored for ever."""

    CRITICAL = "critical"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Heads:
    """Who heads an area now; a list of them, from the area of a case upwards, is its chain of command."""

    area: str
    people: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an alarm: the rung, its area ("" for the duty roster) and everybody called there at once."""

    rung: Rung
    area: str
    staff: tuple[int, ...]

    def as_payload(self) -> dict[str, object]:
        """Return what the event of the call keeps."""
        return {"rung": self.rung.value, "area": self.area, "called": list(self.staff)}


@dataclass(frozen=True, slots=True)
class MadeCall:
    """A call that was made, and when."""

    rung: Rung
    area: str
    staff: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """The newest alarm of a case; ``sequence`` is of the event that raised it."""

    sequence: int
    cause: AlarmCause
    raised_at: datetime
    calls: tuple[MadeCall, ...]
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""

    @property
    def last_call(self) -> MadeCall:
        """The call that waits for an answer."""
        return self.calls[-1]

    @property
    def passes_on_at(self) -> datetime:
        """The first instant at which the call has waited too long."""
        return self.last_call.at + PATIENCE


def ladder(on_duty: Sequence[Actor], chain: Sequence[Heads], facts: Facts) -> tuple[Call, ...]:
    """
    Return the rungs of the chain that can be called about the case of ``facts``, lowest first.

    ``chain`` goes from the area of the case to the root. Only who may take charge is called, so nobody complained of
    nor who abstained (M3.3a); each person stands on their lowest rung only, and a rung without people is left out.
    """
    rungs = [(Rung.DUTY, "", tuple(on_duty)), *((_rung(at, len(chain)), *_of(heads)) for at, heads in enumerate(chain))]
    called: set[int] = set()
    found = []
    for rung, area, people in rungs:
        staff = tuple(dict.fromkeys(_reachable(people, facts, called)))
        called |= set(staff)
        if staff:
            found.append(Call(rung, area, staff))
    return tuple(found)


def next_call(rungs: Sequence[Call], made: Sequence[MadeCall]) -> Call | None:
    """
    Return the rung whose call is longest ago, the lowest first among those never called; None if there is nobody.

    So an alarm climbs, begins again at the bottom, and reaches a rung that appears meanwhile before it repeats one.
    """
    last = {_place(call): turn for turn, call in enumerate(made) if call.staff}
    return min(rungs, key=lambda call: last.get(_place(call), -1), default=None)


def alarm_of(events: Iterable[Event]) -> Alarm | None:
    """Return the newest alarm that ``events``, oldest first, tell of; those about anything else are passed over."""
    alarm: Alarm | None = None
    for event in events:
        if event.type is EventType.ALARM_RAISED:
            cause = AlarmCause(str(event.payload["cause"]))
            alarm = Alarm(event.sequence, cause, event.occurred_at, (_made(event),))
        elif alarm is not None:
            alarm = _after(alarm, event)
    return alarm


def _after(alarm: Alarm, event: Event) -> Alarm:
    calls, at, by = alarm.calls, alarm.acknowledged_at, alarm.acknowledged_by
    if event.type is EventType.ALARM_ESCALATED:
        calls = (*calls, _made(event))
    elif event.type is EventType.ALARM_ACKNOWLEDGED:
        at, by = event.occurred_at, event.actor
    return Alarm(alarm.sequence, alarm.cause, alarm.raised_at, calls, at, by)


def _made(event: Event) -> MadeCall:
    rung, area = Rung(str(event.payload["rung"])), str(event.payload["area"])
    return MadeCall(rung, area, called_in(event.payload), event.occurred_at)


def called_in(payload: Payload) -> tuple[int, ...]:
    """Return the members of staff whom a call names."""
    called = payload.get("called")
    return tuple(each for each in called if isinstance(each, int)) if isinstance(called, list) else ()


def _reachable(people: Iterable[Actor], facts: Facts, called: set[int]) -> Iterable[int]:
    for each in people:
        may = access.may(each, Act.ACKNOWLEDGE_ALARM, facts).allowed
        if may and each.staff_id is not None and each.staff_id not in called:
            yield each.staff_id


def _rung(at: int, length: int) -> Rung:
    if at == length - 1 and length > 1:
        return Rung.MANAGER
    return Rung.HIGHER_HEAD if at else Rung.AREA_HEAD


def _of(heads: Heads) -> tuple[str, tuple[Actor, ...]]:
    return heads.area, heads.people


def _place(call: Call | MadeCall) -> tuple[Rung, str]:
    return call.rung, call.area
