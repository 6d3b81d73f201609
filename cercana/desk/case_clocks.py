"""The clocks of a case in words: how much is left, until when, and how the date was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.desk.labels import CLOCKS
from cercana.organization.queries import Term
from cercana.rules.calendar import Calendar
from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind
from cercana.rules.lifecycle import Closure
from cercana.rules.projected_clocks import ClockState, ClockStatus, open_promises, outcome_of
from cercana.rules.read_back import reckoning_behind
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
    found = [*(state.clock(kind) for kind in kinds), *open_promises(state.clocks)]
    return [
        _in_words(clock, state, terms, now, calendar)
        for clock in found
        if clock is not None and clock.status is not ClockStatus.VOID
    ]


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
        sum=_sum(clock, state, term, calendar),
        source=term.source if term else "",
    )


def _sum(clock: ClockState, state: CaseState, term: Term | None, calendar: Calendar) -> str:
    if clock.kind is ClockKind.DATED:
        return f"Se prometió el {day(clock.started_at)}"
    working_days = term.working_days if term else None
    critical_at = state.became_critical_at
    return _capitalized(
        explain(reckoning_behind(clock, became_critical_at=critical_at, calendar=calendar, working_days=working_days))
    )


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
