"""Proof that the rows are what the histories say: every chain checked, every case replayed and compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cercana.cases.models import Case, Clock, Referral, Task
from cercana.cases.models import Event as EventRow
from cercana.cases.rows import Children, state_from
from cercana.rules.case_state import CaseState
from cercana.rules.chain import GENESIS
from cercana.rules.history import Event, EventType
from cercana.rules.projection import project

_BATCH = 500
_EVENT_COLUMNS = (
    "case_id",
    "sequence",
    "occurred_at",
    "recorded_at",
    "actor",
    "on_behalf_of",
    "type",
    "payload",
    "schema_version",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A case whose row or chain is not what its history says; ``what`` names the columns or the broken link."""

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a verification has come, and what it found in the last batch."""

    cases: int
    events: int
    found: tuple[Discrepancy, ...]


def count_cases() -> int:
    """Return how many cases there are to verify."""
    return Case.objects.count()


def verify_cases() -> Iterator[Progress]:
    """Replay every case in the order of their ids and yield after each batch, with totals so far."""
    cases = events = last = 0
    while batch := list(Case.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        checked, found = _verify_batch(batch)
        cases, events = cases + len(batch), events + checked
        yield Progress(cases, events, tuple(found))


def _verify_batch(batch: Sequence[Case]) -> tuple[int, list[Discrepancy]]:
    ids = [case.pk for case in batch]
    histories: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = EventRow.objects.filter(case_id__in=ids).order_by("case_id", "sequence").values_list(*_EVENT_COLUMNS)
    count = 0
    for row in rows.iterator(chunk_size=5000):
        histories[row[0]].append(row[1:])
        count += 1
    clocks = _by_case(Clock.objects.filter(case_id__in=ids).order_by("id"))
    referrals = _by_case(Referral.objects.filter(case_id__in=ids).order_by("ordinal"))
    tasks = _by_case(Task.objects.filter(case_id__in=ids).order_by("ordinal"))
    found = []
    for case in batch:
        children = Children(clocks[case.pk], referrals[case.pk], tasks[case.pk])
        what = _fault_of(case, children, histories.get(case.pk, []))
        if what:
            found.append(Discrepancy(case.number, what))
    return count, found


def _by_case(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.case_id].append(row)
    return grouped


def _fault_of(case: Case, children: Children, history: Sequence[tuple[Any, ...]]) -> str:
    """Return what is wrong with ``case``, or "" if chain and projection hold."""
    if not history:
        return "no tiene historia"
    key, previous, events = str(case.key), GENESIS, []
    for position, row in enumerate(history, 1):
        *values, stored_previous, stored_hash = row
        if values[0] != position or bytes(stored_previous) != previous:
            return f"la cadena se corta en el registro {position}"
        event, previous = _followed_by(previous, key, values)
        if event is None or bytes(stored_hash) != previous:
            return f"el registro {position} no es el que se guardó"
        events.append(event)
    if bytes(case.last_hash) != previous:
        return "la fila no termina donde su historia"
    return _difference(project(events), case, children)


def _followed_by(previous: bytes, key: str, values: Sequence[Any]) -> tuple[Event | None, bytes]:
    """
    Return the event of a row and its hash after ``previous``.

    No event is of an unknown type or holds what has no canonical form: such a row was written behind the history.
    """
    sequence, occurred_at, recorded_at, actor, on_behalf_of, type_, payload, version = values
    try:
        event = Event(key, sequence, occurred_at, recorded_at, actor, on_behalf_of, EventType(type_), payload, version)
        return event, event.hash_after(previous)
    except ValueError:
        return None, previous


def _difference(replayed: CaseState, case: Case, children: Children) -> str:
    stored = state_from(case, children)
    differing = [name for name in CaseState._fields if getattr(replayed, name) != getattr(stored, name)]
    if case.attention_due_at != replayed.attention_due_at:
        differing.append("attention_due_at")
    return f"difiere en {', '.join(differing)}" if differing else ""
