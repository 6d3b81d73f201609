"""How instants and days are said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cercana.rules.time_texts import Language
from cercana.ui.moments import clock, day, moment, recently, short_day, the_clock

# Monday 23 November 2026, 10:42 in Lima.
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)


def lima(day_: int, hour: int, minute: int, *, month: int = 11, year: int = 2026) -> datetime:
    """Return an instant given in Lima time."""
    return datetime(year, month, day_, hour, minute, tzinfo=UTC) + timedelta(hours=5)


class TestClock:
    @pytest.mark.parametrize(
        ("hour", "words"),
        [(0, "12:05 a. m."), (9, "9:05 a. m."), (12, "12:05 p. m."), (18, "6:05 p. m.")],
    )
    def test_says_twelve_hours_with_their_half(self, hour: int, words: str) -> None:
        assert clock(lima(23, hour, 5)).replace("\xa0", " ") == words

    def test_never_breaks_between_the_time_and_its_half(self) -> None:
        assert clock(NOW) == "10:42\xa0a.\xa0m."

    def test_says_the_time_in_english(self) -> None:
        assert clock(NOW, "en") == "10:42\xa0a.m."

    @pytest.mark.parametrize(("hour", "words"), [(1, "la 1:05 a. m."), (13, "la 1:05 p. m."), (11, "las 11:05 a. m.")])
    def test_says_one_hour_by_another_article(self, hour: int, words: str) -> None:
        assert the_clock(lima(23, hour, 5)).replace("\xa0", " ") == words


class TestDay:
    def test_says_the_weekday(self) -> None:
        assert day(date(2026, 11, 23)) == "lunes 23 de noviembre"
        assert day(date(2026, 11, 23), "en") == "Monday 23 November"

    def test_takes_an_instant_for_the_day_of_lima(self) -> None:
        assert day(lima(23, 23, 30)) == "lunes 23 de noviembre"

    def test_says_the_year_if_it_is_another_one(self) -> None:
        assert day(date(2025, 1, 1), now=NOW) == "miércoles 1 de enero de 2025"
        assert day(date(2026, 1, 1), now=NOW) == "jueves 1 de enero"


class TestShortDay:
    @pytest.mark.parametrize(
        ("month", "language", "words"),
        [(11, "es", "23 nov."), (5, "es", "23 mayo"), (11, "en", "23 Nov"), (5, "en", "23 May")],
    )
    def test_shortens_the_month(self, month: int, language: Language, words: str) -> None:
        assert short_day(date(2026, month, 23), language).replace("\xa0", " ") == words


class TestMoment:
    def test_says_day_and_minute(self) -> None:
        assert moment(NOW) == "lunes 23 de noviembre, 10:42\xa0a.\xa0m."


class TestRecently:
    @pytest.mark.parametrize(
        ("then", "words"),
        [
            (NOW - timedelta(seconds=40), "hace un momento"),
            (NOW - timedelta(minutes=12), "hace 12 min"),
            (NOW - timedelta(minutes=59, seconds=59), "hace 59 min"),
            (lima(23, 9, 5), "hoy, 9:05 a. m."),
            (lima(22, 18, 20), "ayer, 6:20 p. m."),
            (lima(20, 16, 10), "viernes, 4:10 p. m."),
            (lima(17, 8, 0), "martes, 8:00 a. m."),
            (lima(16, 8, 0), "16 nov."),
            (lima(2, 8, 0, month=10, year=2025), "2 oct. 2025"),
        ],
    )
    def test_says_the_less_the_nearer_it_is(self, then: datetime, words: str) -> None:
        assert recently(then, NOW).replace("\xa0", " ") == words

    def test_knows_yesterday_by_the_date_of_lima(self) -> None:
        just_after_midnight = lima(23, 0, 10)
        assert recently(lima(22, 22, 50), just_after_midnight) == "ayer, 10:50\xa0p.\xa0m."

    def test_names_the_day_of_what_is_still_to_come(self) -> None:
        assert recently(lima(24, 9, 0), NOW) == "24\xa0nov."

    def test_speaks_english(self) -> None:
        assert recently(NOW - timedelta(minutes=12), NOW, "en") == "12\xa0min ago"
        assert recently(lima(22, 18, 20), NOW, "en") == "yesterday, 6:20\xa0p.m."
