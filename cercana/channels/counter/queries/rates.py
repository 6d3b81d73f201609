"""What the latest turns of a room say about the next ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.channels.counter.models import Room, Turn
from cercana.channels.counter.waiting import attended_windows
from cercana.rules.turns import Interval, TurnState, Waiting, ahead_of, average_wait, expected_wait

# The latest calls tell more than the whole morning, as long as they are of this morning.
_LATEST = 20
_RECENT = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Rates:
    """
    The latest turns of a room: how long each was attended, and how long those of each queue had waited.

    ``overtaken`` is the share of them that were preferential, ``windows`` at how many somebody attends now.
    """

    attentions: Sequence[timedelta]
    waits: Sequence[timedelta]
    preferential_waits: Sequence[timedelta]
    overtaken: float
    windows: int

    @property
    def wait(self) -> int | None:
        """The mean wait of those who go by arrival, in minutes."""
        return average_wait(self.waits)

    @property
    def preferential_wait(self) -> int | None:
        """The mean wait of preferential attention, in minutes."""
        return average_wait(self.preferential_waits)

    def expected(self, turn: Waiting, waiting: Sequence[Waiting]) -> Interval | None:
        """Return how long ``turn`` will wait, if the latest turns tell."""
        overtaken = 0.0 if turn.is_preferential else self.overtaken
        return expected_wait(ahead_of(turn, waiting), self.attentions, self.windows, overtaken=overtaken)


def rates_of(room: Room, now: datetime) -> Rates:
    """Return what the latest turns of ``room`` were like."""
    recent = Turn.objects.filter(room=room, first_called_at__gt=now - _RECENT, first_called_at__lte=now)
    called = list(recent.order_by("-first_called_at")[:_LATEST])
    waits: dict[bool, list[timedelta]] = {True: [], False: []}
    attentions: list[timedelta] = []
    for each in called:
        if each.first_called_at is not None:
            waits[each.is_preferential].append(each.first_called_at - each.arrived_at)
        if each.state == TurnState.ATTENDED and each.called_at is not None and each.ended_at is not None:
            attentions.append(each.ended_at - each.called_at)
    return Rates(
        attentions=attentions,
        waits=waits[False],
        preferential_waits=waits[True],
        overtaken=len(waits[True]) / len(called) if called else 0.0,
        windows=len(attended_windows(room)),
    )
