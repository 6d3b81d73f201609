"""A working day played live: people arrive, the staff takes, writes and answers, and who watches sees it move."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, takewhile

from cercana.demo.cues import Script, Verb
from cercana.demo.dice import Dice
from cercana.demo.ground import require_demonstration
from cercana.demo.moving import at_pace, usual_arrival, usual_moment, varied_stories
from cercana.demo.offices import read_offices
from cercana.demo.people import invent_neighbours
from cercana.demo.performance import Cast, Play, Step
from cercana.demo.script import script_key, write_script
from cercana.rules.errors import DomainError
from cercana.rules.promises import to_lima

_ARRIVALS = 32
_DAY = timedelta(hours=8, minutes=45)
# The last to come find the office still open for a while.
_DOORS_CLOSE = 0.85
# Nobody would watch for two days: each case takes some hours of the day at most.
_SHORTEST_WAY, _LONGEST_WAY = timedelta(hours=1), timedelta(hours=5)
# What waits for other days ends the part that is played.
_OTHER_DAYS = frozenset({Verb.ATTEMPT, Verb.CLOSE, Verb.REOPEN, Verb.NOTIFICATION_FAILED})


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was just done in a case, or None instead of a verb where somebody else has it in hand."""

    at: datetime
    number: str
    title: str
    verb: Verb | None


class WorkingDay:
    """One simulated day that begins now; everything is recorded with the true time at which it is done."""

    def __init__(self, *, seed: int, now: datetime, speed: float) -> None:
        require_demonstration()
        self._offices = read_offices(to_lima(now).date())
        self._cast = Cast(now, self._offices)
        self._order = count()
        self._waiting: list[tuple[datetime, int, Play, Step]] = []
        self.ends_at = now + _DAY / speed
        for script in self._scripts(seed, now, speed):
            self._add(Play(script, self._cast))

    @property
    def next_at(self) -> datetime | None:
        """When something happens next; None if the day is over."""
        return self._waiting[0][0] if self._waiting else None

    def advance(self, now: datetime) -> Iterator[Happening]:
        """Do what is due by ``now``, and yield each thing once it is done."""
        while self._waiting and self._waiting[0][0] <= now:
            at, _, play, step = heapq.heappop(self._waiting)
            verb = step.cue.verb if step.cue is not None else None
            try:
                step.perform()
            except DomainError:
                # Whoever watches may act too; the case is theirs then.
                self._waiting = [each for each in self._waiting if each[2] is not play]
                heapq.heapify(self._waiting)
                verb = None
            yield Happening(at, play.number, play.script.arrival.story.title, verb)

    def _scripts(self, seed: int, now: datetime, speed: float) -> Iterator[Script]:
        scene = f"live/{now.isoformat()}"
        dice = Dice(f"{seed}/{scene}")
        neighbours = invent_neighbours(seed)
        usual = usual_moment(to_lima(now).date(), self._offices)
        for position, story in enumerate(varied_stories(dice, self._offices)[:_ARRIVALS]):
            arrival = usual_arrival(dice, story, dice.pick(neighbours), usual)
            key = script_key(seed, scene, position)
            script = write_script(dice, self._offices, arrival, key=key)
            kept = tuple(takewhile(lambda cue: cue.verb not in _OTHER_DAYS, script.cues))
            received_at = now + _DAY / speed * _DOORS_CLOSE * ((position + dice.random()) / _ARRIVALS)
            length = max(kept[-1].at - arrival.at, _SHORTEST_WAY)
            wanted = dice.between(_SHORTEST_WAY, _LONGEST_WAY)
            yield at_pace(replace(script, cues=kept), received_at, min(1.0, wanted / length) / speed)

    def _add(self, play: Play) -> None:
        for step in play.steps():
            if step.at <= self.ends_at:
                heapq.heappush(self._waiting, (step.at, next(self._order), play, step))
