"""The clocks an event starts or moves, worked out by the rules from the policy, calendar and law of the day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from cercana.organization import queries as organization
from cercana.organization.queries import StatutoryTerm
from cercana.rules.calendar import Calendar
from cercana.rules.case_state import CaseState
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.inner_steps import INNER_STEPS
from cercana.rules.office_hours import OfficeHours
from cercana.rules.projected_clocks import ClockState, ClockStatus, clock_payload
from cercana.rules.promises import (
    Due,
    Policy,
    Promise,
    promise_for,
    reclassify,
    recompute,
    recompute_statutory,
    statutory_due,
)


@dataclass(frozen=True, slots=True)
class Reckoner:
    """The policy and calendar in force when something happens to a case."""

    policy: Policy
    calendar: Calendar

    @classmethod
    def at(cls, moment: datetime) -> "Reckoner":
        """Return the reckoner for ``moment``."""
        return cls(organization.policy_at(moment).promises, organization.calendar())

    def manual_clocks(self, class_: CaseClass, received_at: datetime, *, round_: int = 1) -> list[dict[str, object]]:
        """Return the clocks of the manual for a case that begins, or begins again, at ``received_at`` (M4.3, M5.2c)."""
        promise = promise_for(received_at, class_, self.policy, self.calendar)
        return self._both(promise, response_round=round_, resolution_round=round_, started_at=received_at)

    def reclassified(self, state: CaseState, class_: CaseClass, at: datetime) -> list[dict[str, object]]:
        """Return the clocks moved, started or made void when ``state`` passes to ``class_`` at the instant ``at``."""
        response, resolution = state.clock(ClockKind.FIRST_RESPONSE), state.clock(ClockKind.RESOLUTION)
        if resolution is None:
            return []
        is_void = response is not None and response.status is ClockStatus.VOID
        running = response if response is not None and response.ended_at is None and not is_void else None
        promise = reclassify(
            Promise(running.due if running else None, resolution.due),
            class_,
            received_at=resolution.started_at,
            at=at,
            policy=self.policy,
            calendar=self.calendar,
        )
        next_round = running.round if running else (response.round + 1 if response else 1)
        moved = self._both(
            promise, response_round=next_round, resolution_round=resolution.round, started_at=resolution.started_at
        )
        if running and promise.first_response is None:
            moved.append({**_payload_of(running), "void": True})
        return moved

    def statutory(
        self, term: StatutoryTerm | None, area: str, received_at: datetime, *, earlier: Sequence[ClockState] = ()
    ) -> list[dict[str, object]]:
        """Return the clock of the law: none if the law sets no term (peru.md §11)."""
        if term is None:
            return []
        hours = organization.office_hours(area) if term.within_office_hours else None
        due = statutory_due(received_at, term.working_days, self.calendar, office_hours=hours)
        round_ = 1 + sum(clock.kind is ClockKind.STATUTORY for clock in earlier)
        return [
            clock_payload(
                ClockKind.STATUTORY,
                due,
                round_=round_,
                started_at=received_at,
                policy_version=self.policy.version,
                term=str(term.id),
            )
        ]

    def step(self, kind: ClockKind, since: datetime, *, round_: int = 1) -> list[dict[str, object]]:
        """Return the clock of a step inside the house that begins at ``since`` (rules/inner_steps.py)."""
        due = statutory_due(since, INNER_STEPS[kind].working_days, self.calendar)
        return [clock_payload(kind, due, round_=round_, started_at=since, policy_version=self.policy.version)]

    def _both(
        self, promise: Promise, *, response_round: int, resolution_round: int, started_at: datetime
    ) -> list[dict[str, object]]:
        clocks = []
        if promise.first_response is not None:
            clocks.append(
                clock_payload(
                    ClockKind.FIRST_RESPONSE,
                    promise.first_response,
                    round_=response_round,
                    started_at=started_at,
                    policy_version=self.policy.version,
                )
            )
        clocks.append(
            clock_payload(
                ClockKind.RESOLUTION,
                promise.resolution,
                round_=resolution_round,
                started_at=started_at,
                policy_version=self.policy.version,
            )
        )
        return clocks


class OpenClock(Protocol):
    """A clock that has not ended, as a row or a projection holds it."""

    @property
    def kind(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def policy_version(self) -> int: ...
    @property
    def term(self) -> str: ...
    @property
    def due(self) -> Due: ...


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """The calendar of today against promises made before: each keeps the figures of the policy it was made under."""

    calendar: Calendar
    policies: Mapping[int, Policy]
    terms: Mapping[str, StatutoryTerm]
    hours_of: Callable[[str], OfficeHours]

    @classmethod
    def of_today(cls) -> "CalendarChange":
        """Return today's calendar beside every policy and every term of the law there was."""
        hours_of = cache(organization.office_hours)
        return cls(organization.calendar(), organization.policies(), organization.statutory_terms(), hours_of)

    def moved_due(
        self, clock: OpenClock, class_: CaseClass, area: str, *, became_critical_at: datetime | None, at: datetime
    ) -> Due:
        """
        Return where an open clock of resolution, or of the law, stands by this calendar; its due if nothing changes.

        ``area`` is the one whose office hours the term was counted with.
        """
        if clock.kind == ClockKind.STATUTORY:
            return self._moved_term(clock, area, at)
        promise = recompute(
            Promise(None, clock.due),
            class_,
            received_at=clock.started_at,
            at=at,
            policy=self.policies[clock.policy_version],
            calendar=self.calendar,
            became_critical_at=became_critical_at,
        )
        return promise.resolution

    def _moved_term(self, clock: OpenClock, area: str, at: datetime) -> Due:
        term = self.terms[clock.term]
        return recompute_statutory(
            clock.due,
            clock.started_at,
            term.working_days,
            self.calendar,
            at=at,
            office_hours=self.hours_of(area) if term.within_office_hours else None,
        )

    def moved_clocks(self, state: CaseState, at: datetime) -> list[dict[str, object]]:
        """Return the open clocks of ``state`` as an event moves them: none if nothing changes."""
        moved = []
        for kind in (ClockKind.RESOLUTION, ClockKind.STATUTORY):
            clock = state.clock(kind)
            if clock is None or clock.ended_at is not None or clock.status is ClockStatus.VOID:
                continue
            due = self.moved_due(
                clock, state.base_class, state.proposed_area, became_critical_at=state.became_critical_at, at=at
            )
            if due != clock.due:
                moved.append(_payload_of(clock, due))
        return moved


def _payload_of(clock: ClockState, due: Due | None = None) -> dict[str, object]:
    return clock_payload(
        clock.kind,
        due or clock.due,
        round_=clock.round,
        started_at=clock.started_at,
        policy_version=clock.policy_version,
        term=clock.term,
    )
