from datetime import datetime

import pytest
from django.test import Client

from cercana.organization.models import EmergencyNumber, Municipality, PolicyVersion, PrivacyNotice
from cercana.organization.queries import calendar, office_hours
from cercana.portal.opening import open_now
from cercana.rules.promises import to_lima
from tests.portal.walking import TextsOf, page


class TestHome:
    @pytest.mark.parametrize("address", ["/casos/nuevo/", "/casos/nuevo/?tipo=consulta", "/casos/seguir/"])
    def test_leads_to_a_claim_an_inquiry_and_ones_case(self, client: Client, address: str) -> None:
        doors = page(client, "/").partition('<div class="p-puertas">')[2].partition("</section>")[0]

        assert f'href="{address}"' in doors

    def test_promises_what_the_policy_in_force_says(self, client: Client) -> None:
        PolicyVersion.objects.update(simple_hours=36, complex_working_days=4)

        [promises] = TextsOf("p-plazos").read(page(client, "/"))
        assert "36 horas" in promises
        assert "4 días hábiles" in promises

    def test_shows_the_emergency_numbers_of_the_database_first(self, client: Client) -> None:
        EmergencyNumber.objects.create(name="Serenazgo", number="(01) 319-0450", order=0)
        EmergencyNumber.objects.create(name="Bomberos", number="116", order=1)

        html = page(client, "/")

        assert "Llamar al (01) 319-0450" in html
        assert "tel:+5113190450" in html
        assert "Bomberos: 116" in html

    def test_keeps_the_states_libro_apart(self, client: Client) -> None:
        html = page(client, "/")

        assert 'href="https://libro.example/"' in html
        assert "Cercana no es el Libro de Reclamaciones" in html

    def test_says_nothing_of_the_libro_without_its_address(self, client: Client) -> None:
        Municipality.objects.update(platform_url="")

        assert "Libro de Reclamaciones" not in page(client, "/")

    def test_speaks_english_to_those_who_ask(self, client: Client) -> None:
        html = client.get("/", headers={"Accept-Language": "en"}).content.decode()

        assert '<html lang="en"' in html
        assert "How can we help you?" in html


class TestPages:
    @pytest.mark.parametrize("address", ["/ayuda/", "/datos-personales/", "/accesibilidad/"])
    def test_explain_and_can_be_read_by_anybody(self, client: Client, address: str) -> None:
        assert "<h1>" in page(client, address)

    def test_show_the_privacy_notice_in_force(self, client: Client) -> None:
        html = page(client, "/datos-personales/")

        assert "Usamos tus datos para atenderte." in html
        assert "versión 1" in html

    def test_show_the_privacy_notice_in_the_language_of_the_page(self, client: Client) -> None:
        PrivacyNotice.objects.update(text_en="We use your data to help you.")

        html = client.get("/datos-personales/", headers={"Accept-Language": "en"}).content.decode()

        assert 'lang="en"><p>We use your data to help you.' in html.replace("\n", "")

    def test_show_the_spanish_notice_and_say_so_while_there_is_no_other(self, client: Client) -> None:
        html = client.get("/datos-personales/", headers={"Accept-Language": "en"}).content.decode()

        assert 'lang="es"><p>Usamos tus datos para atenderte.' in html.replace("\n", "")


class TestOpenNow:
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            ("2026-11-23T10:00", "Abierto ahora, hasta las 4:45 p. m."),
            ("2026-11-23T07:59", ""),
            ("2026-11-22T10:00", ""),
            ("2026-12-08T10:00", ""),
        ],
    )
    def test_follows_hours_and_holidays(self, moment: str, words: str) -> None:
        hours = office_hours("atencion_ciudadano")
        said = open_now(hours, calendar(), to_lima(datetime.fromisoformat(moment)))

        assert said.replace("\N{NO-BREAK SPACE}", " ") == words
