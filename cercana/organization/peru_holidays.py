"""The national holidays of Peru, as the ``holidays`` package knows them: the source of the shipped table."""

import csv
import sys
from collections.abc import Iterable

from holidays import country_holidays

from cercana.rules.calendar import CalendarDay, DayKind
from cercana.rules.peru_days import FIRST_YEAR, LAST_YEAR, SHIPPED_DAYS

_NORM = "D.Leg. 713, art. 6"
# The package lists it, the law does not; it is always a Sunday.
_EASTER_SUNDAY = "Domingo de Resurrección"


def national_holidays(years: Iterable[int]) -> tuple[CalendarDay, ...]:
    """Return the holidays by law of ``years``, oldest first, named in Spanish, without Easter Sunday."""
    named = country_holidays("PE", years=years, language="es", expand=False)
    return tuple(
        CalendarDay(day, DayKind.NATIONAL_HOLIDAY, name=name, norm=_NORM, counts=False)
        for day, name in sorted(named.items())
        if name != _EASTER_SUNDAY
    )


def main() -> None:
    """Print the table that rules/peru_days.csv should hold, with the decree days it holds already."""
    decreed = [day for day in SHIPPED_DAYS if day.kind is not DayKind.NATIONAL_HOLIDAY]
    days = [*national_holidays(range(FIRST_YEAR, LAST_YEAR + 1)), *decreed]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["day", "kind", "name", "norm", "counts"])
    for day in sorted(days, key=lambda each: each.day):
        table.writerow([day.day.isoformat(), day.kind, day.name, day.norm, "yes" if day.counts else "no"])


if __name__ == "__main__":
    main()
