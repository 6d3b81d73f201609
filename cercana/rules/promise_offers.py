"""The dates that somebody writes to a citizen, each with what it would promise (M3.3d)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cercana.rules.calendar import Calendar
from cercana.rules.dated_promises import find_dated_words, sentence_around
from cercana.rules.promises import Due
from cercana.rules.time_words import due_words

_MOST = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A date that was written: its words, until when it is kept in words, and what it would promise until when."""

    words: str
    until: str
    text: str
    due: Due

    @property
    def key(self) -> str:
        """What a form sends back of it."""
        return self.due.printed()


def offers_in(texts: Iterable[str], *, now: datetime, calendar: Calendar) -> list[Offer]:
    """Return the dates that ``texts`` name, three at most; a text that is only a date promises what the first says."""
    found: dict[Due, Offer] = {}
    told = [text.strip() for text in texts if text.strip()]
    for text in told:
        for each in find_dated_words(text, now=now, calendar=calendar):
            said = sentence_around(text, each)
            if text is not told[0] and len(said) == len(text):
                said = f"{told[0]} {said}"
            found.setdefault(each.due, Offer(each.words, due_words(each.due), said, each.due))
    return list(found.values())[:_MOST]
