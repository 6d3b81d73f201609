import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Case, Draft
from cercana.citizens.models import Citizen, ContactPoint, Vulnerability
from cercana.citizens.queries import values_of
from cercana.rules.history import value_ids
from tests.portal.walking import WHAT, WHERE, WHO, Fields, fill_in, page, register, shown_errors


def words_of(case: Case) -> list[str | None]:
    """Return the texts that the reception of a case keeps."""
    return list(values_of(value_ids(case.events.get(sequence=1).payload)).values())


class TestRegistration:
    def test_takes_a_claim_in_four_steps_without_script(self, client: Client) -> None:
        case = register(client)

        assert (case.kind, case.claim_type, case.category_id, case.channel) == ("claim", "delay", "pothole", "app")
        assert "Quiero que parchen el bache enorme de la cuadra 9." in words_of(case)
        assert "Av. Basadre, Cuadra 9" in words_of(case)
        assert (case.citizen.name, case.citizen.channel) == ("Rosa Quispe", "email")
        assert ContactPoint.objects.get(citizen=case.citizen).value == "rosa@vecinos.example"

    def test_takes_an_inquiry(self, client: Client) -> None:
        case = register(client, {**WHAT, "tipo": "inquiry"})

        assert (case.kind, case.claim_type) == ("inquiry", "")

    def test_begins_an_inquiry_where_the_home_page_asks_for_one(self, client: Client) -> None:
        assert 'value="inquiry" checked' in page(client, "/casos/nuevo/?tipo=consulta")

    def test_leads_nobody_past_a_step_that_is_missing(self, client: Client) -> None:
        assert client.get("/casos/nuevo/tus-datos/")["Location"] == "/casos/nuevo/que-paso/"
        client.post("/casos/nuevo/que-paso/", WHAT)
        assert client.get("/casos/nuevo/revisar/")["Location"] == "/casos/nuevo/donde-y-cuando/"

    def test_sent_twice_gives_one_case(self, client: Client) -> None:
        fill_in(client)

        first = client.post("/casos/nuevo/revisar/", {"formal": "no"})
        again = client.post("/casos/nuevo/revisar/", {"formal": "no"})

        assert first["Location"] == again["Location"]
        assert Case.objects.count() == 1

    def test_returns_to_the_review_from_a_step_that_was_changed(self, client: Client) -> None:
        fill_in(client)
        assert 'name="volver"' in page(client, "/casos/nuevo/que-paso/?volver=1")

        answer = client.post("/casos/nuevo/que-paso/", {**WHAT, "volver": "1"})

        assert answer["Location"] == "/casos/nuevo/revisar/"

    def test_begins_anew_after_it_was_sent(self, client: Client) -> None:
        register(client)

        assert "bache enorme" not in page(client, "/casos/nuevo/")
        assert register(client).pk
        assert Case.objects.count() == 2

    def test_tells_no_address_what_was_typed(self, client: Client) -> None:
        addresses = []
        for step, fields in (("que-paso", WHAT), ("donde-y-cuando", WHERE), ("tus-datos", WHO)):
            addresses.append(client.post(f"/casos/nuevo/{step}/", fields)["Location"])
        addresses.append(client.post("/casos/nuevo/revisar/", {})["Location"])

        assert not [each for each in addresses if "?" in each or "Rosa" in each or "rosa" in each]

    def test_is_never_refused_for_volume(self, client: Client) -> None:
        for _ in range(8):
            register(Client())

        assert Case.objects.count() == 8


class TestDraft:
    def test_survives_a_closed_tab(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)

        html = page(client, "/casos/nuevo/que-paso/")

        assert "Quiero que parchen el bache enorme de la cuadra 9." in html
        assert "Borrador guardado" in html

    def test_keeps_what_has_to_be_mended_too(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        client.post("/casos/nuevo/donde-y-cuando/", WHERE)
        client.post("/casos/nuevo/tus-datos/", {**WHO, "correo": "rosa.vecinos"})

        assert "rosa.vecinos" in page(client, "/casos/nuevo/tus-datos/")

    def test_is_saved_for_another_time_unfinished(self, client: Client) -> None:
        answer = client.post("/casos/nuevo/que-paso/", {"tipo": "", "relato": "Había una vez", "luego": "1"})

        assert answer["Location"] == "/casos/nuevo/guardado/"
        assert "7 días" in page(client, "/casos/nuevo/guardado/")
        assert "Había una vez" in page(client, "/casos/nuevo/que-paso/")

    def test_can_be_thrown_away(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        client.post("/casos/nuevo/empezar-de-nuevo/")

        assert "bache" not in page(client, "/casos/nuevo/que-paso/")
        assert not Draft.objects.exists()

    def test_is_nobody_elses(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)

        assert "bache" not in page(Client(), "/casos/nuevo/que-paso/")

    def test_lives_in_a_signed_cookie_that_scripts_cannot_read(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        cookie = client.cookies["borrador"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/casos/")

        cookie.set("borrador", cookie.value + "x", cookie.value + "x")

        assert "bache" not in page(client, "/casos/nuevo/que-paso/")

    def test_keeps_no_words_once_it_is_a_case(self, client: Client) -> None:
        register(client)

        assert Draft.objects.get().fields == {}

    def test_of_today_means_the_same_day_tomorrow(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        client.post("/casos/nuevo/donde-y-cuando/", WHERE)

        kept = Draft.objects.get().fields["where"]

        assert (kept["cuando"], kept["fecha"]) == ("otro", timezone.localdate().isoformat())

    def test_stores_characters_that_no_database_keeps(self, client: Client) -> None:
        answer = client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "un bache\0 enorme"})

        assert answer.status_code in (302, 422)
        assert "\\u0000" not in json.dumps(Draft.objects.get().fields)


class TestErrors:
    def test_stand_at_their_fields_and_above(self, client: Client) -> None:
        answer = client.post("/casos/nuevo/que-paso/", {"relato": "  "})
        html = answer.content.decode()

        assert answer.status_code == 422
        assert shown_errors(html) == [
            "Elige qué nos quieres contar.",
            "Falta contar qué pasó, aunque sea en pocas palabras.",
        ]
        assert 'href="#relato"' in html
        assert "<title>Error:" in html
        assert 'aria-invalid="true"' in html

    @pytest.mark.parametrize(
        ("who", "sentence"),
        [
            ({"canal": "email", "correo": ""}, "Escribe tu correo para poder responderte."),
            (
                {"canal": "email", "correo": "rosa.correo.pe"},
                "Ese correo no es correcto: debe verse como nombre@ejemplo.pe.",
            ),
            (
                {"canal": "phone", "celular": "12"},
                "Ese teléfono no es correcto: un celular tiene 9 dígitos y un fijo de Lima, 7.",
            ),
            ({"canal": "none"}, "Falta un correo o un teléfono para responder, o decir por qué no se puede."),
            ({"canal": ""}, "Elige cómo te respondemos."),
            ({**WHO, "documento": "1234567"}, "El número de documento no es correcto: un DNI tiene 8 dígitos."),
            ({**WHO, "menor": "on"}, "Escribe el nombre y el teléfono de un adulto que te cuide."),
        ],
    )
    def test_say_what_to_mend_about_the_person(self, client: Client, who: dict[str, str], sentence: str) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        client.post("/casos/nuevo/donde-y-cuando/", WHERE)

        answer = client.post("/casos/nuevo/tus-datos/", who)

        assert shown_errors(answer.content.decode()) == [sentence]

    def test_ask_for_a_category(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)

        answer = client.post("/casos/nuevo/donde-y-cuando/", {"motivo": "no-existe"})

        assert shown_errors(answer.content.decode()) == ["Elige de qué se trata. Si dudas, elige lo más parecido."]

    def test_refuse_a_day_that_has_not_come(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        tomorrow = timezone.localdate() + timedelta(days=1)

        answer = client.post("/casos/nuevo/donde-y-cuando/", {**WHERE, "cuando": "otro", "fecha": tomorrow.isoformat()})

        assert shown_errors(answer.content.decode()) == ["Esa fecha todavía no llega. Revísala, por favor."]

    @pytest.mark.parametrize(
        ("when", "sentence"),
        [
            ({"cuando": "otro"}, "Elige qué día fue. Si no lo sabes, pon el que te parezca."),
            ({"hora": "a las 25:99"}, "Revisa la hora: debe verse como 9:30 a. m. o 21:30."),
        ],
    )
    def test_refuse_a_moment_that_cannot_be(self, client: Client, when: Fields, sentence: str) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)

        answer = client.post("/casos/nuevo/donde-y-cuando/", {**WHERE, **when})

        assert shown_errors(answer.content.decode()) == [sentence]

    def test_keep_the_whole_of_a_text_that_is_too_long(self, client: Client) -> None:
        html = client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "a" * 20_001}).content.decode()

        assert shown_errors(html) == ["El texto es muy largo: caben 20000 letras."]
        assert "a" * 20_001 in html
        assert "maxlength" not in html


class TestPerson:
    def test_needs_neither_name_nor_document(self, client: Client) -> None:
        case = register(client, who={"canal": "phone", "celular": "987 654 321"})

        assert (case.citizen.name, case.citizen.document_number) == ("", "")
        assert ContactPoint.objects.get(citizen=case.citizen).normalized == "+51987654321"

    def test_may_have_no_contact_and_says_why(self, client: Client) -> None:
        case = register(client, who={"canal": "none", "sin_contacto": "No tengo teléfono."})

        assert case.citizen.no_contact_reason == "No tengo teléfono."

    def test_under_fourteen_names_an_adult_and_goes_first(self, client: Client) -> None:
        case = register(client, who={**WHO, "menor": "on", "adulto": "Ana Quispe, 987654321"})

        assert case.citizen.responsible_adult == "Ana Quispe, 987654321"
        assert case.is_preferential

    def test_chooses_a_language_and_gets_an_interpreter(self, client: Client) -> None:
        case = register(client, who={**WHO, "lengua": "qu"})

        assert (case.language, case.citizen.language) == ("qu", "qu")
        assert case.tasks.filter(kind="interpreter").exists()

    def test_asks_for_preferential_attention_if_they_want(self, client: Client) -> None:
        case = register(client, who={**WHO, "preferente": ["older_adult", "disability"]})

        assert case.is_preferential
        assert set(Vulnerability.objects.values_list("kind", flat=True)) == {"older_adult", "disability"}
        assert not register(Client()).is_preferential

    def test_may_be_asked_for_an_opinion_only_after_ticking_it(self, client: Client) -> None:
        fill_in(client)
        assert 'name="opinion">' in page(client, "/casos/nuevo/revisar/").replace(" checked", " CHECKED")

        client.post("/casos/nuevo/revisar/", {"formal": "no", "opinion": "on"})

        assert Citizen.objects.get().may_ask_opinion
        assert not register(Client()).citizen.may_ask_opinion
