from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.calendar import CalendarGap
from cercana.rules.classification import CaseClass
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import (
    LIMA,
    CriticalBeforeReception,
    Due,
    Policy,
    Promise,
    last_working_moment_before,
    promise_for,
    reckon_first_response,
    reckon_resolution,
    to_lima,
)
from tests.rules.reckoning import (
    COMPLEX,
    CRITICAL,
    FIRST,
    LAST,
    PERU,
    POLICY,
    SIMPLE,
    TICK,
    WEEKDAYS_8_TO_1645,
    classes,
    instants,
    lima,
    promised,
)


class TestToLima:
    def test_takes_a_naive_instant_as_lima_time(self) -> None:
        assert to_lima(datetime.fromisoformat("2026-11-20T16:40")).isoformat() == "2026-11-20T16:40:00-05:00"

    def test_brings_an_instant_from_another_zone(self) -> None:
        assert to_lima(datetime(2026, 11, 20, 21, 40, tzinfo=UTC)).isoformat() == "2026-11-20T16:40:00-05:00"


class TestDue:
    def test_can_be_kept_at_the_last_instant_when_inclusive(self) -> None:
        due = Due(lima("2026-11-22T16:40"), inclusive=True)

        assert due.is_met_by(due.at)
        assert not due.is_met_by(due.at + TICK)
        assert due.breaks_at == due.at + TICK

    def test_is_broken_at_its_instant_when_exclusive(self) -> None:
        due = Due(lima("2026-11-22T16:40"), inclusive=False)

        assert due.is_met_by(due.at - TICK)
        assert not due.is_met_by(due.at)
        assert due.breaks_at == due.at

    def test_is_ordered_by_the_instant_it_breaks(self) -> None:
        noon = lima("2026-11-22T12:00")
        dues = [Due(noon, inclusive=False), Due(noon, inclusive=True), Due(noon + 2 * TICK, inclusive=False)]

        assert all(one < other and one <= other and not other < one for one, other in pairwise(dues))
        assert min(reversed(dues)) == dues[0]

    @pytest.mark.parametrize(
        ("due", "printed", "last_day"),
        [
            (Due(lima("2026-11-28"), inclusive=False, whole_day=True), "2026-11-27T23:59:59-05:00", date(2026, 11, 27)),
            (Due(lima("2026-11-28"), inclusive=False), "2026-11-28T00:00:00-05:00", date(2026, 11, 27)),
            (Due(lima("2026-11-28"), inclusive=True), "2026-11-28T00:00:00-05:00", date(2026, 11, 28)),
            (Due(lima("2026-11-28T05:00+00:00"), inclusive=True), "2026-11-28T00:00:00-05:00", date(2026, 11, 28)),
        ],
        ids=["whole day", "before midnight", "until midnight", "stored in UTC"],
    )
    def test_is_printed_with_limas_offset(self, due: Due, printed: str, last_day: date) -> None:
        assert due.printed() == printed
        assert due.last_day == last_day

    @pytest.mark.parametrize(
        ("at", "inclusive", "whole_day"),
        [
            (datetime.fromisoformat("2026-11-28T10:00"), True, False),
            (lima("2026-11-28"), True, True),
            (lima("2026-11-28T00:01"), False, True),
        ],
        ids=["naive", "whole day that includes midnight", "whole day that ends at another hour"],
    )
    def test_refuses_what_is_no_limit(self, at: datetime, inclusive: bool, whole_day: bool) -> None:
        with pytest.raises(ValueError, match="due"):
            Due(at, inclusive, whole_day)


class TestPromiseFor:
    @pytest.mark.parametrize(
        ("received", "class_", "became_critical", "response", "resolution"),
        [
            ("2026-11-20T16:40", SIMPLE, None, None, "2026-11-22T16:40:00-05:00"),
            ("2026-11-21T09:00", COMPLEX, None, None, "2026-11-27T23:59:59-05:00"),
            ("2026-03-30T12:00", COMPLEX, None, None, "2026-04-08T23:59:59-05:00"),
            ("2026-07-22T18:00", COMPLEX, None, None, "2026-08-04T23:59:59-05:00"),
            ("2026-12-03T10:00", COMPLEX, None, None, "2026-12-14T23:59:59-05:00"),
            ("2026-12-31T23:30", CRITICAL, None, "2027-01-01T01:30:00-05:00", "2027-01-01T23:30:00-05:00"),
            (
                "2026-11-23T09:00",
                COMPLEX,
                "2026-11-30T20:00",
                "2026-11-30T22:00:00-05:00",
                "2026-11-30T23:59:59-05:00",
            ),
        ],
    )
    def test_gives_the_dates_of_the_manuals_table(
        self, received: str, class_: CaseClass, became_critical: str | None, response: str | None, resolution: str
    ) -> None:
        promise = promised(received, class_, became_critical)

        assert (promise.first_response and promise.first_response.printed()) == response
        assert promise.resolution.printed() == resolution

    @pytest.mark.parametrize(
        ("received", "class_", "resolution"),
        [
            ("2028-02-24T10:00", COMPLEX, "2028-03-02T23:59:59-05:00"),
            ("2028-02-27T10:00", SIMPLE, "2028-02-29T10:00:00-05:00"),
            ("2028-02-29T10:00", CRITICAL, "2028-03-01T10:00:00-05:00"),
            ("2025-12-23T10:00", COMPLEX, "2026-01-05T23:59:59-05:00"),
            ("2026-11-20T00:00", COMPLEX, "2026-11-27T23:59:59-05:00"),
            ("2026-11-20T23:59:59.999999", COMPLEX, "2026-11-27T23:59:59-05:00"),
            ("2026-11-21T00:00", COMPLEX, "2026-11-27T23:59:59-05:00"),
            ("2026-11-21T04:59:59+00:00", COMPLEX, "2026-11-27T23:59:59-05:00"),
            ("2026-11-22T22:00", COMPLEX, "2026-11-27T23:59:59-05:00"),
            ("2026-11-23T00:00", COMPLEX, "2026-11-30T23:59:59-05:00"),
        ],
        ids=[
            "five days over 29 February",
            "hours to 29 February",
            "hours from 29 February",
            "the turn of the year with its days without work",
            "the first instant of a Friday",
            "the last instant of a Friday",
            "the first instant of a Saturday",
            "a Friday night that is Saturday in UTC",
            "a Sunday night",
            "the first instant of a Monday",
        ],
    )
    def test_holds_at_the_edges_of_days_months_and_years(
        self, received: str, class_: CaseClass, resolution: str
    ) -> None:
        assert promised(received, class_).resolution.printed() == resolution

    @given(instants())
    def test_gives_a_complex_case_exactly_five_working_days(self, received_at: datetime) -> None:
        due = promise_for(received_at, COMPLEX, POLICY, PERU).resolution

        assert PERU.working_days_between(to_lima(received_at).date(), due.last_day) == 5
        assert PERU.is_working_day(due.last_day)
        assert due.whole_day

    @given(instants())
    def test_gives_a_simple_case_48_hours_inclusive(self, received_at: datetime) -> None:
        promise = promise_for(received_at, SIMPLE, POLICY, PERU)

        assert promise == Promise(None, Due(received_at + timedelta(hours=48), inclusive=True))

    @given(instants())
    def test_gives_a_critical_case_less_than_two_hours_and_up_to_24(self, received_at: datetime) -> None:
        assert promise_for(received_at, CRITICAL, POLICY, PERU) == Promise(
            Due(received_at + timedelta(hours=2), inclusive=False),
            Due(received_at + timedelta(hours=24), inclusive=True),
        )

    @given(instants(), st.timedeltas(timedelta(0), timedelta(days=15)), classes())
    def test_never_promises_earlier_for_a_later_reception(
        self, received_at: datetime, later: timedelta, class_: CaseClass
    ) -> None:
        first = promise_for(received_at, class_, POLICY, PERU).resolution
        second = promise_for(received_at + later, class_, POLICY, PERU).resolution

        assert first <= second

    @given(instants(), st.timedeltas(timedelta(0), timedelta(days=15)), classes())
    def test_never_promises_later_to_a_case_that_became_critical(
        self, received_at: datetime, later: timedelta, class_: CaseClass
    ) -> None:
        had = promise_for(received_at, class_, POLICY, PERU)
        now = promise_for(received_at, class_, POLICY, PERU, became_critical_at=received_at + later)

        assert class_ is CRITICAL or now.resolution <= had.resolution
        assert now.resolution.at <= received_at + later + timedelta(hours=24)
        assert now.first_response == Due(received_at + later + timedelta(hours=2), inclusive=False)

    def test_never_passes_an_earlier_promise_that_was_given(self) -> None:
        given_before = Promise(
            Due(lima("2026-11-20T12:30"), inclusive=False), Due(lima("2026-11-20T13:00"), inclusive=True)
        )
        kept = promise_for(
            lima("2026-11-20T10:00"),
            CRITICAL,
            POLICY,
            PERU,
            became_critical_at=lima("2026-11-20T11:00"),
            promised=given_before,
        )

        assert kept == given_before

    def test_counts_from_the_later_moment_when_the_class_before_is_not_known(self) -> None:
        promise = promised("2026-11-20T10:00", CRITICAL, "2026-11-21T11:00")

        assert promise.resolution.printed() == "2026-11-22T11:00:00-05:00"

    @given(st.datetimes(FIRST, LAST), classes())
    def test_takes_naive_input_as_lima_time(self, received_at: datetime, class_: CaseClass) -> None:
        naive = promise_for(received_at, class_, POLICY, PERU)

        assert naive == promise_for(received_at.replace(tzinfo=LIMA), class_, POLICY, PERU)

    def test_follows_the_figures_of_the_policy(self) -> None:
        policy = Policy(
            2, simple_hours=24, complex_working_days=3, critical_response_hours=1, critical_resolution_hours=12
        )
        received_at = lima("2026-11-20T10:00")
        dues = [promise_for(received_at, class_, policy, PERU).resolution.printed() for class_ in CaseClass]
        response = promise_for(received_at, CRITICAL, policy, PERU).first_response

        assert dues == ["2026-11-21T10:00:00-05:00", "2026-11-25T23:59:59-05:00", "2026-11-20T22:00:00-05:00"]
        assert response == Due(lima("2026-11-20T11:00"), inclusive=False)

    def test_refuses_a_case_that_became_critical_before_its_reception(self) -> None:
        with pytest.raises(CriticalBeforeReception):
            promised("2026-11-20T10:00", COMPLEX, "2026-11-20T09:59")

    def test_refuses_to_count_days_of_a_year_without_holidays(self) -> None:
        with pytest.raises(CalendarGap):
            promise_for(lima("2026-12-30T10:00"), COMPLEX, POLICY, peru_calendar([2026]))


class TestReckoning:
    def test_remembers_the_first_day_and_the_weekdays_that_did_not_count(self) -> None:
        reckoning = reckon_resolution(lima("2026-07-22T18:00"), COMPLEX, POLICY, PERU)

        assert reckoning.start == lima("2026-07-24")
        assert [each.day.day for each in reckoning.skipped] == [23, 27, 28, 29]

    @pytest.mark.parametrize(("became_critical", "kept"), [("2026-11-30T20:00", True), ("2026-11-24T09:00", False)])
    def test_tells_whether_an_earlier_promise_holds_instead(self, became_critical: str, kept: bool) -> None:
        reckoning = reckon_resolution(
            lima("2026-11-23T09:00"), COMPLEX, POLICY, PERU, became_critical_at=lima(became_critical)
        )

        assert reckoning.kept is kept

    def test_of_the_first_response_begins_when_the_case_became_critical(self) -> None:
        moment = lima("2026-11-23T11:00")
        reckoning = reckon_first_response(lima("2026-11-23T09:00"), POLICY, became_critical_at=moment)

        assert (reckoning.start, reckoning.amount) == (moment, 2)


class TestLastWorkingMomentBefore:
    @pytest.mark.parametrize(
        ("due", "moment"),
        [
            (Due(lima("2026-11-24T10:30"), inclusive=True), "2026-11-24T10:30"),
            (Due(lima("2026-11-24T13:20"), inclusive=True), "2026-11-24T13:00"),
            (Due(lima("2026-11-24T20:00"), inclusive=True), "2026-11-24T16:45"),
            (Due(lima("2026-11-24T07:00"), inclusive=True), "2026-11-23T16:45"),
            (Due(lima("2026-11-22T16:40"), inclusive=True), "2026-11-20T16:45"),
            (Due(lima("2026-11-28"), inclusive=False, whole_day=True), "2026-11-27T16:45"),
            (Due(lima("2026-12-09T12:00"), inclusive=True), "2026-12-07T16:45"),
        ],
        ids=["working", "lunch break", "evening", "early", "weekend", "whole day", "holidays"],
    )
    def test_is_within_hours_of_a_working_day(self, due: Due, moment: str) -> None:
        found = last_working_moment_before(due, WEEKDAYS_8_TO_1645, PERU, received_at=lima("2026-11-20T16:40"))

        assert found == lima(moment)

    def test_is_the_due_itself_when_nobody_works_since_reception(self) -> None:
        due = Due(lima("2026-11-22T20:00"), inclusive=True)

        assert last_working_moment_before(due, WEEKDAYS_8_TO_1645, PERU, received_at=lima("2026-11-20T20:00")) == due.at

    @given(instants(), classes())
    def test_is_never_after_the_due_nor_before_reception(self, received_at: datetime, class_: CaseClass) -> None:
        due = promise_for(received_at, class_, POLICY, PERU).resolution
        found = last_working_moment_before(due, WEEKDAYS_8_TO_1645, PERU, received_at=received_at)

        assert received_at <= found <= due.at
