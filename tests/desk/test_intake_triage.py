"""What triage suggests while somebody is attended: accepted by one key, corrected by another (design 12)."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.desk.triage_words import reasons_of
from cercana.organization.models import Category, EmergencyNumber
from cercana.rules.access import Role
from cercana.rules.triage.proposal import proposed_for
from tests.desk.test_intake import typed
from tests.desk.test_on_the_spot import typed as on_the_spot
from tests.factories import Given, make_user

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def agent(client: Client) -> User:
    user = make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def words_of_motives() -> None:
    Category.objects.filter(code="pothole").update(name="Bache o pista dañada", citizen_words="hueco en la pista")


def suggested(client: Client, **given: Given) -> str:
    answer = client.post("/mesa/atender/triaje/", typed(**given), headers=HTMX)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestTheSuggestion:
    def test_names_class_type_motive_and_area_with_the_words_that_led_there(self, client: Client) -> None:
        shown = suggested(client, description="Quiero que parchen el bache de mi pista, demoran un mes.")

        assert "Bache o pista dañada" in shown
        assert "Obras e Infraestructura" in shown
        assert re.search(r"Lo ve Obras e infraestructura: «[^<]+»", shown)

    def test_frames_danger_and_says_which_line_of_the_manual_asks_for_it(self, client: Client) -> None:
        shown = suggested(client, description=GAS)

        assert "d-tria__caja--critico" in shown
        assert "<mark>Huele a gas</mark>Riesgo para la salud o la seguridad</span><b>5.1</b>" in shown

    def test_says_when_no_single_word_weighs_enough_to_be_shown(self) -> None:
        whole = replace(proposed_for(GAS), spans=())

        assert reasons_of(whole, GAS)[0].text == "Riesgo para la salud o la seguridad. Por el conjunto del texto"
        assert reasons_of(proposed_for(GAS), GAS)[0].text == "Riesgo para la salud o la seguridad"

    def test_waits_for_the_first_words(self, client: Client) -> None:
        assert "Al escribir lo que cuenta la persona" in suggested(client, description=" ")

    def test_brings_the_words_to_highlight_in_the_field(self, client: Client) -> None:
        assert 'data-marks-of="description" data-marks="[&#34;Huele a gas' in suggested(client, description=GAS)

    def test_is_for_those_who_attend(self, client: Client) -> None:
        client.force_login(make_user(Role.TRAINER, "alcaldia"))

        assert client.post("/mesa/atender/triaje/", typed()).status_code in (403, 404)


class TestAccepting:
    def test_fills_the_form_in_and_says_so(self, client: Client) -> None:
        answer = client.post(
            "/mesa/atender/parecidos/",
            typed(description=GAS + " Es por el hueco en la pista.", category="", type="", aceptar="1"),
            headers=HTMX,
        )

        shown = " ".join(answer.content.decode().split())
        assert re.search(r'<option value="critical" selected>', shown)
        assert re.search(r'<option value="pothole" selected>', shown)
        assert "Así está en el formulario." in shown

    def test_works_without_script(self, client: Client) -> None:
        answer = client.post("/mesa/atender/", typed(description=GAS, category="", type="", class_="", aceptar="1"))

        shown = answer.content.decode()
        assert '<option value="critical" selected>' in shown
        assert '<div class="d-espejo__capa" aria-hidden="true">Buenas tardes. <mark>Huele a gas</mark>' in shown
        assert not Case.objects.exists()

    def test_marks_the_case_as_critical_at_once(self, client: Client) -> None:
        client.post("/mesa/atender/", typed(description=GAS, class_="critical"))

        assert Case.objects.get().critical_state == "marked"

    def test_not_accepting_leaves_the_danger_for_review(self, client: Client) -> None:
        client.post("/mesa/atender/", typed(description=GAS))

        assert Case.objects.get().critical_state == "proposed"


class TestBesideTheForm:
    def test_tells_whom_to_call_and_that_the_case_will_be_reviewed(self, client: Client) -> None:
        EmergencyNumber.objects.create(name="Bomberos", number="116")

        answer = client.post("/mesa/atender/parecidos/", typed(description=GAS), headers=HTMX)

        shown = answer.content.decode()
        assert "Bomberos <b>116</b>" in shown
        assert "Lo estamos revisando ahora por posible peligro." in shown


class TestOnTheSpot:
    def test_closes_nothing_that_speaks_of_danger_and_says_why(self, client: Client) -> None:
        answer = client.post("/mesa/atender/momento/", on_the_spot(description=GAS))

        assert answer.status_code == 422
        assert "El texto habla de un posible peligro." in answer.content.decode()
        assert not Case.objects.exists()
