"""Very many cases in little time, to measure with: copies of the demonstration's own, moved back through the years."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from cercana.cases.commands import (
    Blueprint,
    CasesBatch,
    CopiedText,
    bulk_loading,
    mark_replayed,
    read_blueprints,
    read_texts,
    take_case_ids,
    take_numbers,
)
from cercana.cases.queries import count_open
from cercana.demo.dice import Dice
from cercana.demo.ground import require_demonstration
from cercana.demo.people import invent_neighbours
from cercana.demo.story import load_stories
from cercana.organization.queries import municipality

# So many are open whatever the total: a municipality works off what comes.
OPEN_CASES = 2000
_BATCH = 5000
_BLUEPRINTS = 200
_WEEK = timedelta(weeks=1)
_WEEKS, _WEEKS_OF_MANY, _MANY = 52, 156, 50_000
_JITTER = timedelta(minutes=55)
_NEW_PERSON = 0.4


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many cases of how many are in the database."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """One copy to be made."""

    blueprint: Blueprint
    shift: timedelta
    jitter: timedelta
    year: int


def seed_cases(*, cases: int, seed: int, now: datetime, most_open: int = OPEN_CASES) -> Iterator[Seeded]:
    """
    Add ``cases`` copies of the cases that are there, so that ``most_open`` are open; yield after each batch.

    Their chains and projections hold. Raise NotADemonstration or DemonstrationMissing.
    """
    require_demonstration()
    still_open = max(0, min(cases, most_open - count_open()))
    sower = _Sower(seed, now, closed=cases - still_open, still_open=still_open)
    connection.ensure_connection()
    done = 0
    # The next batch is made while PostgreSQL takes in the last one.
    with bulk_loading(connection.connection), ThreadPoolExecutor(1) as sender:
        sending: Future[None] | None = None
        for batch in sower.batches():
            if sending is not None:
                sending.result()
            sending = sender.submit(batch.send, connection.connection)
            done += len(batch.cases)
            yield Seeded(done, cases)
        if sending is not None:
            sending.result()
    mark_replayed(since=now - timedelta(days=30))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Sower:
    """Chooses what to copy, and makes the copies; everything it needs of the database it has when it begins."""

    def __init__(self, seed: int, now: datetime, *, closed: int, still_open: int) -> None:
        self._seed = seed
        # The open ones come last, as they do in life.
        self._is_open = [False] * closed + [True] * still_open
        self._weeks = _WEEKS_OF_MANY if closed > _MANY else _WEEKS
        blueprints = read_blueprints(_BLUEPRINTS)
        self._blueprints = {state: [each for each in blueprints if each.is_open is state] for state in (False, True)}
        self._texts = _texts_by_category()
        self._neighbours = invent_neighbours(seed)
        self._people: list[str] = []
        self._count = 0
        self._dice = Dice(f"{seed}/people of {closed + still_open}")
        years = Counter(plan.year for batch in self._plans() for plan in batch)
        self._numbers = {year: take_numbers(municipality().prefix, year, count) for year, count in years.items()}
        self._ids = iter(take_case_ids(closed + still_open))

    def batches(self) -> Iterator[CasesBatch]:
        """Yield the copies."""
        return (self._sow(plans) for plans in self._plans())

    def _plans(self) -> Iterator[list[_Plan]]:
        """Yield what to copy, batch by batch, the same each time."""
        for first in range(0, len(self._is_open), _BATCH):
            dice = Dice(f"{self._seed}/{len(self._is_open)}/{first}")
            yield [self._plan(dice, is_open=is_open) for is_open in self._is_open[first : first + _BATCH]]

    def _plan(self, dice: Dice, *, is_open: bool) -> _Plan:
        blueprint = dice.choice(self._blueprints[is_open] or self._blueprints[not is_open])
        shift = timedelta() if is_open else -_WEEK * dice.randrange(1, self._weeks)
        return _Plan(blueprint, shift, -_JITTER * dice.random(), blueprint.year_after(shift))

    def _sow(self, plans: Sequence[_Plan]) -> CasesBatch:
        batch = CasesBatch()
        for plan in plans:
            batch.add(
                plan.blueprint,
                self._dice.choice(self._texts[plan.blueprint.category]),
                case_id=next(self._ids),
                number=next(self._numbers[plan.year]),
                citizen=self._person(batch, plan),
                shift=plan.shift,
                jitter=plan.jitter,
            )
        return batch

    def _person(self, batch: CasesBatch, plan: _Plan) -> str:
        """Return the key of who brings the next case: somebody new, or somebody who came before."""
        if self._people and not self._dice.chance(_NEW_PERSON):
            return self._dice.choice(self._people)
        neighbour = self._neighbours[self._count % len(self._neighbours)]
        self._count += 1
        email = f"persona{self._count}@vecinos.example"
        since = (plan.blueprint.received_at + plan.shift).isoformat() + "Z"
        key = batch.people.add_person(name=neighbour.name, email=email, phone=neighbour.phone, created_at=since)
        self._people.append(key)
        return key


def _texts_by_category() -> dict[str, list[CopiedText]]:
    told = read_texts((each.category, each.title, each.place, each.text) for each in load_stories())
    texts: dict[str, list[CopiedText]] = defaultdict(list)
    for text in told:
        texts[text.category].append(text)
    return texts
