"""
Many cases at once: histories that exist, told again of other people at other times, as PostgreSQL's COPY reads them.

A blueprint holds every text of one case with holes where the copies differ: keys, number, instants, personal values.
Filling the holes and hashing is all that is done per copy; the projection is the blueprint's, moved in time with it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from django.db import connection, models
from psycopg import Connection

from cercana.cases.models import Case, CaseText, Clock, Referral, Task
from cercana.cases.models import Event as EventRow
from cercana.cases.recording import REPLAYED
from cercana.citizens.commands import KnownValue, PeopleBatch, copy_rows, copy_text, new_id, read_values
from cercana.rules import case_number
from cercana.rules.chain import GENESIS, canonical_json
from cercana.rules.folding import fold
from cercana.rules.history import Event, EventType, instant_text, value_ids
from cercana.rules.lifecycle import Stage

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_DAY = re.compile(r'"(\d{4}-\d\d-\d\d)"')
# Midnight in Lima: the end of a promise of whole days, which stays one.
_MIDNIGHT = time(5)
_EVENT_COLUMNS = (
    "case_id, sequence, occurred_at, recorded_at, actor, on_behalf_of, type, schema_version, payload,"
    " previous_hash, hash"
)
_TEXT_COLUMNS = "case_id, title, place, search"

_LOADED = (
    "citizens_citizen",
    "citizens_contactpoint",
    "citizens_personalvalue",
    "cases_case",
    "cases_event",
    "cases_clock",
    "cases_referral",
    "cases_task",
    "cases_casetext",
)
_FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])"
)
_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
    " WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique"
)

Fill = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class CopiedText:
    """What a copy is about: its description, and by what it is listed and found, as columns of COPY."""

    category: str
    title: str
    place: str
    search: str
    description: KnownValue


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One case as texts with holes; ``values`` are what it keeps about its person, in the order of their holes."""

    category: str
    is_open: bool
    is_restricted: bool
    received_at: datetime
    last_at: datetime
    instants: tuple[datetime, ...]
    days: tuple[datetime, ...]
    values: tuple[KnownValue, ...]
    events: tuple[tuple[Fill, Fill], ...]
    case: Fill
    children: Mapping[str, tuple[Fill, ...]]

    def year_after(self, shift: timedelta) -> int:
        """Return the year of the number of a copy moved by ``shift``: that of its reception in Lima."""
        return (self.received_at + shift - timedelta(hours=_MIDNIGHT.hour)).year


def read_blueprints(most: int) -> list[Blueprint]:
    """Return blueprints of up to ``most`` open and ``most`` closed cases that have to do with no other case."""
    alone = Case.objects.filter(merged_into="", absorbed_due_at=None, erased_at=None).order_by("id")
    alone = alone.exclude(events__type=EventType.LINKED)
    is_closed = models.Q(stage=Stage.CLOSED)
    return [_blueprint(case) for cases in (alone.filter(~is_closed), alone.filter(is_closed)) for case in cases[:most]]


def read_texts(told: Iterable[tuple[str, str, str, str]]) -> list[CopiedText]:
    """Return what copies may be about: category, title, place and description of each."""
    given = list(told)
    folded = [fold(" ".join(each[1:])) for each in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (to_tsvector('spanish', words) || to_tsvector('simple', words))::text"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS told (words, position) ORDER BY position",
            [folded],
        )
        found = [row[0] for row in cursor.fetchall()]
    return [
        CopiedText(
            category, copy_text(title), copy_text(fold(place)), copy_text(search), KnownValue.of("description", text)
        )
        for (category, title, place, text), search in zip(given, found, strict=True)
    ]


def take_case_ids(count: int) -> range:
    """Return ``count`` ids that no other case will have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(name, nextval(name) + %s - 1) FROM pg_get_serial_sequence('cases_case', 'id') AS own (name)",
            [count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def take_numbers(prefix: str, year: int, count: int) -> Iterator[str]:
    """Set aside the next ``count`` numbers of ``year`` and return them, at least as many."""
    sequence = f"case_number_{year}"
    # Three of 37 check characters are never issued.
    span = count * 37 // 34 + 37
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, first + span])
    issued = (case_number.issue(prefix, year, value) for value in range(first, first + span))
    return (number for number in issued if number is not None)


def mark_replayed(since: datetime) -> None:
    """Mark the events recorded after ``since`` that nobody dealt with: nothing follows what was copied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_reaction (event_id, handler, finished_at) SELECT id, %s, recorded_at FROM cases_event"
            " WHERE recorded_at >= %s ON CONFLICT DO NOTHING",
            [REPLAYED, since],
        )


@contextmanager
def bulk_loading(raw: Connection[Any]) -> Iterator[None]:
    """
    Open one transaction in which many rows are taken in quickly; cut off, it leaves everything as it was.

    Foreign keys are checked and indexes built once, for all rows together, at its end.
    """
    with raw.transaction():
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raw.execute("SET LOCAL maintenance_work_mem = '256MB'")
        keys = raw.execute(_FOREIGN_KEYS, [list(_LOADED)]).fetchall()
        indexes = raw.execute(_INDEXES, [list(_LOADED)]).fetchall()
        for table, name, _ in keys:
            raw.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            raw.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            raw.execute(definition)
        for table, name, definition in keys:
            raw.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@dataclass(slots=True)
class CasesBatch:
    """Copies on their way into the database, with the people they belong to."""

    people: PeopleBatch = field(default_factory=PeopleBatch)
    cases: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    children: dict[str, list[str]] = field(default_factory=lambda: {model._meta.db_table: [] for model in _CHILDREN})

    def add(
        self,
        blueprint: Blueprint,
        text: CopiedText,
        *,
        case_id: int,
        number: str,
        citizen: str,
        shift: timedelta,
        jitter: timedelta,
    ) -> None:
        """Add a copy of ``blueprint`` moved by ``shift``, whole weeks, and what is not a midnight by ``jitter`` too."""
        loose = shift + jitter
        values = [new_id(), citizen, number]
        values += [_text(each + (shift if each.time() == _MIDNIGHT else loose)) for each in blueprint.instants]
        values += [(each + shift).date().isoformat() for each in blueprint.days]
        kept = [
            self.people.add_value(citizen, text.description if value.kind == "description" else value)
            for value in blueprint.values
        ]
        values += [id_ for id_, _ in kept]
        values += [commitment for _, commitment in kept]
        previous = GENESIS
        for canonical, line in blueprint.events:
            own = hashlib.sha256(previous + canonical(values).encode()).digest()
            self.events.append(f"{case_id}\t{line(values)}\t\\\\x{previous.hex()}\t\\\\x{own.hex()}\n")
            previous = own
        self.cases.append(f"{case_id}\t{blueprint.case(values)}\t\\\\x{previous.hex()}\n")
        for table, fills in blueprint.children.items():
            self.children[table] += [f"{case_id}\t{fill(values)}\n" for fill in fills]
        if blueprint.is_restricted:
            self.texts.append(f"{case_id}\t\t\t\\N\n")
        else:
            self.texts.append(f"{case_id}\t{text.title}\t{text.place}\t{text.search}\n")

    def send(self, raw: Connection[Any]) -> None:
        """Write everything into a connection prepared by bulk_loading."""
        self.people.send(raw)
        copy_rows(raw, Case._meta.db_table, ", ".join(["id", *_columns(Case), "last_hash"]), self.cases)
        copy_rows(raw, EventRow._meta.db_table, _EVENT_COLUMNS, self.events)
        for model in _CHILDREN:
            table = model._meta.db_table
            copy_rows(raw, table, ", ".join(["case_id", *_columns(model)]), self.children[table])
        copy_rows(raw, CaseText._meta.db_table, _TEXT_COLUMNS, self.texts)


_CHILDREN: tuple[type[models.Model], ...] = (Clock, Referral, Task)
_APART = {"id", "case_id", "last_hash"}


def _blueprint(case: Case) -> Blueprint:
    rows = EventRow.objects.filter(case=case).order_by("sequence")
    events = [
        Event(
            str(case.key),
            row.sequence,
            row.occurred_at,
            row.recorded_at,
            row.actor,
            row.on_behalf_of,
            EventType(row.type),
            row.payload,
            row.schema_version,
        )
        for row in rows
    ]
    canonical = [canonical_json(event.hashed_fields()).decode() for event in events]
    lines = [_event_line(event) for event in events]
    case_line = _line(case)
    rows_below = (case.clocks.order_by("pk"), case.referrals.order_by("pk"), case.tasks.order_by("pk"))
    children = {each.model._meta.db_table: [_line(row) for row in each] for each in rows_below}
    everything = "\n".join([*canonical, *lines, case_line, *(line for each in children.values() for line in each)])
    instants = sorted(set(_INSTANT.findall(everything)))
    days = sorted(set(_DAY.findall(everything)))
    ids = [str(id_) for event in events for id_ in value_ids(event.payload)]
    hmacs = [each["hmac"] for event in events for each in event.payload.values() if isinstance(each, dict)]
    known = read_values(id_ for event in events for id_ in value_ids(event.payload))
    fill = _Holes([str(case.key), str(case.citizen_id), case.number, *instants, *days, *ids, *hmacs])
    moments = tuple(_moment(each) for each in instants)
    return Blueprint(
        category=case.category_id,
        is_open=case.closed_at is None,
        is_restricted=case.is_restricted,
        received_at=case.received_at.astimezone(UTC).replace(tzinfo=None),
        last_at=case.last_recorded_at.astimezone(UTC).replace(tzinfo=None),
        instants=moments,
        days=tuple(_moment(day) for day in days),
        values=tuple(known[id_] for id_ in ids),
        events=tuple((fill.of(text), fill.of(line)) for text, line in zip(canonical, lines, strict=True)),
        case=fill.of(case_line),
        children={table: tuple(fill.of(line) for line in each) for table, each in children.items()},
    )


class _Holes:
    """Where in a text the values stand that differ from copy to copy."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._position = {literal: position for position, literal in enumerate(literals)}
        # Longer ones first: a day also begins the instants of that day.
        longest_first = sorted(self._position, key=len, reverse=True)
        self._pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})")

    def of(self, text: str) -> Fill:
        """Return what fills the holes of ``text`` with the values of a copy."""
        pieces = self._pattern.split(text)
        template = "%s".join(piece.replace("%", "%%") for piece in pieces[::2])
        holes = [self._position[literal] for literal in pieces[1::2]]
        if len(holes) < 2:
            return lambda values: template % tuple(values[hole] for hole in holes)
        values_of = itemgetter(*holes)
        return lambda values: template % values_of(values)


def _event_line(event: Event) -> str:
    columns = (
        event.sequence,
        event.occurred_at,
        event.recorded_at,
        event.actor,
        event.on_behalf_of,
        event.type,
        event.schema_version,
        canonical_json(event.payload).decode(),
    )
    return "\t".join(map(_column, columns))


def _columns(model: type[models.Model]) -> Iterator[str]:
    return (f'"{each.column}"' for each in model._meta.concrete_fields if each.attname not in _APART)


def _line(row: models.Model) -> str:
    fields = row._meta.concrete_fields
    return "\t".join(_column(getattr(row, each.attname)) for each in fields if each.attname not in _APART)


def _column(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return copy_text(str(value))


def _moment(text: str) -> datetime:
    """Return an instant or a day of the history in UTC without its zone, which adds and prints fastest."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _text(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='microseconds')}Z"
