"""The steps by which the data-protection officer erases a person."""

import re

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import AccessRecord, Case, Event
from cercana.citizens.commands import Document, DocumentType
from cercana.citizens.identity import ContactKind
from cercana.citizens.models import Citizen
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_person, make_user

ADDRESS, DONE = "/mesa/borrar-datos/", "/mesa/borrar-datos/hecho/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def officer(client: Client) -> User:
    """Return the data-protection officer, signed in."""
    user = make_user(Role.DATA_PROTECTION, "alcaldia")
    client.force_login(user)
    return user


@pytest.fixture
def case() -> Case:
    """Return the closed case of Elvira."""
    contacts = [(ContactKind.PHONE, "987 654 318")]
    document = Document(DocumentType.DNI, "45678901")
    person = make_person(name="Elvira Chávez Montoya", document=document, contacts=contacts)
    return make_case(Stage.CLOSED, person=person, now=timezone.now())


def page(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


def send(client: Client, step: str, *cases: Case, **fields: str) -> HttpResponseBase:
    people = [str(each.citizen_id) for each in cases]
    return client.post(ADDRESS, {"paso": step, "persona": people, **fields})


class TestFinding:
    @pytest.mark.parametrize("typed", ["45678901", "chavez elv", "987654318"])
    def test_finds_by_document_name_or_telephone_with_the_number_of_cases(
        self, client: Client, case: Case, typed: str
    ) -> None:
        found = page(client.post(ADDRESS, {"paso": "buscar", "q": typed}))

        assert "Elvira Chávez Montoya" in found
        assert "•••• 8901 · 1 caso" in found
        assert f'name="persona" value="{case.citizen_id}"' in found

    def test_leaves_a_record_that_somebody_looked_without_what_they_typed(
        self, client: Client, case: Case, officer: User
    ) -> None:
        client.post(ADDRESS, {"paso": "buscar", "q": "chavez"})

        (record,) = AccessRecord.objects.all()
        assert (record.actor, record.act, record.detail) == (f"staff:{officer.pk}", "people", "")

    def test_never_looks_for_what_stands_in_an_address(self, client: Client, case: Case) -> None:
        shown = page(client.get(ADDRESS, {"paso": "buscar", "q": "chavez", "persona": str(case.citizen_id)}))

        assert not re.search("chavez|Chávez", shown)

    def test_hides_whoever_complained_about_the_officer_m3_3a(self, client: Client, case: Case, officer: User) -> None:
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff_id=officer.pk)

        assert "No encontramos a nadie" in page(client.post(ADDRESS, {"paso": "buscar", "q": "chavez"}))
        assert send(client, "revisar", case).status_code == 404
        assert send(client, "borrar", case, motivo="Pedido.", comprobado="on").status_code == 404
        assert Citizen.objects.get(key=case.citizen_id).name

    @pytest.mark.parametrize("step", ["revisar", "confirmar", "borrar"])
    def test_asks_for_a_choice(self, client: Client, step: str) -> None:
        response = client.post(ADDRESS, {"paso": step, "persona": ["x"], "motivo": "Pedido."})

        assert response.status_code == 422
        assert "Elija al menos una ficha." in page(response)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
    def test_is_refused_to_every_other_role_at_every_step(self, client: Client, case: Case, role: Role) -> None:
        client.force_login(make_user(role, "alcaldia"))

        for step in ("buscar", "revisar", "confirmar", "borrar"):
            response = send(client, step, case, q="chavez", motivo="Pedido.", comprobado="on")
            assert response.status_code == 403
            assert "Chávez" not in page(response)
        assert Citizen.objects.get(key=case.citizen_id).name


class TestReview:
    def test_tells_how_much_is_kept_and_until_when_and_records_the_look(self, client: Client, case: Case) -> None:
        shown = page(send(client, "revisar", case))

        assert "El plazo de la tabla de archivo, contado desde el" in shown
        assert "Hay casos abiertos" not in shown
        assert "45678901" not in shown
        assert AccessRecord.objects.filter(act="person", numbers=[case.number]).exists()

    def test_warns_of_open_cases(self, client: Client) -> None:
        shown = page(send(client, "revisar", make_case(now=timezone.now())))

        assert "Hay casos abiertos" in shown
        assert "Mientras haya un caso abierto." in shown

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            (" ", "Falta el texto: por qué se borra."),
            ("Lo pidió la señora CHAVEZ", "El motivo queda para siempre."),
            ("DNI 45678901", "El motivo queda para siempre."),
            ("Llamó del 987 654 318", "El motivo queda para siempre."),
            ("elvira@vecinos.example", "El motivo queda para siempre."),
        ],
    )
    def test_takes_no_reason_that_is_missing_or_says_who_it_is(
        self, client: Client, case: Case, reason: str, said: str
    ) -> None:
        for step in ("confirmar", "borrar"):
            response = send(client, step, case, motivo=reason, comprobado="on")
            assert response.status_code == 422
            assert said in page(response)
        assert Citizen.objects.get(key=case.citizen_id).name

    def test_asks_the_database_the_same_for_many_entries(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        cases = [make_case(now=timezone.now()) for _ in range(5)]

        with django_assert_max_num_queries(MOST_QUERIES):
            send(client, "revisar", *cases)


class TestErasing:
    def test_says_first_what_disappears_what_stays_and_that_nothing_brings_it_back(
        self, client: Client, case: Case
    ) -> None:
        shown = page(send(client, "confirmar", case, motivo="Pedido del caso SI-2026-004217-G."))

        for words in ("Desaparece", "Queda, sin palabras ni nombres", "No se puede deshacer", "Borrar para siempre"):
            assert words in shown
        assert Citizen.objects.get(key=case.citizen_id).name

    def test_waits_for_the_box_to_be_ticked(self, client: Client, case: Case) -> None:
        response = send(client, "borrar", case, motivo="Pedido.")

        assert response.status_code == 422
        assert "Marque la casilla" in page(response)
        assert Citizen.objects.get(key=case.citizen_id).name

    def test_erases_every_entry_chosen_and_says_so_on_a_page_without_names(
        self, client: Client, case: Case, officer: User
    ) -> None:
        other = make_case(person=make_person(name="Elvira Chávez"), now=timezone.now())

        response = send(client, "borrar", case, other, motivo="Pedido del 26 de noviembre.", comprobado="on")
        shown = page(client.get(DONE))

        assert response.headers["Location"] == DONE
        assert "Se borraron 2 fichas. De 2 casos quedan los hechos" in shown
        assert "Chávez" not in shown
        assert set(Citizen.objects.filter(key__in=[case.citizen_id, other.citizen_id]).values_list("name")) == {("",)}
        events = Event.objects.filter(type="erased")
        assert {event.payload["reason"] for event in events} == {"Pedido del 26 de noviembre."}
        erasures = AccessRecord.objects.filter(act="erase", actor=f"staff:{officer.pk}").order_by("id")
        assert [record.numbers for record in erasures] == [[case.number], [other.number]]

    def test_erases_none_if_one_may_not_be(self, client: Client, case: Case, officer: User) -> None:
        other = make_case(now=timezone.now())
        Case.objects.filter(pk=other.pk).update(about_staff=True, complained_staff_id=officer.pk)

        assert send(client, "borrar", case, other, motivo="Pedido.", comprobado="on").status_code == 404
        assert Citizen.objects.get(key=case.citizen_id).name

    def test_answers_a_second_press_in_words_and_writes_nothing(self, client: Client, case: Case) -> None:
        send(client, "borrar", case, motivo="Pedido.", comprobado="on")

        again = send(client, "borrar", case, motivo="Pedido.", comprobado="on")

        assert again.status_code == 409
        assert "ya se borraron" in page(again)
        assert Event.objects.filter(type="erased").count() == 1
