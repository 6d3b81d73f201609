"""What is said about promises that the calendar moves: which day is behind it, and why, as citizens will read it."""

from collections.abc import Sequence
from datetime import date

from cercana.cases.commands import MovedPromise
from cercana.rules.calendar import CalendarDay
from cercana.rules.promises import to_lima
from cercana.ui.moments import day as day_words


def proposed_reason(days: Sequence[CalendarDay], moved: Sequence[MovedPromise], chosen: str = "") -> str:
    """
    Return a reason in words: the name, the date and the norm of the added day that moves ``moved``.

    That is the day ``chosen`` (ISO 8601) if it was added, or else the last one within the promises that weighs in their
    direction; "" if none does, as when a day was taken away.
    """
    named = [each for each in days if each.day.isoformat() == chosen]
    behind = named or [each for each in days if any(_weighs(each, promise) for promise in moved)]
    if not behind:
        return ""
    last = behind[-1]
    return f"{last.name}, {day_words(last.day)} ({last.norm})"


def _weighs(added: CalendarDay, moved: MovedPromise) -> bool:
    first, last = _span(moved)
    return first < added.day <= last and added.counts is not moved.is_later


def _span(moved: MovedPromise) -> tuple[date, date]:
    return to_lima(moved.started_at).date(), max(moved.was.last_day, moved.due.last_day)
