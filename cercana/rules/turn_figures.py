"""How turns went: waits, attentions and turns nobody used, in all and by the hour at which people came (M2.3a)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from cercana.rules.turns import TurnState

_NINE_OF_TEN = 0.9


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """
    A turn as the figures see it: the hour of its arrival in Lima, and how it ended.

    ``wait`` is None if it was never called, ``attention`` unless it was attended; ``is_late`` tells that the wait went
    past the bound of its room.
    """

    hour: int
    state: TurnState
    is_preferential: bool
    wait: timedelta | None
    attention: timedelta | None
    became_case: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """
    Turns in figures; lengths are in minutes, rounded, None where there was none.

    ``most_waits`` is what nine of ten waited at most; ``abandoned`` are those who left or did not come when called.
    """

    taken: int
    attended: int
    abandoned: int
    cases: int
    late: int
    wait: int | None
    most_waits: int | None
    preferential_wait: int | None
    attention: int | None

    @property
    def abandoned_share(self) -> float | None:
        """The share of the turns that ended unused; None if none ended."""
        ended = self.attended + self.abandoned
        return self.abandoned / ended if ended else None


def figures_of(records: Sequence[TurnRecord]) -> TurnFigures:
    """Return the figures of ``records``."""
    waits = [each.wait for each in records if each.wait is not None and not each.is_preferential]
    preferential = [each.wait for each in records if each.wait is not None and each.is_preferential]
    return TurnFigures(
        taken=len(records),
        attended=sum(each.state is TurnState.ATTENDED for each in records),
        abandoned=sum(each.state in (TurnState.ABSENT, TurnState.LEFT) for each in records),
        cases=sum(each.became_case for each in records),
        late=sum(each.is_late for each in records),
        wait=_middle(waits),
        most_waits=_within(waits, _NINE_OF_TEN),
        preferential_wait=_middle(preferential),
        attention=_middle([each.attention for each in records if each.attention is not None]),
    )


def by_hour(records: Iterable[TurnRecord]) -> dict[int, TurnFigures]:
    """Return the figures of every hour in which somebody came, the first hour first."""
    hours: dict[int, list[TurnRecord]] = {}
    for each in records:
        hours.setdefault(each.hour, []).append(each)
    return {hour: figures_of(hours[hour]) for hour in sorted(hours)}


def _middle(lengths: Sequence[timedelta]) -> int | None:
    return round(median(each.total_seconds() for each in lengths) / 60) if lengths else None


def _within(lengths: Sequence[timedelta], share: float) -> int | None:
    """Return the fewest minutes that ``share`` of the lengths do not exceed."""
    if not lengths:
        return None
    longest = sorted(lengths)[ceil(share * len(lengths)) - 1]
    return ceil(longest.total_seconds() / 60)
