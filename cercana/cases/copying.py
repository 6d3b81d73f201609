"""
Many cases at once: histories that exist, told again of other people at other times, as PostgreSQL's COPY reads them.

Filling the holes of a blueprint and hashing is all that is done per copy; the projection is the blueprint's, moved in
time with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection
from psycopg import Connection

from cercana.cases.blueprints import CHILDREN, Blueprint, Move, columns_of, day_text
from cercana.cases.models import Case, CaseText
from cercana.cases.models import Event as EventRow
from cercana.cases.recording import REPLAYED
from cercana.citizens.commands import (
    EIGHT,
    NULL,
    THIRTY_TWO,
    KnownValue,
    PeopleBatch,
    column,
    copy_lines,
    copy_rows,
    id_text,
    new_key,
    row_start,
    text_column,
)
from cercana.rules import case_number
from cercana.rules.chain import GENESIS
from cercana.rules.folding import fold
from cercana.rules.near_places import spot_of

_EVENT_COLUMNS = (
    "case_id, sequence, occurred_at, recorded_at, actor, on_behalf_of, type, schema_version, payload,"
    " previous_hash, hash"
)
_TEXT_COLUMNS = "case_id, told_at, title, place, search, street, metre"
_EVENT_START, _TEXT_START = row_start(11) + EIGHT, row_start(7) + EIGHT
_DAY = 24 * 60 * 60
_NO_WORDS = text_column("") + text_column("") + NULL + text_column("") + NULL
# What PostgreSQL reads before the text of a jsonb.
_JSONB = b"\1"


@dataclass(frozen=True, slots=True)
class CopiedText:
    """What a copy is about: its description, and by what it is listed and found, as columns of a binary row."""

    category: str
    words: bytes
    description: KnownValue


def read_texts(told: Iterable[tuple[str, str, str, str]]) -> list[CopiedText]:
    """Return what copies may be about: category, title, place and description of each."""
    given = list(told)
    folded = [fold(" ".join(each[1:])) for each in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvectorsend(to_tsvector('spanish', words) || to_tsvector('simple', words))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS told (words, position) ORDER BY position",
            [folded],
        )
        found = [bytes(row[0]) for row in cursor.fetchall()]
    return [
        CopiedText(
            category,
            text_column(title) + text_column(fold(place)) + column(search) + _spot_columns(place),
            KnownValue.of("description", text),
        )
        for (category, title, place, text), search in zip(given, found, strict=True)
    ]


def _spot_columns(place: str) -> bytes:
    spot = spot_of(place)
    if spot is None:
        return text_column("") + NULL
    return text_column(spot.street) + (NULL if spot.metre is None else column(spot.metre.to_bytes(4, "big")))


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


def mark_replayed(raw: Connection[Any], cases: range, since: datetime) -> None:
    """Mark the events of copied ``cases`` recorded after ``since`` as dealt with: nothing follows what was copied."""
    raw.execute(
        "INSERT INTO cases_reaction (event_id, handler, finished_at) SELECT id, %s, recorded_at FROM cases_event"
        " WHERE case_id BETWEEN %s AND %s AND recorded_at >= %s",
        [REPLAYED, cases.start, cases.stop - 1, since],
    )


@dataclass(slots=True)
class CasesBatch:
    """Copies on their way into the database, with the people they belong to."""

    people: PeopleBatch = field(default_factory=PeopleBatch)
    cases: list[bytes] = field(default_factory=list)
    events: list[bytes] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    children: dict[str, list[bytes]] = field(default_factory=lambda: {model._meta.db_table: [] for model in CHILDREN})

    def add(
        self, blueprint: Blueprint, text: CopiedText, *, case_id: int, number: str, citizen: bytes, move: Move
    ) -> None:
        """Add a copy of ``blueprint`` that is about ``text``, of a citizen by key."""
        moments, packed = move.apply(blueprint.instants)
        known = [text.description if value.kind == "description" else value for value in blueprint.values]
        ids, commitments = self.people.add_values(citizen, known)
        days = [day_text(day + move.shift // _DAY) for day in blueprint.days]
        own = [str(case_id), "", id_text(new_key().hex()), id_text(citizen.hex()), number]
        values = [each.encode() for each in (*own, *moments, *days, *ids, *commitments)]
        row_id = case_id.to_bytes(8, "big")
        values[1] = self._add_events(blueprint, blueprint.canonical(values).split(b"\n"), row_id, packed)
        self.cases.append(blueprint.case(values))
        for table, fill in blueprint.children:
            self.children[table].append(fill(values))
        told_at = EIGHT + move.apply([blueprint.received_at])[1][0]
        self.texts.append(_TEXT_START + row_id + told_at + (_NO_WORDS if blueprint.is_restricted else text.words))

    def _add_events(
        self, blueprint: Blueprint, canonical: Sequence[bytes], row_id: bytes, instants: Sequence[bytes]
    ) -> bytes:
        """Chain the events of a copy; return the last hash in hexadecimal."""
        previous, start = GENESIS, _EVENT_START + row_id
        for event, text in zip(blueprint.events, canonical, strict=True):
            own = sha256(previous + text).digest()
            payload = text[event.start : event.end]
            told = (start, event.before, instants[event.occurred], EIGHT, instants[event.recorded], event.after)
            sealed = ((len(payload) + 1).to_bytes(4, "big"), _JSONB, payload, THIRTY_TWO, previous, THIRTY_TWO, own)
            self.events.append(b"".join(told + sealed))
            previous = own
        return previous.hex().encode()

    def send(self, raw: Connection[Any]) -> None:
        """Write everything into a connection prepared by bulk_loading."""
        self.people.send(raw)
        copy_lines(raw, Case._meta.db_table, ", ".join(["id", *columns_of(Case), "last_hash"]), self.cases)
        copy_rows(raw, EventRow._meta.db_table, _EVENT_COLUMNS, self.events)
        for model in CHILDREN:
            table = model._meta.db_table
            copy_lines(raw, table, ", ".join(["case_id", *columns_of(model)]), self.children[table])
        copy_rows(raw, CaseText._meta.db_table, _TEXT_COLUMNS, self.texts)
