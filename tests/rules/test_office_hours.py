from datetime import time

import pytest

from cercana.rules.office_hours import OfficeHours, Slot

MORNING = Slot(time(8), time(13))
AFTERNOON = Slot(time(14), time(16, 45))
HOURS = OfficeHours({0: (AFTERNOON, MORNING), 5: (Slot(time(9), time(12)),)})


class TestOfficeHours:
    @pytest.mark.parametrize(("weekday", "closes"), [(0, time(16, 45)), (5, time(12)), (6, None)])
    def test_closes_with_the_last_slot_of_the_day(self, weekday: int, closes: time | None) -> None:
        assert HOURS.closes(weekday) == closes

    @pytest.mark.parametrize(
        ("until", "moment"),
        [
            (time(7, 59), None),
            (time(8), time(8)),
            (time(10, 30), time(10, 30)),
            (time(13, 30), time(13)),
            (time(14, 10), time(14, 10)),
            (time(20), time(16, 45)),
        ],
        ids=["before opening", "at opening", "morning", "lunch break", "afternoon", "evening"],
    )
    def test_finds_the_last_working_moment_until_a_time(self, until: time, moment: time | None) -> None:
        assert HOURS.last_moment(0, until) == moment

    def test_refuses_a_slot_that_ends_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="closes after it opens"):
            Slot(time(16), time(8))

    @pytest.mark.parametrize("slots", [{}, {0: ()}])
    def test_refuses_hours_without_any_slot(self, slots: dict[int, tuple[Slot, ...]]) -> None:
        with pytest.raises(ValueError, match="need a slot"):
            OfficeHours(slots)
