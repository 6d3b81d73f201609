"""Cases are found by what people remember of them, and only by those who may know of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.cases import commands
from cercana.cases.commands import Reclassification
from cercana.cases.models import AccessRecord, Case, CaseText
from cercana.cases.queries.search import Hit, search_cases
from cercana.citizens.commands import ContactKind, Document, DocumentType
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, ClaimType, RequestKind
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case, make_person


@pytest.fixture
def supervisor() -> Actor:
    """Return somebody who sees everything that is below the municipality's head."""
    return make_actor(Role.SUPERVISOR, "alcaldia")


def found(actor: Actor, typed: str) -> list[str]:
    """Return the numbers of the first page."""
    return [hit.number for hit in search_cases(actor, typed, now=NOW).hits]


class TestSearchByNumber:
    @pytest.mark.parametrize("shape", [str, str.lower, lambda number: number.replace("-", ""), lambda n: f" {n[3:]} "])
    def test_forgives_how_the_number_is_written(self, supervisor: Actor, shape: object) -> None:
        case = make_case()
        assert callable(shape)

        page = search_cases(supervisor, shape(case.number), now=NOW)

        assert ([hit.number for hit in page.hits], page.is_number) == ([case.number], True)

    def test_is_the_only_way_to_a_restricted_case(self, supervisor: Actor) -> None:
        person = make_person(name="Marta Salas", contacts=[(ContactKind.PHONE, "987654321")])
        case = make_case(category="violence_or_child", description="Golpean a un niño", person=person)

        assert found(supervisor, case.number) == [case.number]
        assert found(supervisor, "987654321") == found(supervisor, "marta") == found(supervisor, "golpean") == []

    def test_forgets_the_words_of_a_case_that_becomes_restricted(self, supervisor: Actor) -> None:
        case = make_case(description="Golpean a un niño", place="Miguel Dasso 126")
        assert found(supervisor, "golpean") == [case.number]
        change = Reclassification(
            class_=CaseClass.CRITICAL,
            category="violence_or_child",
            kind=RequestKind.CLAIM,
            claim_type=ClaimType.POOR_SERVICE,
            reason="Es violencia.",
        )

        commands.reclassify(number=case.number, change=change, actor=supervisor, now=NOW)

        assert found(supervisor, "golpean") == []
        assert CaseText.objects.values_list("title", "place", "search").get(case=case) == ("", "", None)

    def test_shows_neither_words_nor_name_of_a_restricted_case(self, supervisor: Actor) -> None:
        case = make_case(category="violence_or_child", person=make_person(name="Marta Salas"))

        (hit,) = search_cases(supervisor, case.number, now=NOW).hits

        assert (hit.title, hit.citizen, hit.is_restricted) == ("", "", True)


class TestSearchByWords:
    @pytest.mark.parametrize("typed", ["buzon", "BUZÓN", "buzones", "tapa buzón", "mercad", "miguel dass", "quispe ro"])
    def test_minds_neither_accents_nor_capitals_nor_order_nor_the_end_of_the_last_word(
        self, supervisor: Actor, typed: str
    ) -> None:
        person = make_person(name="Rosa Quispe Mamani")
        case = make_case(description="Hay un buzón sin tapa en el mercado.", place="Miguel Dasso 126", person=person)

        assert found(supervisor, typed) == [case.number]

    @pytest.mark.parametrize("typed", ["buzon salaverry", "", "  ", "&|!():*'", "z"])
    def test_finds_nothing_where_a_word_is_missing_or_none_is_there(self, supervisor: Actor, typed: str) -> None:
        make_case(description="Hay un buzón sin tapa.")

        assert found(supervisor, typed) == []

    def test_shows_open_cases_first_then_the_newest(self, supervisor: Actor) -> None:
        closed = make_case(Stage.CLOSED, description="Ruido en el parque")
        older = make_case(description="Ruido en el parque")
        newer = make_case(description="Ruido en el parque", now=NOW.replace(hour=11))

        assert found(supervisor, "ruido") == [newer.number, older.number, closed.number]

    def test_tells_whether_there_is_more_and_shows_it_when_asked(self, supervisor: Actor) -> None:
        cases = [make_case(description="Ruido") for _ in range(3)]

        some = search_cases(supervisor, "ruido", now=NOW, size=2)
        all_ = search_cases(supervisor, "ruido", now=NOW, size=3)

        assert (len(some.hits), some.has_more, all_.has_more) == (2, True, False)
        assert sorted(hit.number for hit in all_.hits) == sorted(case.number for case in cases)

    def test_finds_old_cases_as_well_as_new_ones(self, supervisor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        cases = [make_case(Stage.CLOSED, description="Ruido", now=NOW + timedelta(hours=each)) for each in range(5)]
        monkeypatch.setattr("cercana.cases.queries.search._NEWEST", 1)
        monkeypatch.setattr("cercana.cases.queries.search._NEWER", 3)

        assert found(supervisor, "ruido") == [case.number for case in reversed(cases)]


class TestSearchByPerson:
    @pytest.mark.parametrize("typed", ["45678901", "45.678.901", "987 654 321", "+51987654321", "rosa qui", "ROSÁ"])
    def test_finds_by_document_telephone_and_beginning_of_the_name(self, supervisor: Actor, typed: str) -> None:
        person = make_person(
            document=Document(DocumentType.DNI, "45678901"), contacts=[(ContactKind.PHONE, "987654321")]
        )
        case = make_case(person=person)
        make_case(person=make_person(name="Juan Torres"))

        assert found(supervisor, typed) == [case.number]

    def test_does_not_find_by_a_part_of_a_document(self, supervisor: Actor) -> None:
        make_case(person=make_person(document=Document(DocumentType.DNI, "45678901")))

        assert found(supervisor, "4567890") == []


class TestWhoFinds:
    @pytest.fixture
    def case(self) -> Case:
        """Return a case at work in its area."""
        return make_case(Stage.IN_FOLLOW_UP, description="Hay un bache")

    def test_somebody_of_the_area_and_nobody_of_another(self, case: Case) -> None:
        own, other = (make_actor(Role.AREA_OFFICER, area) for area in ("obras_infraestructura", "fiscalizacion"))

        for typed in ("bache", case.number):
            assert (found(own, typed), found(other, typed)) == ([case.number], [])

    def test_never_somebody_of_the_desk_complained_of_m3_3a(self) -> None:
        case = make_case(category="poor_attention", description="Me gritaron en ventanilla")
        there, elsewhere = (make_actor(Role.AGENT, area) for area in ("atencion_ciudadano", "fiscalizacion"))

        for typed in ("gritaron", case.number):
            assert (found(there, typed), found(elsewhere, typed)) == ([], [case.number])


class TestWhatASearchLeaves:
    def test_records_the_numbers_shown_once_and_nothing_of_what_was_typed(self, supervisor: Actor) -> None:
        numbers = {make_case(description="Ruido").number for _ in range(2)}

        search_cases(supervisor, "ruido", now=NOW)

        (record,) = AccessRecord.objects.filter(act="search")
        assert (record.actor, set(record.numbers), record.detail) == (supervisor.signature, numbers, "")

    def test_records_nothing_when_nothing_was_shown(self, supervisor: Actor) -> None:
        search_cases(supervisor, "ruido", now=NOW)

        assert not AccessRecord.objects.filter(act="search").exists()

    @pytest.mark.parametrize("typed", ["ruido", "rosa", "45678901"])
    def test_asks_the_database_at_most_three_times(self, supervisor: Actor, typed: str) -> None:
        for _ in range(5):
            make_case(description="Ruido", person=make_person(document=Document(DocumentType.DNI, "45678901")))

        with CaptureQueriesContext(connection) as asked:
            hits: tuple[Hit, ...] = search_cases(supervisor, typed, now=NOW).hits

        assert (len(hits), len(asked) <= 3) == (5, True)
