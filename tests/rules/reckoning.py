"""Instants and promises as the tests of the clocks write them."""

from datetime import UTC, datetime, time, timedelta, timezone

from hypothesis import strategies as st

from cercana.rules.classification import CaseClass
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import (
    LIMA,
    Policy,
    Promise,
    promise_for,
    to_lima,
)

PERU = peru_calendar()
POLICY = Policy(version=1)
TICK = timedelta(microseconds=1)
FIRST, LAST = datetime.fromisoformat("2020-01-02T00:00"), datetime.fromisoformat("2040-11-30T00:00")
WEEKDAYS_8_TO_1645 = OfficeHours({day: (Slot(time(8), time(13)), Slot(time(14), time(16, 45))) for day in range(5)})

SIMPLE, COMPLEX, CRITICAL = CaseClass.SIMPLE, CaseClass.COMPLEX, CaseClass.CRITICAL


def instants() -> st.SearchStrategy[datetime]:
    """Return aware instants of the years whose holidays are shipped, in Lima time or another zone."""
    zones = st.sampled_from([LIMA, UTC, timezone(timedelta(hours=5, minutes=45))])
    return st.datetimes(FIRST, LAST, timezones=zones)


def classes() -> st.SearchStrategy[CaseClass]:
    """Return every class of a case."""
    return st.sampled_from(CaseClass)


def lima(text: str) -> datetime:
    """Return the instant of a text, in Lima time."""
    return to_lima(datetime.fromisoformat(text))


def promised(received: str, class_: CaseClass, became_critical: str | None = None) -> Promise:
    """Return the promise of a case received at ``received``."""
    moment = None if became_critical is None else lima(became_critical)
    return promise_for(lima(received), class_, POLICY, PERU, became_critical_at=moment)
