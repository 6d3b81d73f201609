"""
Cases as patterns for copies: every text of one with holes where copies differ, read once and filled many times.

The holes are keys, number, instants and references to personal values; what stands between them never changes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from django.db import models

from cercana.cases.models import Case, Clock, Referral, Task
from cercana.cases.models import Event as EventRow
from cercana.citizens.commands import EIGHT, KnownValue, column, copy_text, read_values, text_column
from cercana.rules.chain import canonical_json
from cercana.rules.history import Event, EventType, instant_text, value_ids
from cercana.rules.lifecycle import Stage
from cercana.rules.stored_history import event_of

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_DAY = re.compile(r'"(\d{4}-\d\d-\d\d)"')
# PostgreSQL counts from here.
_EPOCH = date(2000, 1, 1).toordinal()
_DAY_SECONDS = 24 * 60 * 60
# Midnight in Lima, as UTC: the end of a promise of whole days, which stays one.
MIDNIGHT = 5 * 60 * 60
# What stands in a line for the id of its case and the last hash, which no text of a case can hold.
_PAYLOAD = b'"payload":'
_CASE, _HASH = "\0case\0", "\0hash\0"
# The shapes of what can differ: marks, key or id, commitment, instant, day, number.
_VARIABLE = re.compile(
    r"\0[a-z]+\0|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}"
    r"|\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d\.\d{6}Z)?|[A-Z]+-\d{4}-\d{6,}-[0-9A-Z]"
)
CHILDREN: tuple[type[models.Model], ...] = (Clock, Referral, Task)
_APART = {"id", "case_id", "last_hash"}

Fill = Callable[[Sequence[bytes]], bytes]


class Instant(NamedTuple):
    """
    An instant of UTC as PostgreSQL counts: ``second`` since 2000, and what is left of it as number and as text.

    ``is_midnight`` tells that a day begins with it in Lima.
    """

    second: int
    microsecond: int
    fraction: str
    is_midnight: bool

    @classmethod
    def of(cls, moment: datetime) -> "Instant":
        """Return ``moment``, which is aware."""
        at = moment.astimezone(UTC)
        of_day = at.hour * 3600 + at.minute * 60 + at.second
        second = (at.toordinal() - _EPOCH) * _DAY_SECONDS + of_day
        is_midnight = at.microsecond == 0 and of_day == MIDNIGHT
        return cls(second, at.microsecond, f".{at.microsecond:06}Z", is_midnight)


class Move(NamedTuple):
    """How far a copy is from its blueprint, in seconds; ``shift`` is whole weeks, and ``jitter`` spares midnights."""

    shift: int
    jitter: int

    def apply(self, instants: Iterable[Instant]) -> tuple[list[str], list[bytes]]:
        """Return where ``instants`` are in the copy, as text and as PostgreSQL's eight bytes."""
        clock, loose = _clock(), self.shift + self.jitter
        texts, packed = [], []
        for second, microsecond, fraction, is_midnight in instants:
            moved = second + (self.shift if is_midnight else loose)
            day, of_day = divmod(moved, _DAY_SECONDS)
            texts.append(f"{day_text(day)}T{clock[of_day]}{fraction}")
            packed.append((moved * 1_000_000 + microsecond).to_bytes(8, "big"))
        return texts, packed


@dataclass(frozen=True, slots=True)
class EventColumns:
    """
    One event of a blueprint as a binary row: what stands before, between and after its two instants.

    ``occurred`` and ``recorded`` are positions among the instants of the case; the payload is the part from ``start``
    to ``end`` (counted from the end, so negative) of the canonical text.
    """

    before: bytes
    occurred: int
    recorded: int
    after: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """
    One case as texts with holes, which the values of a copy fill in this order.

    The id of its row and its last hash; key, citizen and number; ``instants``; ``days`` since 2000; the ids, then the
    commitments of ``values``. ``canonical`` fills all events at once, one a line.
    """

    category: str
    is_open: bool
    is_restricted: bool
    received_at: Instant
    instants: tuple[Instant, ...]
    days: tuple[int, ...]
    values: tuple[KnownValue, ...]
    canonical: Fill
    events: tuple[EventColumns, ...]
    case: Fill
    children: tuple[tuple[str, Fill], ...]

    def year_after(self, seconds: int) -> int:
        """Return the year of the number of a copy moved by ``seconds``: that of its reception in Lima."""
        return date.fromordinal((self.received_at.second + seconds - MIDNIGHT) // _DAY_SECONDS + _EPOCH).year


def read_blueprints(most: int) -> list[Blueprint]:
    """Return blueprints of up to ``most`` open and ``most`` closed cases that have to do with no other case."""
    alone = Case.objects.filter(merged_into="", absorbed_due_at=None, erased_at=None).order_by("id")
    alone = alone.exclude(events__type=EventType.LINKED)
    below = [
        models.Prefetch("events", EventRow.objects.order_by("sequence")),
        models.Prefetch("clocks", Clock.objects.order_by("pk")),
        models.Prefetch("referrals", Referral.objects.order_by("pk")),
        models.Prefetch("tasks", Task.objects.order_by("pk")),
    ]
    is_closed = models.Q(stage=Stage.CLOSED)
    found = [
        case
        for cases in (alone.filter(~is_closed), alone.filter(is_closed))
        for case in cases.prefetch_related(*below)[:most]
    ]
    histories = {case.pk: [event_of(str(case.key), row) for row in case.events.all()] for case in found}
    known = read_values(id_ for events in histories.values() for each in events for id_ in value_ids(each.payload))
    return [_blueprint(case, histories[case.pk], known) for case in found]


@cache
def day_text(day: int) -> str:
    """Return the date so many days after the first of 2000."""
    return date.fromordinal(_EPOCH + day).isoformat()


def columns_of(model: type[models.Model]) -> Iterator[str]:
    """Return the columns of a line of ``model``, without the id of the case before and the hash after them."""
    return (f'"{each.column}"' for each in model._meta.concrete_fields if each.attname not in _APART)


@cache
def _clock() -> tuple[str, ...]:
    """Return every second of a day as text."""
    minutes = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
    return tuple(f"{minute}:{second:02}" for minute in minutes for second in range(60))


def _blueprint(case: Case, events: Sequence[Event], known: Mapping[str, KnownValue]) -> Blueprint:
    # A canonical text holds no line break: JSON writes it as two characters.
    canonical = "\n".join(canonical_json(event.hashed_fields()).decode() for event in events)
    case_line = f"{_CASE}\t{_line(case)}\t\\\\x{_HASH}\n"
    below = (case.clocks.all(), case.referrals.all(), case.tasks.all())
    lines = ["".join(f"{_CASE}\t{_line(row)}\n" for row in rows) for rows in below]
    everything = "\n".join([canonical, case_line, *lines])
    moments = [instant_text(moment) for event in events for moment in (event.occurred_at, event.recorded_at)]
    instants = sorted({*_INSTANT.findall(everything), *moments})
    days = sorted(set(_DAY.findall(everything)))
    ids = [str(id_) for event in events for id_ in value_ids(event.payload)]
    hmacs = [str(each["hmac"]) for event in events for each in event.payload.values() if isinstance(each, dict)]
    own = [_CASE, _HASH, str(case.key), str(case.citizen_id), case.number]
    fill = _Holes([*own, *instants, *days, *ids, *hmacs])
    return Blueprint(
        category=case.category_id,
        is_open=case.closed_at is None,
        is_restricted=case.is_restricted,
        received_at=Instant.of(case.received_at),
        instants=tuple(Instant.of(datetime.fromisoformat(each)) for each in instants),
        days=tuple(date.fromisoformat(day).toordinal() - _EPOCH for day in days),
        values=tuple(known[id_] for id_ in ids),
        canonical=fill.of(canonical),
        events=tuple(_event_columns(event, instants) for event in events),
        case=fill.of(case_line),
        children=tuple((model._meta.db_table, fill.of(each)) for model, each in zip(CHILDREN, lines, strict=True)),
    )


class _Holes:
    """Where in a text the values stand that differ from copy to copy."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._position = {literal: position for position, literal in enumerate(literals)}

    def of(self, text: str) -> Fill:
        """Return what fills the holes of ``text`` with the values of a copy."""
        found = [each for each in _VARIABLE.finditer(text) if each[0] in self._position]
        ends, starts = [0, *(each.end() for each in found)], [*(each.start() for each in found), len(text)]
        pieces = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        # In bytes: Spanish texts take longer as text, which is twice or four times as wide.
        template = b"%b".join(piece.replace("%", "%%").encode() for piece in pieces)
        holes = [self._position[each[0]] for each in found]
        if len(holes) < 2:
            return lambda values: template % tuple(values[hole] for hole in holes)
        values_of = itemgetter(*holes)
        return lambda values: template % values_of(values)


def _event_columns(event: Event, instants: Sequence[str]) -> EventColumns:
    canonical, payload = canonical_json(event.hashed_fields()), canonical_json(event.payload)
    start = canonical.index(_PAYLOAD) + len(_PAYLOAD)
    after = [text_column(event.actor), text_column(event.on_behalf_of), text_column(event.type)]
    return EventColumns(
        before=column(event.sequence.to_bytes(4, "big")) + EIGHT,
        occurred=instants.index(instant_text(event.occurred_at)),
        recorded=instants.index(instant_text(event.recorded_at)),
        after=b"".join([*after, column(event.schema_version.to_bytes(2, "big"))]),
        start=start,
        end=start + len(payload) - len(canonical),
    )


def _line(row: models.Model) -> str:
    fields = row._meta.concrete_fields
    return "\t".join(_text(getattr(row, each.attname)) for each in fields if each.attname not in _APART)


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return copy_text(str(value))
