from datetime import datetime

import pytest

from cercana.rules.notice_hours import is_notice_time, notice_moment
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import to_lima

PERU = peru_calendar()


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


class TestNoticeMoment:
    @pytest.mark.parametrize(
        ("asked", "given"),
        [
            ("2026-11-23T07:00", "2026-11-23T07:00"),
            ("2026-11-23T19:59", "2026-11-23T19:59"),
            ("2026-11-23T06:59", "2026-11-23T07:00"),
            ("2026-11-23T20:00", "2026-11-24T07:00"),
            ("2026-11-21T12:00", "2026-11-23T07:00"),
            ("2026-07-24T21:00", "2026-07-30T07:00"),
        ],
        ids=["opening", "last minute", "early", "late", "Saturday", "before the national holidays"],
    )
    def test_is_the_next_one_within_the_hours_of_a_working_day(self, asked: str, given: str) -> None:
        assert notice_moment(lima(asked), PERU) == lima(given)
        assert is_notice_time(lima(asked), PERU) is (asked == given)
