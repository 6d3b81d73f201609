from datetime import date

import pytest

from cercana.rules.calendar import CalendarDay, CalendarGap, DayKind
from cercana.rules.peru_days import peru_calendar

ANNIVERSARY = CalendarDay(date(2026, 4, 24), DayKind.LOCAL, "Aniversario del distrito", "Ordenanza 1", counts=False)


class TestPeruCalendar:
    @pytest.mark.parametrize(
        "day",
        [
            date(2025, 4, 17),
            date(2025, 4, 18),
            date(2026, 4, 2),
            date(2026, 4, 3),
            date(2027, 3, 25),
            date(2027, 3, 26),
        ],
    )
    def test_knows_holy_thursday_and_good_friday(self, day: date) -> None:
        assert peru_calendar().describe(day).kind is DayKind.NATIONAL_HOLIDAY

    @pytest.mark.parametrize("year", [2025, 2026, 2027])
    def test_has_the_sixteen_holidays_of_the_law(self, year: int) -> None:
        days = peru_calendar([year]).exceptions.values()

        assert sum(day.kind is DayKind.NATIONAL_HOLIDAY for day in days) == 16

    @pytest.mark.parametrize("easter", [date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)])
    def test_leaves_easter_an_ordinary_sunday(self, easter: date) -> None:
        assert peru_calendar().describe(easter).kind is DayKind.WEEKEND

    @pytest.mark.parametrize(
        ("day", "norm"),
        [
            (date(2025, 5, 2), "DS 042-2025-PCM"),
            (date(2025, 12, 26), "DS 042-2025-PCM"),
            (date(2026, 1, 2), "DS 042-2025-PCM"),
            (date(2026, 7, 27), "DS 075-2026-PCM"),
        ],
    )
    def test_knows_the_days_declared_by_decree_and_their_norm(self, day: date, norm: str) -> None:
        described = peru_calendar().describe(day)

        assert (described.kind, described.norm, described.counts) == (DayKind.NON_WORKING, norm, False)

    def test_takes_the_days_that_the_municipality_adds(self) -> None:
        assert peru_calendar([2026]).is_working_day(ANNIVERSARY.day)
        assert not peru_calendar([2026], [ANNIVERSARY]).is_working_day(ANNIVERSARY.day)

    def test_lets_an_added_day_replace_the_shipped_one(self) -> None:
        repealed = CalendarDay(date(2026, 7, 27), DayKind.WORKING, "lunes", "Decreto derogado", counts=True)

        assert peru_calendar([2026], [repealed]).is_working_day(repealed.day)

    def test_knows_only_the_years_asked_for(self) -> None:
        calendar = peru_calendar([2026, 2028])

        assert [year for year in range(2024, 2031) if calendar.knows(year)] == [2026, 2027, 2028]

    @pytest.mark.parametrize("year", [2019, 2041])
    def test_refuses_a_year_that_is_not_shipped(self, year: int) -> None:
        with pytest.raises(CalendarGap, match=str(year)):
            peru_calendar([2026, year])
