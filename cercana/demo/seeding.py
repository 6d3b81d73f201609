"""Very many cases in little time, to measure with: copies of the demonstration's own, moved back through the years."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from cercana.cases.commands import (
    Blueprint,
    CasesBatch,
    CopiedText,
    Move,
    bulk_loading,
    mark_replayed,
    read_blueprints,
    read_texts,
    take_case_ids,
    take_numbers,
)
from cercana.cases.queries import count_open
from cercana.demo.apart import made_apart
from cercana.demo.dice import Dice
from cercana.demo.ground import require_demonstration
from cercana.demo.people import invent_neighbours
from cercana.demo.story import load_stories
from cercana.organization.queries import municipality

# So many are open whatever the total: a municipality works off what comes.
OPEN_CASES = 2000
_BATCH = 1000
_BLUEPRINTS = 200
_WEEK = 7 * 24 * 60 * 60
_WEEKS, _WEEKS_OF_MANY, _MANY = 52, 156, 50_000
_JITTER = 55 * 60
_NEW_PERSON = 0.4
# Nothing looks for reactions to what is older.
_RECENT = timedelta(days=30)
_READERS = 2


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many cases of how many are in the database."""

    done: int
    total: int


class _Plan(NamedTuple):
    """One copy to be made."""

    blueprint: Blueprint
    move: Move
    year: int


def seed_cases(*, cases: int, seed: int, now: datetime, most_open: int = OPEN_CASES) -> Generator[Seeded]:
    """
    Add ``cases`` copies of the cases that are there, so that ``most_open`` are open; yield after each batch.

    Their chains and projections hold. Raise NotADemonstration or DemonstrationMissing.
    """
    require_demonstration()
    still_open = max(0, min(cases, most_open - count_open()))
    sower = _Sower(seed, closed=cases - still_open, still_open=still_open)
    connection.ensure_connection()
    done = 0
    # The next batch is made while PostgreSQL takes in the last one.
    with bulk_loading(connection.connection), closing(made_apart(sower.batches)) as batches:
        for batch in batches:
            batch.send(connection.connection)
            done += len(batch.cases)
            yield Seeded(done, cases)
        mark_replayed(connection.connection, sower.ids, since=now - _RECENT)


def refresh_statistics() -> None:
    """Have PostgreSQL look at every table, two at a time, so that it plans for what is there now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY pg_table_size(oid) DESC"
        )
        tables = [row[0] for row in cursor.fetchall()]
    with ThreadPoolExecutor(_READERS) as readers:
        list(readers.map(_analyze, tables))


def _analyze(table: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")
    finally:
        connection.close()


class _Sower:
    """Chooses what to copy, and makes the copies; everything it needs of the database it has when it begins."""

    def __init__(self, seed: int, *, closed: int, still_open: int) -> None:
        self._seed = seed
        self._closed = closed
        self._total = closed + still_open
        self._weeks = _WEEKS_OF_MANY if closed > _MANY else _WEEKS
        blueprints = read_blueprints(_BLUEPRINTS)
        self._blueprints = {state: [each for each in blueprints if each.is_open is state] for state in (False, True)}
        self._texts = _texts_by_category()
        self._neighbours = invent_neighbours(seed)
        self._people: list[bytes] = []
        self._dice = Dice(f"{seed}/people of {self._total}")
        years = Counter(plan.year for batch in self._plans() for plan in batch)
        self._numbers = {year: take_numbers(municipality().prefix, year, count) for year, count in years.items()}
        self.ids = take_case_ids(self._total)

    def batches(self) -> Iterator[CasesBatch]:
        """Yield the copies."""
        ids = iter(self.ids)
        for plans in self._plans():
            batch = CasesBatch()
            for plan in plans:
                self._sow(batch, plan, next(ids))
            yield batch

    def _plans(self) -> Iterator[Iterator[_Plan]]:
        """Yield what to copy, batch by batch, the same each time."""
        for first in range(0, self._total, _BATCH):
            dice = Dice(f"{self._seed}/{self._total}/{first}")
            # The open ones come last, as they do in life.
            positions = range(first, min(first + _BATCH, self._total))
            yield (self._plan(dice, is_open=position >= self._closed) for position in positions)

    def _plan(self, dice: Dice, *, is_open: bool) -> _Plan:
        blueprint = dice.any_of(self._blueprints[is_open] or self._blueprints[not is_open])
        shift = 0 if is_open else -_WEEK * (1 + int(dice.random() * (self._weeks - 1)))
        return _Plan(blueprint, Move(shift, -int(_JITTER * dice.random())), blueprint.year_after(shift))

    def _sow(self, batch: CasesBatch, plan: _Plan, case_id: int) -> None:
        batch.add(
            plan.blueprint,
            self._dice.any_of(self._texts[plan.blueprint.category]),
            case_id=case_id,
            number=next(self._numbers[plan.year]),
            citizen=self._person(batch, plan),
            move=plan.move,
        )

    def _person(self, batch: CasesBatch, plan: _Plan) -> bytes:
        """Return the key of who brings the next case: somebody new, or somebody who came before."""
        if self._people and not self._dice.chance(_NEW_PERSON):
            return self._dice.any_of(self._people)
        count = len(self._people)
        neighbour = self._neighbours[count % len(self._neighbours)]
        _, packed = Move(plan.move.shift, 0).apply([plan.blueprint.received_at])
        key = batch.people.add_person(
            name=neighbour.name,
            email=f"persona{count + 1}@vecinos.example",
            phone=neighbour.phone,
            created_at=packed[0],
        )
        self._people.append(key)
        return key


def _texts_by_category() -> dict[str, list[CopiedText]]:
    told = read_texts((each.category, each.title, each.place, each.text) for each in load_stories())
    texts: dict[str, list[CopiedText]] = defaultdict(list)
    for text in told:
        texts[text.category].append(text)
    return texts
