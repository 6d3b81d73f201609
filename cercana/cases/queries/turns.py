"""What reactions read: an event with its case before and after it, and the events that nobody has dealt with yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cercana.cases.models import Case
from cercana.cases.models import Event as EventRow
from cercana.cases.recording import REPLAYED
from cercana.rules.case_state import CaseState
from cercana.rules.classification import CriticalState
from cercana.rules.history import Event, EventType
from cercana.rules.projection import project
from cercana.rules.stored_history import event_of


@dataclass(frozen=True, slots=True)
class Turn:
    """
    One event of a case, with what the case was before it (None for its reception) and right after it.

    ``history`` is everything up to today, oldest first, also what came later.
    """

    event_id: int
    case_id: int
    event: Event
    before: CaseState | None
    after: CaseState
    history: tuple[Event, ...]

    @property
    def citizen(self) -> UUID:
        """The key of the person the case belongs to."""
        return UUID(self.after.citizen)

    @property
    def now(self) -> CaseState:
        """What the case is today."""
        return project(self.history)


def turn_at(event_id: int) -> Turn:
    """Return the event called ``event_id`` in the database, with its case around it, which is locked."""
    row = EventRow.objects.get(pk=event_id)
    case = Case.objects.select_for_update().get(pk=row.case_id)
    rows = EventRow.objects.filter(case_id=row.case_id).order_by("sequence")
    history = tuple(event_of(str(case.key), each) for each in rows)
    until = history[: row.sequence]
    before = project(until[:-1]) if len(until) > 1 else None
    return Turn(row.pk, row.case_id, until[-1], before, project(until), history)


def event_ids(case_id: int, first: int, last: int) -> list[tuple[int, EventType]]:
    """Return id and type of the events of a case from sequence ``first`` to ``last``, oldest first."""
    rows = EventRow.objects.filter(case_id=case_id, sequence__range=(first, last)).order_by("sequence")
    return [(id_, EventType(type_)) for id_, type_ in rows.values_list("id", "type")]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An event for which a handler has not done its part."""

    event_id: int
    case_id: int
    sequence: int


def unfinished(
    handler: str, types: Iterable[EventType], *, since: datetime, until: datetime, most: int, of_critical: bool = False
) -> list[Unfinished]:
    """
    Return up to ``most`` events of ``types`` recorded in between that ``handler`` has left, oldest first.

    ``of_critical`` leaves out those of cases that are not critical.
    """
    rows = EventRow.objects.filter(recorded_at__gte=since, recorded_at__lt=until, type__in=list(types))
    if of_critical:
        rows = rows.exclude(case__critical_state=CriticalState.NONE)
    waiting = rows.exclude(reactions__handler__in=[handler, REPLAYED]).order_by("recorded_at", "id")[:most]
    return [Unfinished(*values) for values in waiting.values_list("id", "case_id", "sequence")]
