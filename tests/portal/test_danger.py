"""Whoever tells of danger is told to call first, before, while and after they write (M5.1, M5.2b)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Case, Draft
from cercana.database import throttle
from cercana.organization.models import EmergencyNumber
from tests.portal.walking import WHAT, WHERE, Fields, fill_in, page, register

GAS: Fields = {**WHAT, "relato": "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."}
ADDRESS = "/casos/nuevo/peligro/"


@pytest.fixture(autouse=True)
def numbers() -> None:
    EmergencyNumber.objects.create(name="Bomberos", name_en="Fire brigade", number="116")


def read(client: Client, text: object) -> str:
    answer = client.post(ADDRESS, {"relato": text})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestWhileOneWrites:
    def test_names_whom_to_call_and_the_words_that_speak_of_danger(self, client: Client) -> None:
        shown = read(client, GAS["relato"])

        assert "<mark>Huele a gas</mark>" in shown
        assert "Bomberos: 116" in shown

    def test_says_nothing_about_a_harmless_text(self, client: Client) -> None:
        assert read(client, WHAT["relato"]) == ""

    def test_says_nothing_to_who_complains_for_the_third_time(self, client: Client) -> None:
        assert read(client, "Es la tercera vez que reclamo por mi recibo y no me contestan.") == ""

    def test_keeps_nothing_of_what_it_reads(self, client: Client) -> None:
        read(client, GAS["relato"])

        assert not Draft.objects.exists()

    def test_is_asked_with_the_token_of_the_form(self) -> None:
        assert Client(enforce_csrf_checks=True).post(ADDRESS, {"relato": "x"}).status_code == 403

    def test_reads_no_more_for_an_address_that_never_stops(self, client: Client) -> None:
        later = timezone.now() + timedelta(minutes=1)
        while not throttle.wait_before_reading("127.0.0.1", later):
            pass

        assert client.post(ADDRESS, {"relato": GAS["relato"]}).status_code == 429


class TestWithoutScript:
    def test_is_shown_on_the_next_page_and_on_the_last(self, client: Client) -> None:
        fill_in(client, what=GAS)

        for address in ("/casos/nuevo/donde-y-cuando/", "/casos/nuevo/revisar/"):
            shown = page(client, address)
            assert "<mark>Huele a gas</mark>" in shown
            assert "Bomberos: 116" in shown

    def test_is_not_shown_where_nothing_is_dangerous(self, client: Client) -> None:
        fill_in(client)

        assert "Bomberos: 116" not in page(client, "/casos/nuevo/revisar/")

    def test_promises_a_look_at_once_instead_of_days(self, client: Client) -> None:
        fill_in(client, what=GAS)

        shown = page(client, "/casos/nuevo/revisar/")
        assert "Lo revisaremos enseguida por posible peligro." in shown
        assert "Nuestra promesa" not in shown

    def test_speaks_english(self, client: Client) -> None:
        client.post("/idioma/", {"language": "en", "next": "/"})
        shown = read(client, GAS["relato"])

        assert "there may be danger" in shown
        assert "Fire brigade: 116" in shown


class TestRegistered:
    def test_is_proposed_as_critical_though_the_motive_is_not(self, client: Client) -> None:
        case = register(client, what=GAS)

        assert (case.critical_state, case.class_) == ("proposed", "critical")
        assert (
            "lo estamos revisando ahora por posible peligro"
            in page(client, f"/casos/{case.number}/registrado/").lower()
        )

    def test_says_what_each_choice_adds(self, client: Client) -> None:
        register(client, what=GAS, where={**WHERE, "antes": "dos"})

        proposed = Case.objects.get().events.get(type="critical_proposed")
        assert proposed.payload["reasons"] == ["recurrence", "health_safety"]
