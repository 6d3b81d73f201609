from datetime import date

import pytest

from cercana.rules.calendar import Calendar, CalendarDay, CalendarGap, DayKind

ANNIVERSARY = CalendarDay(date(2026, 4, 24), DayKind.LOCAL, "Aniversario del distrito", "Ordenanza 1", counts=False)
FAIR = CalendarDay(date(2026, 4, 25), DayKind.LOCAL, "Feria del sábado", "Ordenanza 2", counts=True)
REMEMBERED = CalendarDay(date(2026, 4, 27), DayKind.LOCAL, "Día del vecino", "Ordenanza 3", counts=True)
CALENDAR = Calendar(2026, 2026, {each.day: each for each in (ANNIVERSARY, FAIR, REMEMBERED)})


class TestIsWorkingDay:
    @pytest.mark.parametrize(
        ("day", "counts"),
        [
            (date(2026, 4, 23), True),
            (ANNIVERSARY.day, False),
            (FAIR.day, False),
            (date(2026, 4, 26), False),
            (REMEMBERED.day, True),
        ],
        ids=["weekday", "day that does not count", "weekend whatever its exception says", "Sunday", "day that counts"],
    )
    def test_follows_weekday_weekend_and_exceptions(self, day: date, counts: bool) -> None:
        assert CALENDAR.is_working_day(day) is counts
        assert CALENDAR.describe(day).counts is counts

    @pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
    def test_refuses_to_guess_about_a_year_it_does_not_know(self, day: date) -> None:
        with pytest.raises(CalendarGap, match=f"no conoce el año {day.year}: llega de 2026 a 2026"):
            CALENDAR.is_working_day(day)


class TestDescribe:
    def test_gives_the_name_and_norm_of_an_exceptional_day(self) -> None:
        assert CALENDAR.describe(ANNIVERSARY.day) == ANNIVERSARY

    @pytest.mark.parametrize(
        ("day", "kind", "name"),
        [(date(2026, 4, 22), DayKind.WORKING, "miércoles"), (date(2026, 4, 26), DayKind.WEEKEND, "domingo")],
    )
    def test_names_any_other_day_by_its_weekday(self, day: date, kind: DayKind, name: str) -> None:
        described = CALENDAR.describe(day)

        assert (described.kind, described.name, described.norm) == (kind, name, "")


class TestNextWorkingDay:
    def test_passes_over_the_day_itself_exceptions_and_the_weekend(self) -> None:
        assert CALENDAR.next_working_day(date(2026, 4, 22)) == date(2026, 4, 23)
        assert CALENDAR.next_working_day(date(2026, 4, 23)) == date(2026, 4, 27)

    def test_stops_at_the_end_of_what_is_known(self) -> None:
        with pytest.raises(CalendarGap):
            CALENDAR.next_working_day(date(2026, 12, 31))


class TestWorkingDaysBetween:
    def test_counts_after_the_first_day_up_to_the_last(self) -> None:
        assert CALENDAR.working_days_between(date(2026, 4, 22), date(2026, 4, 27)) == 2

    def test_is_zero_backwards(self) -> None:
        assert CALENDAR.working_days_between(date(2026, 4, 22), date(2026, 4, 20)) == 0
