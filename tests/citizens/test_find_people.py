"""Somebody is found at the desk by what they say of themselves."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.citizens import queries
from cercana.citizens.commands import ContactKind, Document, DocumentType, register_person
from cercana.citizens.models import Citizen
from tests.factories import NOW, Given, make_person


def register(**given: Given) -> Citizen:
    return register_person(make_person(**given), case=uuid.uuid4(), now=NOW, recorded_by="staff:1")


def found(typed: str) -> list[str]:
    return [person.name for person in queries.find_people(typed)]


@pytest.mark.django_db
class TestFindPeople:
    @pytest.mark.parametrize(
        "typed", ["chavez", "CHÁVEZ MONT", "mont elv", "elvira chávez", "45678901", "45.678.901", "987 654 318"]
    )
    def test_minds_neither_accents_nor_order_nor_how_a_number_is_written(self, typed: str) -> None:
        contacts = [(ContactKind.PHONE, "987654318")]
        register(name="Elvira Chávez Montoya", document=Document(DocumentType.DNI, "45678901"), contacts=contacts)
        register(name="Jorge Torres")

        assert found(typed) == ["Elvira Chávez Montoya"]

    @pytest.mark.parametrize("typed", ["havez", "chavez lopez", "45678", "ch", "&|!():*'", "   "])
    def test_finds_nobody_by_the_middle_of_a_word_a_part_of_a_number_or_no_word(self, typed: str) -> None:
        register(name="Elvira Chávez Montoya", document=Document(DocumentType.DNI, "45678901"))

        assert found(typed) == []

    def test_finds_nobody_whose_data_were_erased_or_whose_name_is_not_known(self) -> None:
        register(name="")
        Citizen.objects.filter(pk=register(name="Elvira Chávez").pk).update(erased_at=NOW)

        assert found("elvira") == []

    def test_reads_names_by_the_index_of_their_words(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            found("elvira chav")
        reading = next(query["sql"] for query in asked if "to_tsvector" in query["sql"])

        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {reading}")
            plan = " ".join(line for (line,) in cursor.fetchall())

        assert "citizens_name_words" in plan
