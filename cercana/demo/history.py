"""Three months of the municipality's life, up to now, performed case by case; cut off anywhere, it goes on there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cercana.cases.commands import replaying_past
from cercana.cases.queries import registered_keys
from cercana.demo.arrivals import HISTORY_DAYS, Arrival, arrivals
from cercana.demo.cues import Script
from cercana.demo.dice import Dice
from cercana.demo.errors import DemonstrationMissing
from cercana.demo.ground import require_demonstration
from cercana.demo.halls import play_halls
from cercana.demo.offices import Offices, read_offices
from cercana.demo.people import Neighbour, invent_neighbours
from cercana.demo.performance import Cast, perform
from cercana.demo.scenes import find_first_day, past_numbers
from cercana.demo.script import script_key, write_script
from cercana.demo.story import load_stories
from cercana.rules.classification import Channel
from cercana.rules.promises import to_lima

_ECHOED = 0.6


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the history is there: cases so far and in all."""

    done: int
    total: int


def history_start(seed: int, now: datetime) -> date:
    """Return the first day of the history that belongs to the demonstration of ``seed``; raise DemonstrationMissing."""
    set_up = find_first_day(seed, to_lima(now).date())
    if set_up is None:
        raise DemonstrationMissing
    return set_up - timedelta(days=HISTORY_DAYS - 1)


def write_history(seed: int, first: date, offices: Offices) -> list[Script]:
    """Return the scripts of three months from ``first``, oldest first."""
    neighbours = invent_neighbours(seed)
    arriving = arrivals(seed, first, load_stories(), neighbours, offices.calendar)
    scripts, echoed = [], set[str]()
    for position, arrival in enumerate(arriving):
        dice = Dice(f"{seed}/{first}/{position}")
        echo = None
        if arrival.story.echoes and arrival.story.id not in echoed and dice.chance(_ECHOED):
            echo = _echo(dice, arrival, neighbours)
            echoed.add(arrival.story.id)
        key = script_key(seed, str(first), position)
        scripts.append(write_script(dice, offices, arrival, key=key, echo=echo))
    return scripts


def _echo(dice: Dice, arrival: Arrival, neighbours: Sequence[Neighbour]) -> Arrival:
    """Return the arrival of another person who sees the same a few hours later."""
    others = [each for each in neighbours if each is not arrival.neighbour]
    return replace(
        arrival, at=arrival.at + dice.minutes(240, least=60), neighbour=dice.pick(others), channel=Channel.APP
    )


def play_history(*, seed: int, now: datetime) -> Iterator[Progress]:
    """
    Perform what is missing of the three months before the demonstration was set up, as far as it has come by ``now``.

    Yield after each case. Nothing is sent because of it. Raise NotADemonstration or DemonstrationMissing.
    """
    require_demonstration()
    first = history_start(seed, now)
    offices = read_offices(to_lima(now).date())
    play_halls(seed=seed, now=now, offices=offices)
    yield from perform_history(write_history(seed, first, offices), offices, now=now, first=first)


def perform_history(scripts: Sequence[Script], offices: Offices, *, now: datetime, first: date) -> Iterator[Progress]:
    """Perform those of ``scripts`` that are not in the database yet, up to ``now``; yield after each."""
    known = registered_keys(script.key for script in scripts)
    last = first + timedelta(days=HISTORY_DAYS - 1)
    # Numbers are given out for all, also those performed before: a case has the same number whenever it is.
    numbers = past_numbers((to_lima(at).year for script in scripts for at in _registrations(script)), last)
    cast = Cast(now, offices)
    for done, script in enumerate(scripts, 1):
        own = [next(numbers) for _ in _registrations(script)]
        if script.key not in known and script.arrival.at <= now:
            with replaying_past(_giver(own)):
                perform(script, cast, until=now)
        yield Progress(done, len(scripts))


def _registrations(script: Script) -> list[datetime]:
    """Return the receptions of a script: its own, and that of its echo."""
    return [script.arrival.at, *([script.echo.arrival.at] if script.echo else [])]


def _giver(numbers: Sequence[int]) -> Callable[[int], int]:
    remaining = iter(numbers)
    return lambda _year: next(remaining)
