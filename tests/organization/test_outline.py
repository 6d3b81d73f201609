from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from cercana.organization import queries
from cercana.organization.models import AddedDay, Area, Category
from cercana.rules.calendar import DayKind
from tests.factories import make_municipality

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
class TestOutline:
    def test_says_in_one_query_what_the_other_questions_say(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_municipality()
        AddedDay.objects.create(
            day=date(2026, 11, 25), kind=DayKind.NON_WORKING, name="Aniversario", norm="Ordenanza 1"
        )

        with django_assert_num_queries(1):
            outline = queries.outline(TODAY)

        assert outline.areas == {area.code: area.name for area in queries.areas(TODAY)}
        assert outline.categories == {category.code: category.name for category in queries.categories()}
        assert outline.area_names == queries.area_names()
        assert outline.category_names == queries.category_names()
        assert outline.natures["formal_claim"] == "Reclamo formal"
        assert [(term.source, term.working_days) for term in outline.terms.values()].count(("Norma, art. 1", 30)) == 2
        assert outline.parents == queries.area_parents()
        assert not outline.calendar.is_working_day(date(2026, 11, 25))

    def test_offers_only_what_is_in_use_and_still_knows_the_names(self) -> None:
        make_municipality()
        Area.objects.filter(code="pavimentos").update(valid_until=date(2026, 1, 1))
        Category.objects.filter(code="noise").update(is_active=False)

        outline = queries.outline(TODAY)

        assert "pavimentos" not in outline.areas
        assert outline.area_names["pavimentos"] == "Pavimentos y Veredas"
        assert "noise" not in outline.categories

    def test_keeps_the_orders_in_which_areas_and_motives_are_offered(self) -> None:
        make_municipality()
        for place, code in enumerate(("noise", "violence_or_child", "pothole", "poor_attention")):
            Category.objects.filter(code=code).update(order=place)

        outline = queries.outline(TODAY)

        assert list(outline.categories) == ["noise", "violence_or_child", "pothole", "poor_attention"]
        assert list(outline.areas.values())[:2] == ["Atención al Ciudadano", "Fiscalización"]
