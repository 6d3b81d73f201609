"""The one way in which a case changes: events appended, the projection folded, and the job that tells the others."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from cercana.cases.models import Case, Reaction
from cercana.cases.models import Event as EventRow
from cercana.cases.rows import row_values, state_of, write_children
from cercana.rules import case_number
from cercana.rules.access import Actor
from cercana.rules.case_state import CaseState
from cercana.rules.chain import GENESIS
from cercana.rules.history import Event, EventType, Payload, check_occurrence
from cercana.rules.projection import apply, received
from cercana.rules.promises import to_lima

REACTION_TASK = "cercana.react"
# The handler under which the events of a replayed past are marked: nothing follows them any more.
REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Step:
    """
    One event about to be recorded.

    ``occurred_at`` is given only for what is entered late, with its ``source`` in the payload.
    """

    type: EventType
    payload: Payload = field(default_factory=dict)
    on_behalf_of: str = ""
    occurred_at: datetime | None = None


@dataclass(slots=True)
class _Replay:
    """A past on its way into the database: where its numbers come from, what it has written, where its cases stand."""

    numbers: Callable[[int], int]
    rows: list[EventRow] = field(default_factory=list)
    states: dict[int, CaseState] = field(default_factory=dict)


_replay: ContextVar[_Replay | None] = ContextVar("replay", default=None)


@contextmanager
def replaying_past(numbers: Callable[[int], int]) -> Iterator[None]:
    """
    Record, in one transaction, what happened before this database existed: nothing is sent or alarmed because of it.

    The events are marked as dealt with, so that the sweep for forgotten reactions leaves them alone. ``numbers`` gives
    the next value of the sequence of a year, from a range that ``set_numbers_aside`` keeps out of use.
    """
    replay = _Replay(numbers)
    token = _replay.set(replay)
    try:
        with transaction.atomic():
            yield
            Reaction.objects.bulk_create(
                Reaction(event=row, handler=REPLAYED, finished_at=row.recorded_at) for row in replay.rows
            )
    finally:
        _replay.reset(token)


def is_replaying() -> bool:
    """Tell whether a past is being told: what it does not tell did not happen."""
    return _replay.get() is not None


def set_numbers_aside(year: int, up_to: int) -> None:
    """Let the case numbers of ``year`` begin after ``up_to``, unless they have come further."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(%(name)s::regclass, %(up_to)s) WHERE coalesce(pg_sequence_last_value(%(name)s::regclass), 0)"
            " < %(up_to)s",
            {"name": f"case_number_{year}", "up_to": up_to},
        )


def open_case(key: UUID, steps: Sequence[Step], *, actor: Actor, now: datetime) -> Case:
    """Store a new case whose first step is its reception, inside the caller's transaction, and return it."""
    events = _events(str(key), 0, steps, actor=actor, now=now)
    state = received(events[0])
    for event in events[1:]:
        state = apply(state, event)
    hashes = _hashes(events, GENESIS)
    case = Case.objects.create(**row_values(state), last_hash=hashes[-1], last_recorded_at=now)
    write_children(case, None, state)
    _follow(case, state, _insert_events(case, events, GENESIS, hashes))
    return case


def record(case: Case, *steps: Step, actor: Actor, now: datetime) -> CaseState:
    """
    Append ``steps`` to the history of a locked ``case``, inside the caller's transaction.

    Return the resulting state; the row given is brought up to date too.
    """
    before = _state_of(case)
    events = _events(before.key, before.last_sequence, steps, actor=actor, now=now)
    after = before
    for event in events:
        after = apply(after, event)
    previous = bytes(case.last_hash)
    hashes = _hashes(events, previous)
    values = {**row_values(after), "last_hash": hashes[-1], "last_recorded_at": now}
    Case.objects.filter(pk=case.pk).update(**values)
    for name, value in values.items():
        setattr(case, name, value)
    write_children(case, before, after)
    _follow(case, after, _insert_events(case, events, previous, hashes))
    return after


def next_number(prefix: str, moment: datetime) -> str:
    """
    Return the next number of the year of ``moment``; values whose letter is never issued are passed over.

    The sequence belongs to the database, so that registrations do not wait for each other; gaps are normal.
    """
    year = to_lima(moment).year
    replay = _replay.get()
    following = replay.numbers if replay else _next_in_sequence
    while True:
        number = case_number.issue(prefix, year, following(year))
        if number is not None:
            return number


def _next_in_sequence(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [f"case_number_{year}"])
        return int(cursor.fetchone()[0])


def _events(key: str, last: int, steps: Sequence[Step], *, actor: Actor, now: datetime) -> list[Event]:
    events = []
    for sequence, step in enumerate(steps, last + 1):
        occurred_at = step.occurred_at or now
        check_occurrence(occurred_at, now, str(step.payload.get("source", "")))
        events.append(
            Event(key, sequence, occurred_at, now, actor.signature, step.on_behalf_of, step.type, step.payload)
        )
    return events


def _hashes(events: Sequence[Event], previous: bytes) -> list[bytes]:
    hashes = []
    for event in events:
        previous = event.hash_after(previous)
        hashes.append(previous)
    return hashes


def _insert_events(case: Case, events: Sequence[Event], previous: bytes, hashes: Sequence[bytes]) -> Sequence[EventRow]:
    return EventRow.objects.bulk_create(
        EventRow(
            case=case,
            sequence=event.sequence,
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            actor=event.actor,
            on_behalf_of=event.on_behalf_of,
            type=event.type,
            schema_version=event.schema_version,
            payload=event.payload,
            previous_hash=before,
            hash=own,
        )
        for event, before, own in zip(events, [previous, *hashes[:-1]], hashes, strict=True)
    )


def _state_of(case: Case) -> CaseState:
    """Return the projection of a locked case; in a replay, what was written last, which nobody else can change."""
    replay = _replay.get()
    known = replay.states.get(case.pk) if replay else None
    return known if known is not None and known.last_sequence == case.last_sequence else state_of(case)


def _follow(case: Case, state: CaseState, rows: Sequence[EventRow]) -> None:
    """Defer the job that lets others react; in a replay, note that nothing follows."""
    replay = _replay.get()
    if replay is not None:
        replay.rows.extend(rows)
        replay.states[case.pk] = state
        return
    queue = "alarm" if state.is_critical else "notify"
    jobs.configure_task(REACTION_TASK, queue=queue).defer(
        case_id=case.pk, first=rows[0].sequence, last=rows[-1].sequence
    )
