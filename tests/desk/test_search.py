"""Finding a case from anywhere in the desk, without leaving a name in an address."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import AccessRecord, Case
from cercana.citizens.commands import Document, DocumentType
from cercana.desk.palette import palette_actions
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.lifecycle import Stage
from tests.factories import make_actor, make_case, make_person, make_user

MOST_QUERIES = 8
NOBODY = Actor(ActorKind.STAFF)
HTMX = {"hx-request": "true"}
SEARCH, PALETTE = "/mesa/buscar/", "/mesa/buscar/paleta/"


@pytest.fixture
def officer(client: Client) -> User:
    """Return an officer of works, signed in."""
    user = make_user(Role.AREA_OFFICER, "obras_infraestructura")
    client.force_login(user)
    return user


@pytest.fixture
def case() -> Case:
    """Return the case of Elvira, at work in the area of works."""
    person = make_person(name="Elvira Chávez Montoya", document=Document(DocumentType.DNI, "45678901"))
    return make_case(
        Stage.IN_FOLLOW_UP, person=person, description="Quisiera que pinten el buzón y su tapa.", now=timezone.now()
    )


def page(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


@pytest.mark.usefixtures("officer")
class TestSearchPage:
    @pytest.mark.parametrize("typed", ["45678901", "chavez", "montoya elv", "BUZÓN", "buzon tap"])
    def test_shows_what_fits_with_its_stage_its_time_and_its_person(
        self, client: Client, case: Case, typed: str
    ) -> None:
        found = page(client.post(SEARCH, {"q": typed}))

        for shown in (
            case.number,
            "Quisiera que pinten el buzón y su tapa",
            "Elvira Chávez Montoya",
            "Seguimiento",
            "días hábiles",
        ):
            assert shown in found
        assert "45678901" not in found.replace(f'value="{typed}"', "")

    def test_leads_from_a_number_however_it_is_written_to_its_case(self, client: Client, case: Case) -> None:
        response = client.post(SEARCH, {"q": case.number.lower().replace("-", " ")})

        assert response.headers["Location"] == f"/mesa/casos/{case.number}/"

    def test_leads_from_the_figures_alone_to_the_case_of_this_year(self, client: Client, case: Case) -> None:
        _, _, figures, letter = case.number.split("-")

        for typed in (figures, str(int(figures)), f"{figures}{letter}"):
            assert client.post(SEARCH, {"q": typed}).headers["Location"] == f"/mesa/casos/{case.number}/"

    def test_says_that_the_last_letter_does_not_fit(self, client: Client, case: Case) -> None:
        wrong = "A" if case.number[-1] != "A" else "B"

        assert "Revise la letra final" in page(client.post(SEARCH, {"q": case.number[:-1] + wrong}))

    def test_never_looks_for_what_stands_in_an_address(self, client: Client, case: Case) -> None:
        found = page(client.get(SEARCH, {"q": "chavez"}))

        assert case.number not in found
        assert "chavez" not in found

    def test_answers_with_the_list_alone_while_somebody_types(self, client: Client, case: Case) -> None:
        found = page(client.post(SEARCH, {"q": "chav"}, headers=HTMX))

        assert case.number in found
        assert "<html" not in found

    def test_says_so_when_nothing_fits(self, client: Client, case: Case) -> None:
        found = page(client.post(SEARCH, {"q": "<b>semáforo</b>"}))

        assert "No encontramos casos" in found
        assert "<b>semáforo" not in found

    def test_shows_more_when_asked(self, client: Client) -> None:
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        cases = [make_case(description="Hay un bache", now=timezone.now()) for _ in range(32)]

        first = page(client.post(SEARCH, {"q": "bache"}))
        more = page(client.post(SEARCH, {"q": "bache", "cuantos": "60"}))

        assert 'name="cuantos" value="60"' in first
        assert sum(each.number in first for each in cases) == 30
        assert sum(each.number in more for each in cases) == 32
        assert "Ver más" not in more

    @pytest.mark.parametrize("asked", ["-1", "muchos", "٣", "9" * 40])
    def test_shows_one_page_for_a_size_that_means_nothing(self, client: Client, case: Case, asked: str) -> None:
        assert case.number in page(client.post(SEARCH, {"q": "chavez", "cuantos": asked}))

    def test_leaves_one_record_with_the_numbers_it_showed(self, client: Client, officer: User, case: Case) -> None:
        client.post(SEARCH, {"q": "chavez"})

        (record,) = AccessRecord.objects.filter(act="search")
        assert (record.actor, record.numbers, record.detail) == (f"staff:{officer.pk}", [case.number], "")

    @pytest.mark.parametrize("typed", ["chavez", "45678901", "buzon"])
    def test_asks_the_database_at_most_eight_times(
        self, client: Client, case: Case, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(MOST_QUERIES):
            client.post(SEARCH, {"q": typed})


class TestSomebodyWhoCalls:
    """An agent may write down the yes or the no about a case that they may not look at any more."""

    def test_is_heard_once_their_number_is_typed(self, client: Client) -> None:
        case = make_case(Stage.ANSWERED, person=make_person(name="Elvira Chávez"), now=timezone.now())
        agent = make_user(Role.AGENT, "atencion_ciudadano")
        client.force_login(agent)

        form = client.post(SEARCH, {"q": case.number}, follow=True)
        shown = page(form)

        assert form.redirect_chain == [(f"/mesa/casos/{case.number}/confirmar/", 302)]
        assert f'href="/mesa/casos/{case.number}/no-resuelto/"' in shown
        assert "Elvira" not in shown
        assert f'href="/mesa/casos/{case.number}/"' not in shown
        (record,) = AccessRecord.objects.filter(act="search")
        assert (record.actor, record.numbers) == (f"staff:{agent.pk}", [case.number])

        done = client.post(f"/mesa/casos/{case.number}/confirmar/", {"words": "Sí, ya quedó."}, follow=True)

        assert "Confirmación anotada." in page(done)
        assert Case.objects.get(pk=case.pk).stage == Stage.CLOSED

    @pytest.mark.parametrize("address", [SEARCH, PALETTE])
    def test_is_heard_while_somebody_types(self, client: Client, address: str) -> None:
        case = make_case(Stage.ANSWERED, person=make_person(name="Elvira Chávez"), now=timezone.now())
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))

        found = page(client.post(address, {"q": case.number}, headers=HTMX))

        for verb in ("confirmar", "no-resuelto"):
            assert f'href="/mesa/casos/{case.number}/{verb}/"' in found
        assert "Elvira" not in found

    def test_says_no_to_who_attended_them(self, client: Client) -> None:
        agent = make_user(Role.AGENT, "atencion_ciudadano")
        case = make_case(Stage.ANSWERED, now=timezone.now())
        Case.objects.filter(pk=case.pk).update(attended=[agent.pk])
        client.force_login(agent)

        response = client.post(SEARCH, {"q": case.number})

        assert response.headers["Location"] == f"/mesa/casos/{case.number}/no-resuelto/"

    @pytest.mark.parametrize("stage", [Stage.IN_FOLLOW_UP, Stage.CLOSED])
    def test_is_not_looked_for_before_an_answer_or_after_the_end(self, client: Client, stage: Stage) -> None:
        case = make_case(stage, now=timezone.now())
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))

        assert "No encontramos casos" in page(client.post(SEARCH, {"q": case.number}))


class TestWhatIsHidden:
    def test_a_case_of_another_area(self, client: Client, case: Case) -> None:
        client.force_login(make_user(Role.AREA_OFFICER, "fiscalizacion"))

        for typed in ("chavez", "buzon", "45678901", case.number):
            for address in (SEARCH, PALETTE):
                response = client.post(address, {"q": typed})
                assert response.status_code == 200
                assert case.number not in page(response).replace(f'value="{typed}"', "")

    def test_a_complaint_about_the_desk_that_searches_m3_3a(self, client: Client) -> None:
        case = make_case(category="poor_attention", complained_site="sede_central", description="Me gritaron")
        for site, is_found in (("sede_central", False), (None, True)):
            client.force_login(make_user(Role.AGENT, "atencion_ciudadano", site=site))
            found = page(client.post(SEARCH, {"q": "gritaron"}))
            assert (case.number in found) is is_found

    def test_words_and_person_of_a_restricted_case(self, client: Client) -> None:
        case = make_case(category="violence_or_child", person=make_person(name="Marta Salas"), description="Golpes")
        client.force_login(make_user(Role.SUPERVISOR, "alcaldia"))

        by_name, by_number = (page(client.post(PALETTE, {"q": typed})) for typed in ("marta salas", case.number))

        assert case.number not in by_name
        assert case.number in by_number
        assert "Caso reservado" in by_number
        assert "Marta" not in by_number


@pytest.mark.usefixtures("officer")
class TestPalette:
    def test_offers_what_can_be_done_before_anything_is_typed(self, client: Client) -> None:
        options = page(client.post(PALETTE, {"q": ""}))

        for action in palette_actions("", NOBODY):
            assert action.text in options
        assert "Casos" not in options

    def test_puts_cases_before_actions_and_ties_every_option_to_an_id(self, client: Client, case: Case) -> None:
        options = page(client.post(PALETTE, {"q": "bu"}))
        found = page(client.post(PALETTE, {"q": "buzon"}))

        assert f'role="option" id="paleta-caso-1" tabindex="-1" href="/mesa/casos/{case.number}/"' in found
        assert options.count('role="option"') == options.count('role="option" id="')

    def test_offers_the_whole_list_when_there_is_more(self, client: Client) -> None:
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        for _ in range(7):
            make_case(description="Hay un bache", now=timezone.now())

        assert "Ver todos los casos encontrados" in page(client.post(PALETTE, {"q": "bache"}))

    def test_is_asked_by_post_only(self, client: Client) -> None:
        assert client.get(PALETTE, {"q": "chavez"}).status_code == 405


class TestPaletteActions:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("nuevo", "Nuevo caso"),
            ("CRÍT", "Ir a críticos"),
            ("ir venc", "Ir a vencidos"),
            ("resuel", "Resuelto en el momento"),
            ("atajos", "Ver todos los atajos"),
        ],
    )
    def test_are_found_by_the_beginning_of_their_words(self, typed: str, first: str) -> None:
        assert first in [action.text for action in palette_actions(typed, NOBODY)]

    def test_open_its_own_place_to_a_role_and_to_no_other(self) -> None:
        places = {
            role: {action.text for action in palette_actions("", make_actor(role, "alcaldia"))}
            - {action.text for action in palette_actions("", NOBODY)}
            for role in Role
        }

        assert {role: names for role, names in places.items() if names} == {
            Role.AGENT: {
                "Turnos de mi ventanilla",
                "Por registrar: correos y llamadas sin caso",
                "Llamadas y mi anexo",
            },
            Role.ADMINISTRATOR: {
                "Plazos que mueve el calendario",
                "Configurar la municipalidad",
                "Equipos de la sala",
            },
            Role.AUDITOR: {"Registro de cambios"},
            Role.DUTY_OFFICER: {"Turnos de guardia", "Llamadas y mi anexo"},
            Role.SUPERVISOR: {
                "Casos que no eran críticos",
                "Qué tan bien propone el triaje",
                "Simulacros del protocolo crítico",
                "Turnos de guardia",
                "Apoyo al equipo",
                "Turnos en cifras",
                "Llamadas y mi anexo",
            },
            Role.AREA_OFFICER: {"Llamadas y mi anexo"},
            Role.TRAINER: {"Situaciones de la guía", "Cuánto se usan las frases"},
            Role.ANALYST: {"Qué tan bien propone el triaje", "Cuánto se usan las frases", "Turnos en cifras"},
            Role.DATA_PROTECTION: {"Borrar los datos de una persona"},
        }

    def test_are_none_for_other_words(self) -> None:
        assert palette_actions("chavez montoya", NOBODY) == []


class TestAnAnalyst:
    def test_finds_a_closed_case_by_its_number_alone_and_without_its_person(self, client: Client) -> None:
        person = make_person(name="Elvira Chávez Montoya")
        closed = make_case(
            Stage.CLOSED, person=person, description="Quisiera que pinten el buzón y su tapa.", now=timezone.now()
        )
        client.force_login(make_user(Role.ANALYST, "alcaldia"))

        assert closed.number not in page(client.post(SEARCH, {"q": "buzón"}, headers=HTMX))
        assert closed.number not in page(client.post(SEARCH, {"q": "Elvira"}, headers=HTMX))
        by_number = page(client.post(PALETTE, {"q": closed.number}, headers=HTMX))
        assert closed.number in by_number
        assert "Elvira" not in by_number
        assert "Oculto para su rol" in by_number
        assert "Sin identificar" not in by_number
        assert "buzón" not in by_number
