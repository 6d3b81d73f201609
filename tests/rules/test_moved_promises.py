from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.calendar import CalendarDay, DayKind
from cercana.rules.classification import CaseClass
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import (
    Due,
    Promise,
    promise_for,
    reckon_statutory,
    reclassify,
    recompute,
    statutory_due,
    to_lima,
)
from tests.rules.reckoning import (
    COMPLEX,
    CRITICAL,
    PERU,
    POLICY,
    SIMPLE,
    TICK,
    WEEKDAYS_8_TO_1645,
    classes,
    instants,
    lima,
)


class TestReclassify:
    RECEIVED = lima("2026-11-23T09:00")

    def reclassified(
        self, had: CaseClass, class_: CaseClass, at: datetime, responded_at: datetime | None = None
    ) -> Promise:
        return reclassify(
            promise_for(self.RECEIVED, had, POLICY, PERU),
            class_,
            received_at=self.RECEIVED,
            at=at,
            policy=POLICY,
            calendar=PERU,
            responded_at=responded_at,
        )

    @pytest.mark.parametrize(("had", "class_"), [(SIMPLE, COMPLEX), (COMPLEX, SIMPLE), (CRITICAL, COMPLEX)])
    def test_counts_again_from_reception(self, had: CaseClass, class_: CaseClass) -> None:
        promise = self.reclassified(had, class_, self.RECEIVED + timedelta(hours=1))

        assert promise == promise_for(self.RECEIVED, class_, POLICY, PERU)

    def test_counts_a_case_that_becomes_critical_from_that_moment(self) -> None:
        at = lima("2026-11-24T15:00")

        assert self.reclassified(COMPLEX, CRITICAL, at) == promise_for(at, CRITICAL, POLICY, PERU)

    def test_keeps_the_earlier_promise_of_a_case_that_becomes_critical(self) -> None:
        promise = self.reclassified(SIMPLE, CRITICAL, lima("2026-11-25T08:00"))

        assert promise.resolution == Due(lima("2026-11-25T09:00"), inclusive=True)

    def test_leaves_late_what_is_late(self) -> None:
        promise = self.reclassified(SIMPLE, COMPLEX, lima("2026-11-25T09:00") + TICK)

        assert promise == promise_for(self.RECEIVED, SIMPLE, POLICY, PERU)

    def test_leaves_late_a_first_response_that_nobody_gave(self) -> None:
        at = self.RECEIVED + timedelta(hours=2)
        promise = self.reclassified(CRITICAL, SIMPLE, at)

        assert promise.first_response == Due(at, inclusive=False)

    def test_ends_the_promise_of_a_first_response_that_was_given(self) -> None:
        promise = self.reclassified(
            CRITICAL, SIMPLE, self.RECEIVED + timedelta(hours=3), responded_at=self.RECEIVED + timedelta(hours=1)
        )

        assert promise.first_response is None

    @given(instants(), st.timedeltas(timedelta(0), timedelta(days=15)), classes(), classes())
    def test_never_saves_a_late_case(
        self, received_at: datetime, later: timedelta, had: CaseClass, class_: CaseClass
    ) -> None:
        before, at = promise_for(received_at, had, POLICY, PERU), received_at + later
        after = reclassify(before, class_, received_at=received_at, at=at, policy=POLICY, calendar=PERU)

        assert before.resolution.is_met_by(at) or not after.resolution.is_met_by(at)


class TestRecompute:
    RECEIVED = lima("2026-11-20T10:00")
    DECREED = CalendarDay(date(2026, 11, 26), DayKind.NON_WORKING, "Día no laborable", "DS 1", counts=False)
    CHANGED = peru_calendar(added=[DECREED])

    def recomputed(self, had: Promise, at: str, became_critical: str | None = None) -> Promise:
        return recompute(
            had,
            COMPLEX,
            received_at=self.RECEIVED,
            at=lima(at),
            policy=POLICY,
            calendar=self.CHANGED,
            became_critical_at=None if became_critical is None else lima(became_critical),
        )

    def test_moves_an_open_promise_of_days_past_a_new_holiday(self) -> None:
        had = promise_for(self.RECEIVED, COMPLEX, POLICY, PERU)

        assert had.resolution.last_day == date(2026, 11, 27)
        assert self.recomputed(had, "2026-11-25T09:00").resolution.last_day == date(2026, 11, 30)

    def test_leaves_a_late_promise_where_it_was(self) -> None:
        had = promise_for(self.RECEIVED, COMPLEX, POLICY, PERU)

        assert self.recomputed(had, "2026-11-28T00:00") == had

    def test_brings_a_promise_nearer_when_a_holiday_is_taken_back_but_never_to_a_day_that_has_passed(self) -> None:
        had = promise_for(self.RECEIVED, COMPLEX, POLICY, self.CHANGED)

        def taken_back(at: str) -> Promise:
            return recompute(had, COMPLEX, received_at=self.RECEIVED, at=lima(at), policy=POLICY, calendar=PERU)

        assert taken_back("2026-11-27T23:00").resolution.last_day == date(2026, 11, 27)
        assert taken_back("2026-11-28T00:00") == had

    @pytest.mark.parametrize("class_", [SIMPLE, CRITICAL])
    def test_leaves_promises_of_hours_where_they_were(self, class_: CaseClass) -> None:
        had = promise_for(self.RECEIVED, class_, POLICY, PERU)

        assert self.recomputed(had, "2026-11-20T10:30") == had

    def test_moves_a_critical_case_only_up_to_its_24_hours(self) -> None:
        critical_at = "2026-11-27T20:00"
        had = promise_for(self.RECEIVED, COMPLEX, POLICY, PERU, became_critical_at=lima(critical_at))
        moved = self.recomputed(had, "2026-11-27T21:00", became_critical=critical_at)

        assert had.resolution.printed() == "2026-11-27T23:59:59-05:00"
        assert moved == Promise(had.first_response, Due(lima("2026-11-28T20:00"), inclusive=True))

    @given(instants(), st.integers(1, 20))
    def test_never_moves_a_promise_forward_for_a_day_that_counts_no_more(
        self, received_at: datetime, ahead: int
    ) -> None:
        day = to_lima(received_at).date() + timedelta(days=ahead)
        changed = peru_calendar(
            added=[CalendarDay(day, DayKind.LOCAL, "Día del distrito", "Ordenanza 1", counts=False)]
        )
        had = promise_for(received_at, COMPLEX, POLICY, PERU)
        moved = recompute(
            had, COMPLEX, received_at=received_at, at=received_at, policy=POLICY, calendar=changed
        ).resolution

        assert had.resolution <= moved
        assert changed.is_working_day(moved.last_day)


class TestStatutoryDue:
    @pytest.mark.parametrize(
        ("filed", "days", "last_day"),
        [
            ("2026-11-23", 30, date(2027, 1, 8)),
            ("2026-12-04", 5, date(2026, 12, 15)),
            ("2026-12-07", 3, date(2026, 12, 14)),
            ("2026-07-22", 5, date(2026, 8, 4)),
            ("2026-07-24", 1, date(2026, 7, 30)),
            ("2026-03-27", 10, date(2026, 4, 14)),
        ],
    )
    def test_counts_from_the_working_day_after_filing(self, filed: str, days: int, last_day: date) -> None:
        due = statutory_due(lima(filed + "T10:00"), days, PERU)

        assert due.last_day == last_day
        assert due.whole_day

    @pytest.mark.parametrize(
        ("filed", "day_one"),
        [
            ("2026-11-22T23:50", date(2026, 11, 24)),
            ("2026-11-23T07:00", date(2026, 11, 24)),
            ("2026-11-23T13:30", date(2026, 11, 24)),
            ("2026-11-23T16:45", date(2026, 11, 24)),
            ("2026-11-23T16:45:00.000001", date(2026, 11, 25)),
            ("2026-11-27T20:00", date(2026, 12, 1)),
            ("2026-12-08T10:00", date(2026, 12, 11)),
        ],
        ids=["Sunday night", "early", "lunch break", "closing time", "just after closing", "Friday night", "holiday"],
    )
    def test_dates_what_comes_outside_office_hours_on_the_next_working_day(self, filed: str, day_one: date) -> None:
        reckoning = reckon_statutory(lima(filed), 1, PERU, office_hours=WEEKDAYS_8_TO_1645)

        assert reckoning.start.date() == day_one
        assert reckoning.due == statutory_due(lima(filed), 1, PERU, office_hours=WEEKDAYS_8_TO_1645)

    def test_dates_what_comes_on_a_sunday_night_on_that_sunday_otherwise(self) -> None:
        assert reckon_statutory(lima("2026-11-22T23:50"), 1, PERU).start.date() == date(2026, 11, 23)
