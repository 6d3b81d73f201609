"""Who answers when, and where nobody does."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.duty_roster import (
    Days,
    Gap,
    Roster,
    Spell,
    Stretch,
    Swap,
    WeeklyTurn,
    gaps,
    on_duty,
    stretches,
)
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import LIMA

ANA, BETO, CARLA = 1, 2, 3
MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
HOURS = OfficeHours({day: (Slot(time(8), time(17)),) for day in range(5)})
PERU = peru_calendar()
ALWAYS = Days(date(2020, 1, 1))
OFFICES = tuple(Spell(person, ALWAYS) for person in (ANA, BETO, CARLA))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LIMA)


def night(weekday: int, person: int, id_: int = 0) -> WeeklyTurn:
    """Return a turn from five to eight of the next morning."""
    return WeeklyTurn(id_ or weekday + 1, weekday, time(17), time(8), person, ALWAYS)


def roster(*turns: WeeklyTurn, swaps: tuple[Swap, ...] = (), absences: tuple[Spell, ...] = ()) -> Roster:
    return Roster(turns, swaps, absences, OFFICES)


NIGHTS = [night(weekday, ANA) for weekday in range(7)]
WEEKEND = [WeeklyTurn(20 + day, day, time(8), time(17), BETO, ALWAYS) for day in (5, 6)]


class TestOnDuty:
    def test_has_a_turn_from_its_start_to_just_before_its_end(self) -> None:
        found = roster(night(0, ANA))

        assert on_duty(found, at(MONDAY, 17)) == (ANA,)
        assert on_duty(found, at(MONDAY + DAY, 7, 59)) == (ANA,)
        assert on_duty(found, at(MONDAY + DAY, 8)) == ()
        assert on_duty(found, at(MONDAY, 16, 59)) == ()

    def test_comes_again_every_week_while_the_turn_lasts(self) -> None:
        turn = WeeklyTurn(1, 0, time(17), time(8), ANA, Days(MONDAY, MONDAY + 7 * DAY))

        evenings = [on_duty(roster(turn), at(MONDAY + week * 7 * DAY, 20)) for week in range(-1, 3)]

        assert evenings == [(), (ANA,), (ANA,), ()]

    def test_is_whoever_took_the_turn_of_that_day(self) -> None:
        found = roster(night(0, ANA), swaps=(Swap(1, MONDAY, BETO),))

        assert on_duty(found, at(MONDAY, 20)) == (BETO,)
        assert on_duty(found, at(MONDAY + 7 * DAY, 20)) == (ANA,)
        assert stretches(found, at(MONDAY, 20), at(MONDAY, 21))[0].instead_of == ANA

    def test_is_nobody_who_is_away_from_midnight_on(self) -> None:
        found = roster(night(0, ANA), absences=(Spell(ANA, Days(MONDAY + DAY, MONDAY + DAY)),))

        assert on_duty(found, at(MONDAY, 23, 59)) == (ANA,)
        assert on_duty(found, at(MONDAY + DAY, 0)) == ()

    def test_is_nobody_whose_office_is_over_or_who_never_had_one(self) -> None:
        turns = (night(0, ANA), night(0, 9, id_=5))
        offices = (Spell(ANA, Days(date(2020, 1, 1), MONDAY)),)

        found = Roster(turns, offices=offices)

        assert on_duty(found, at(MONDAY, 20)) == (ANA,)
        assert on_duty(found, at(MONDAY + DAY, 1)) == ()

    def test_counts_stretches_entered_on_their_own(self) -> None:
        entered = Stretch(at(MONDAY, 9), at(MONDAY + DAY, 9), CARLA)

        found = Roster((night(0, ANA),), offices=OFFICES, entered=(entered,))

        assert on_duty(found, at(MONDAY, 18)) == (CARLA, ANA)


class TestGaps:
    def test_are_none_where_nights_and_weekends_are_taken(self) -> None:
        assert gaps(roster(*NIGHTS, *WEEKEND), at(MONDAY, 0), at(MONDAY + 7 * DAY, 0), HOURS, PERU) == ()

    def test_are_where_a_turn_was_given_to_nobody(self) -> None:
        found = roster(*NIGHTS, *WEEKEND, swaps=(Swap(1, MONDAY, None),))

        assert gaps(found, at(MONDAY, 0), at(MONDAY + 3 * DAY, 0), HOURS, PERU) == (
            Gap(at(MONDAY, 17), at(MONDAY + DAY, 8)),
        )

    def test_are_none_at_lunch(self) -> None:
        with_lunch = OfficeHours({day: (Slot(time(8), time(13)), Slot(time(14), time(17))) for day in range(5)})

        assert gaps(roster(*NIGHTS), at(MONDAY, 0), at(MONDAY + DAY, 0), with_lunch, PERU) == ()

    def test_are_in_office_hours_of_a_holiday_too(self) -> None:
        # 8 December 2026, a Tuesday.
        holiday = date(2026, 12, 8)

        assert gaps(roster(*NIGHTS), at(holiday, 0), at(holiday + DAY, 0), HOURS, PERU) == (
            Gap(at(holiday, 8), at(holiday, 17)),
        )

    def test_begin_and_end_within_what_was_asked_for(self) -> None:
        assert gaps(roster(), at(MONDAY, 20), at(MONDAY, 21), HOURS, PERU) == (Gap(at(MONDAY, 20), at(MONDAY, 21)),)

    @given(
        weekdays=st.lists(st.integers(0, 6), max_size=9),
        away=st.lists(st.integers(0, 10), max_size=3),
        minutes=st.integers(0, 14 * 24 * 60 - 1),
    )
    def test_are_exactly_where_nobody_is_on_duty_out_of_hours(
        self, weekdays: list[int], away: list[int], minutes: int
    ) -> None:
        turns = [night(day, ANA if turn % 2 else BETO, id_=turn + 1) for turn, day in enumerate(weekdays)]
        absences = tuple(Spell(ANA, Days(MONDAY + day * DAY, MONDAY + (day + 1) * DAY)) for day in away)
        found, moment = roster(*turns, absences=absences), at(MONDAY, 0) + timedelta(minutes=minutes)

        in_gap = any(
            each.starts_at <= moment < each.ends_at
            for each in gaps(found, at(MONDAY, 0), at(MONDAY + 14 * DAY, 0), HOURS, PERU)
        )

        works = PERU.is_working_day(moment.date()) and time(8) <= moment.time() < time(17)
        assert in_gap == (not works and not on_duty(found, moment))
