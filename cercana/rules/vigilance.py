"""
The watch over a critical case: by when something real has to be entered, and whether an alarm rings.

At least every two hours until it is answered, then once a day, by 20:00. Source: M5.2d; domain.md, Critical protocol.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cercana.rules.escalation import Alarm, AlarmCause
from cercana.rules.folding import fold
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima

CHECK_IN_EVERY = timedelta(hours=2)
# Nobody is woken for what may wait for the day: the daily entry is missed at the end of its hours (08:00-20:00).
_DAY_ENDS = time(20)

# What says that somebody did something about the matter.
DEEDS = frozenset(
    {
        EventType.CHECKED_IN,
        EventType.ACTED,
        EventType.WROTE,
        EventType.SPOKE,
        EventType.PROMISED,
        EventType.PROMISE_KEPT,
        EventType.FORWARDED,
        EventType.ANSWERED,
    }
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something entered about a case: when, and its words."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: the newest alarm of an open critical case, what was entered, and whether it is answered."""

    alarm: Alarm | None
    deeds: Sequence[Deed]
    is_answered: bool

    @property
    def last_real_at(self) -> datetime | None:
        """When something real was entered last."""
        return max((deed.at for deed in real_entries(self.deeds)), default=None)

    @property
    def is_ringing(self) -> bool:
        """Whether the alarm waits for somebody: an entry answers one about silence, only a person the others."""
        alarm = self.alarm
        if alarm is None or alarm.acknowledged_at is not None:
            return False
        last = self.last_real_at
        return alarm.cause is AlarmCause.CRITICAL or last is None or last < alarm.raised_at

    @property
    def due_at(self) -> datetime | None:
        """When something happens next by itself: the call passes on, or silence raises an alarm."""
        if self.alarm is None:
            return None
        return self.alarm.passes_on_at if self.is_ringing else self.check_in_due_at

    @property
    def check_in_due_at(self) -> datetime | None:
        """The first instant at which the next entry is missing, counted from the last entry, answer or alarm."""
        if self.alarm is None:
            return None
        known = (self.alarm.raised_at, self.alarm.acknowledged_at, self.last_real_at)
        return check_in_due(max(each for each in known if each is not None), is_answered=self.is_answered)


def check_in_due(last: datetime, *, is_answered: bool) -> datetime:
    """Return the first instant at which the entry after ``last`` is missing: 2 h later, or 20:00 of the next day."""
    if not is_answered:
        return last + CHECK_IN_EVERY
    local = to_lima(last)
    return to_lima(datetime.combine(local.date() + timedelta(days=1), _DAY_ENDS))


def real_entries(deeds: Iterable[Deed]) -> Iterator[Deed]:
    """Yield those of ``deeds``, oldest first, that say something new: the same text twice does not count."""
    told: set[str] = set()
    for deed in deeds:
        words = plain_words(deed.text)
        if words and words not in told:
            told.add(words)
            yield deed


def plain_words(text: str) -> str:
    """Return ``text`` as two are compared: without case, marks and punctuation."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())
