"""
The watch on promises: what is about to fall due, and citizens who wait for a word too long (M4.2c, M4.3).

It looks by index at what is due for a look, some hundred cases at a time, each hundred in its own transaction. A case
that somebody else holds is passed over and met by the next look; cut off anywhere, nothing of a batch has happened.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property

import structlog
from django.db import transaction

from cercana.accounts import queries as accounts
from cercana.cases.queries.visibility import facts_of
from cercana.cases.watch_record import CaseWarning, WatchRecord
from cercana.cases.watched_rows import (
    HeardRow,
    WatchedRow,
    clocks_due,
    lock_cases_with_clocks_due,
    lock_cases_with_silence_due,
)
from cercana.organization import queries as organization
from cercana.rules.access import Actor, Facts, Role
from cercana.rules.calendar import Calendar
from cercana.rules.classification import ClockKind, CriticalState
from cercana.rules.errors import DomainError
from cercana.rules.history import SILENCE, instant_text
from cercana.rules.notice_hours import notice_moment
from cercana.rules.office_hours import OfficeHours
from cercana.rules.projected_clocks import ALL, ClockState
from cercana.rules.warnings import Look, look_at_clock, people_to_warn, silence_began, silence_ends_at

_BATCH = 500
_ONE_DAY = timedelta(days=1)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """How many clocks and silences the watch looked at, and how many warnings it gave."""

    looked: int = 0
    warned: int = 0

    def __add__(self, other: "Watched") -> "Watched":
        return Watched(self.looked + other.looked, self.warned + other.warned)


@dataclass(frozen=True)
class _Ground:
    """What every warning of one watch is judged by, read once."""

    now: datetime
    calendar: Calendar = field(default_factory=organization.calendar)
    hours_of: Callable[[str], OfficeHours] = field(default_factory=lambda: cache(organization.office_hours))
    parents: Mapping[str, str | None] = field(default_factory=organization.area_parents)
    _people: dict[tuple[Facts, bool], tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def staff(self) -> Mapping[int, Actor]:
        """Everybody who may be warned."""
        return accounts.active_staff(self.now)

    @cached_property
    def _heads(self) -> Mapping[str, list[int]]:
        heads = defaultdict(list)
        for id_, actor in self.staff.items():
            for each in actor.memberships:
                if each.role is Role.SUPERVISOR:
                    heads[each.area].append(id_)
        return heads

    @cached_property
    def chains(self) -> dict[str, list[list[int]]]:
        """The supervisors of each area and of every area above it."""
        return {
            area: [self._heads[each] for each in organization.chain_above(area, self.parents) if each in self._heads]
            for area in self.parents
        }

    @cached_property
    def morning(self) -> datetime:
        """When a notice that wakes nobody may be seen: now, or from seven of the next working day on."""
        return notice_moment(self.now, self.calendar)

    def people_for(self, case: WatchedRow, *, is_broken: bool, of_superior: bool = False) -> tuple[int, ...]:
        """
        Return whom to warn of ``case``: decided once for all cases that access sees alike.

        What is ``of_superior`` to do is nothing to remind the owner of.
        """
        # Neither decides which staff may know of a case: the key opens it to its citizen alone, and having attended
        # it bars from other acts.
        facts = replace(facts_of(case), key="", attended=frozenset())
        if of_superior:
            facts = replace(facts, owner_id=None)
        people = self._people.get((facts, is_broken))
        if people is None:
            people = people_to_warn(facts, self.staff, self.chains.get(case.area_id, ()), is_broken=is_broken)
            self._people[facts, is_broken] = people
        return people

    def shown_from(self, case: WatchedRow) -> datetime:
        """Return when a notice about ``case`` may be seen."""
        return self.now if is_critical(case) else self.morning


def is_critical(case: WatchedRow) -> bool:
    """Tell whether a warning about ``case`` heeds no hour of the day."""
    return case.critical_state != CriticalState.NONE


def watch_promises(*, now: datetime, goes_on: Callable[[], bool] = lambda: True, most: int = _BATCH) -> Watched:
    """
    Give every warning that has come by ``now``, each exactly once whoever else watches; return what was done.

    ``goes_on`` is asked between batches of up to ``most`` cases: who stops early leaves the rest to the next look.
    """
    ground, total = _Ground(now), Watched()
    for look in (_look_at_clocks, _look_at_silences):
        while goes_on() and (done := look(ground, most)) is not None:
            total += done
    return total


@transaction.atomic
def _look_at_clocks(ground: _Ground, most: int) -> Watched | None:
    """Look at the clocks of up to ``most`` cases; None if there is none to look at."""
    cases = lock_cases_with_clocks_due(ground.now, most)
    if not cases:
        return None
    record = WatchRecord(ground.now)
    # Read after the cases are locked: what another watch has just written is not done again.
    for clock_id, case_id, clock in clocks_due(cases, ground.now):
        _look_at_clock(clock_id, clock, cases[case_id], ground, record)
    record.write()
    return Watched(len(record.clocks), len(record.events))


def _look_at_clock(clock_id: int, clock: ClockState, case: WatchedRow, ground: _Ground, record: WatchRecord) -> None:
    found = _looked(clock, case, ground)
    for each in found.warnings:
        warning = CaseWarning(clock.kind.value, each.level, clock.due_at, each.at, {"round": clock.round})
        record.warn(case, warning)
    if found.warnings:
        # Of those that came at once, as after a night, people are told the last.
        of_superior = clock.kind is ClockKind.DECIDE
        people = ground.people_for(case, is_broken=warning.level == ALL, of_superior=of_superior)
        record.tell(people, case, warning, clock_id=clock_id, shown_from=ground.shown_from(case))
    warned = found.warnings[-1].level if found.warnings else clock.warned
    record.look_at_clock(clock_id, warned=warned, again_at=found.again_at)


def _looked(clock: ClockState, case: WatchedRow, ground: _Ground) -> Look:
    """Return what there is to warn of; a clock that cannot be reckoned holds up no other and comes again tomorrow."""
    began = clock.counted_from(case.class_, case.became_critical_at)
    try:
        hours = None if is_critical(case) else ground.hours_of(case.area_id)
        return look_at_clock(clock, began=began, hours=hours, calendar=ground.calendar, now=ground.now)
    except DomainError as error:
        _log.warning("clock_not_reckoned", case=case.number, clock=clock.kind.value, reason=error.code)
        return Look((), ground.now + _ONE_DAY)


@transaction.atomic
def _look_at_silences(ground: _Ground, most: int) -> Watched | None:
    """Look at up to ``most`` cases whose citizen may wait for a word too long; None if there is none to look at."""
    cases = lock_cases_with_silence_due(ground.now, most)
    if not cases:
        return None
    record = WatchRecord(ground.now)
    for case, heard in cases:
        _look_at_silence(case, heard, ground, record)
    record.write()
    return Watched(len(cases), len(record.events))


def _look_at_silence(case: WatchedRow, heard: HeardRow, ground: _Ground, record: WatchRecord) -> None:
    since = silence_began(heard)
    if since is None:
        record.look_at_silence(case, again_at=None)
        return
    ends = _end_of_silence(since, case, ground)
    if ends > ground.now:
        record.look_at_silence(case, again_at=min(ends, ground.now + _ONE_DAY))
        return
    warning = CaseWarning(SILENCE, 0, ends, ends, {"since": instant_text(since)})
    record.warn(case, warning)
    people = ground.people_for(case, is_broken=False)
    record.tell(people, case, warning, clock_id=None, shown_from=ground.shown_from(case))
    record.look_at_silence(case, again_at=None, warned_for=since)


def _end_of_silence(since: datetime, case: WatchedRow, ground: _Ground) -> datetime:
    try:
        return silence_ends_at(since, ground.calendar)
    except DomainError as error:
        _log.warning("silence_not_reckoned", case=case.number, reason=error.code)
        return ground.now + _ONE_DAY
