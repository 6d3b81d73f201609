from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cercana.organization import queries
from cercana.organization.errors import CategoryUnknown, NotSetUp
from cercana.organization.models import (
    AddedDay,
    Category,
    LegalNature,
    LegalTerm,
    Municipality,
    PolicyVersion,
    PrivacyNotice,
)
from cercana.organization.queries import grounds
from cercana.rules.promises import to_lima
from tests.factories import NOW, make_municipality

TODAY = to_lima(NOW).date()


@pytest.fixture(autouse=True)
def municipality(db: None) -> Municipality:
    return make_municipality()


class TestGrounds:
    @pytest.mark.parametrize("nature", ["", "formal_claim", "data_access"])
    @pytest.mark.parametrize("code", ["pothole", "poor_attention", "violence_or_child"])
    def test_are_what_each_query_says_by_itself(self, code: str, nature: str) -> None:
        AddedDay.objects.create(day=TODAY + timedelta(days=1), kind="local", name="Aniversario", norm="Ordenanza 1")

        found = grounds(code, nature, NOW)

        category = queries.category(code)
        chosen = nature or category.legal_nature_id
        assert (found.category, found.class_, found.area) == (code, category.class_, category.area_id)
        assert (found.is_restricted, found.is_about_staff) == (category.is_restricted, category.is_about_staff)
        assert (found.prefix, found.intake_area) == ("SI", "atencion_ciudadano")
        assert (found.nature, found.term) == (chosen, queries.statutory_term(chosen, TODAY))
        assert found.moves_to_platform is queries.legal_nature(chosen).moves_to_platform
        assert found.policy == queries.policy_at(NOW).promises
        assert found.calendar == queries.calendar()
        assert found.notice_version == queries.privacy_notice(TODAY).version

    def test_are_read_in_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            grounds("pothole", "", NOW)

    def test_follow_every_change_of_the_configuration_at_once(self) -> None:
        before = grounds("poor_attention", "", NOW)
        tomorrow = TODAY + timedelta(days=1)

        Municipality.objects.update(prefix="LM")
        Category.objects.filter(code="poor_attention").update(class_="simple", area_id="fiscalizacion")
        LegalNature.objects.filter(code="formal_claim").update(moves_to_platform=False)
        LegalTerm.objects.filter(nature_id="formal_claim").update(working_days=15)
        PolicyVersion.objects.create(version=2, valid_from=NOW, complex_working_days=3, reason="más rápido")
        PrivacyNotice.objects.create(version=2, valid_from=TODAY, text="Otra vez.", spoken="…")
        AddedDay.objects.create(day=tomorrow, kind="local", name="Aniversario", norm="Ordenanza 1")
        after = grounds("poor_attention", "", NOW)

        assert (before.prefix, after.prefix) == ("SI", "LM")
        assert (before.class_, after.class_) == ("complex", "simple")
        assert (before.area, after.area) == ("atencion_ciudadano", "fiscalizacion")
        assert (before.moves_to_platform, after.moves_to_platform) == (True, False)
        assert [each.term.working_days for each in (before, after) if each.term] == [30, 15]
        assert (before.policy.complex_working_days, after.policy.complex_working_days) == (5, 3)
        assert (before.notice_version, after.notice_version) == (1, 2)
        assert (before.calendar.is_working_day(tomorrow), after.calendar.is_working_day(tomorrow)) == (True, False)
        AddedDay.objects.all().delete()
        assert grounds("poor_attention", "", NOW).calendar.is_working_day(tomorrow)

    def test_are_those_of_their_moment(self) -> None:
        PolicyVersion.objects.create(version=2, valid_from=NOW, reason="otra")
        LegalTerm.objects.filter(nature_id="data_access").update(valid_until=TODAY)

        earlier, later = NOW - timedelta(seconds=1), NOW + timedelta(days=1)

        assert [grounds("pothole", "", each).policy.version for each in (earlier, NOW)] == [1, 2]
        assert grounds("pothole", "data_access", NOW).term is not None
        assert grounds("pothole", "data_access", later).term is None

    def test_need_a_category_in_use(self) -> None:
        Category.objects.filter(code="noise").update(is_active=False)

        for code in ("noise", "no_such"):
            with pytest.raises(CategoryUnknown):
                grounds(code, "", NOW)

    @pytest.mark.parametrize("missing", [Municipality, PolicyVersion, PrivacyNotice])
    def test_need_an_institution_that_is_complete(
        self, missing: type[Municipality | PolicyVersion | PrivacyNotice]
    ) -> None:
        missing.objects.all().delete()

        with pytest.raises(NotSetUp):
            grounds("pothole", "", NOW)
