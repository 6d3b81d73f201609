"""The clocks of a case in words: how much is left, until when, and how the date was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cercana.desk.labels import CLOCKS
from cercana.organization.queries import Term
from cercana.rules.calendar import Calendar, CalendarDay
from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind
from cercana.rules.lifecycle import Closure
from cercana.rules.projected_clocks import ClockState, ClockStatus, outcome_of
from cercana.rules.promises import LIMA, Reckoning, Unit, to_lima
from cercana.rules.time_words import TimeState, due_words, explain, time_left
from cercana.ui.moments import day

_HOUR = timedelta(hours=1)
_ALL = 100
_ENDED = {
    ClockStatus.MET: ("Cumplido", "kept", "check-circle"),
    ClockStatus.BREACHED: ("Se cumplió tarde", "late", "warning"),
    ClockStatus.WITHDRAWN: ("No cuenta: se retiró", "paused", "circle-dashed"),
    ClockStatus.SUSPENDED: ("Espera la confirmación", "paused", "pause-circle"),
}
_LOOKS = {
    TimeState.OVERDUE: ("overdue", "warning"),
    TimeState.TODAY: ("today", "hourglass-high"),
    TimeState.LATER: ("later", "clock"),
    TimeState.PAUSED: ("paused", "pause-circle"),
}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """
    One clock as it is read.

    ``look`` is «overdue», «today», «later», «paused», «kept» or «late»; ``share`` the part of the time that has gone,
    0 to 100; ``sum`` how the date was counted and ``source`` which norm sets it.
    """

    kind: ClockKind
    name: str
    words: str
    look: str
    icon: str
    share: int
    until: str
    sum: str
    source: str


def clocks_of(state: CaseState, terms: Mapping[str, Term], now: datetime, calendar: Calendar) -> list[ClockWords]:
    """Return the newest clock of each kind that applies, first response first, and every promised date not yet kept."""
    kinds = (kind for kind in ClockKind if not kind.is_aside)
    found = [*(state.clock(kind) for kind in kinds), *open_promises(state)]
    return [
        _in_words(clock, state, terms, now, calendar)
        for clock in found
        if clock is not None and clock.status is not ClockStatus.VOID
    ]


def open_promises(state: CaseState) -> list[ClockState]:
    """Return the promised dates that were not marked as kept, oldest first."""
    return [clock for clock in state.clocks if clock.kind is ClockKind.DATED and clock.is_running]


def _in_words(
    clock: ClockState, state: CaseState, terms: Mapping[str, Term], now: datetime, calendar: Calendar
) -> ClockWords:
    began = clock.counted_from(state.class_, state.became_critical_at)
    if clock.is_running:
        left = time_left(clock.due, now, calendar, for_response=clock.kind is ClockKind.FIRST_RESPONSE)
        words, (look, icon) = _capitalized(left.words), _LOOKS[left.state]
    else:
        withdrawn_at = state.closed_at if state.closure == Closure.WITHDRAWN else None
        words, look, icon = _ENDED[outcome_of(clock, withdrawn_at=withdrawn_at)]
    whole = clock.due_at - began
    gone = (clock.ended_at or clock.suspended_at or now) - began
    term = terms.get(clock.term)
    return ClockWords(
        kind=clock.kind,
        name=CLOCKS[clock.kind],
        words=words,
        look=look,
        icon=icon,
        share=max(0, min(_ALL, round(_ALL * (gone / whole)))) if whole else _ALL,
        until=due_words(clock.due),
        sum=_sum(clock, began, term, calendar),
        source=term.source if term else "",
    )


def _sum(clock: ClockState, began: datetime, term: Term | None, calendar: Calendar) -> str:
    if clock.kind is ClockKind.DATED:
        return f"Se prometió el {day(began)}"
    return _capitalized(explain(_reckoning(clock, began, term, calendar)))


def _reckoning(clock: ClockState, began: datetime, term: Term | None, calendar: Calendar) -> Reckoning:
    """
    Return the sum behind a stored due.

    Hours that do not come out even mean that an earlier promise was kept instead.
    """
    start = to_lima(began)
    if not clock.whole_day:
        hours = (clock.due_at - start) / _HOUR
        return Reckoning(clock.due, round(hours), Unit.HOURS, start, kept=hours != round(hours))
    working, skipped = list[CalendarDay](), list[CalendarDay]()
    for each in calendar.days_after(start.date()):
        if each.day > clock.due.last_day:
            break
        if each.counts:
            working.append(each)
        elif each.day.weekday() not in calendar.weekend:
            skipped.append(each)
    # What was filed after office hours counts from the day after: the term, not the calendar, says how many days.
    amount = term.working_days if term else len(working)
    first = working[-amount].day if 0 < amount <= len(working) else clock.due.last_day
    counted = [each for each in skipped if each.day > first]
    midnight = datetime.combine(first, time.min, tzinfo=LIMA)
    return Reckoning(clock.due, amount, Unit.WORKING_DAYS, midnight, tuple(counted))


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
