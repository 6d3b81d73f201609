from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Value
from pytest_django import DjangoAssertNumQueries

from cercana.database.statements import StandIn, Statement
from cercana.organization.models import AddedDay, Category
from cercana.rules.calendar import DayKind
from tests.factories import make_municipality

A_DAY, A_CODE = date(1, 1, 3), "a code"


@pytest.mark.django_db
class TestStatement:
    def test_asks_what_the_request_means_in_the_place_of_what_stands_for_it(self) -> None:
        for day in (date(2026, 11, 25), date(2026, 11, 26)):
            AddedDay.objects.create(day=day, kind=DayKind.NON_WORKING, name=f"Día {day.day}", norm="Ordenanza 1")
        kept = Statement.of(AddedDay.objects.filter(day=A_DAY).values_list("name"), A_DAY)

        assert kept.rows({A_DAY: date(2026, 11, 25)}) == [("Día 25",)]
        assert kept.rows({A_DAY: date(2026, 11, 26)}) == [("Día 26",)]
        with pytest.raises(KeyError):
            kept.rows()

    def test_tells_a_moment_from_the_day_it_falls_on(self) -> None:
        make_municipality()
        a_moment, now = datetime(1, 1, 3, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
        both = Category.objects.filter(code="noise").values_list(Value(A_DAY), Value(a_moment))
        meant: dict[StandIn, object] = {A_DAY: now.date() - timedelta(days=1), a_moment: now}

        assert Statement.of(both, A_DAY, a_moment).rows(meant) == [(date(2026, 11, 19), now)]

    def test_leaves_values_alone_that_stand_for_nothing(self) -> None:
        make_municipality()
        found = (
            Category.objects.filter(code__in=["noise", A_CODE], is_active=True)
            .order_by("code")
            .values_list("code", Value(1))
        )

        assert Statement.of(found, A_CODE).rows({A_CODE: "pothole"}) == [("noise", 1), ("pothole", 1)]
        assert Statement.of(found).rows() == [("noise", 1)]

    @pytest.mark.parametrize("name", ["50 % off", "100 %s", "O'Higgins", 'back\\slash "quoted"'])
    def test_writes_any_value_out_as_what_it_is(self, name: str) -> None:
        AddedDay.objects.create(day=A_DAY, kind=DayKind.NON_WORKING, name=name, norm="Ordenanza 1")
        kept = Statement.of(AddedDay.objects.filter(name=name, day=A_DAY).values_list("name", Value("%")), A_DAY)

        assert kept.rows({A_DAY: A_DAY}) == [(name, "%")]

    def test_asks_nothing_where_no_row_can_answer(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(0):
            assert Statement.of(Category.objects.filter(code__in=[]).values_list("code")).rows() == []
