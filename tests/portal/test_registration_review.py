import io
import re

import pytest
from django.test import Client

from cercana.cases.models import Attachment, Case, Draft
from cercana.citizens.queries import values_of
from cercana.organization.models import Category
from cercana.rules.history import value_ids
from tests.portal.walking import WHAT, WHERE, WHO, Fields, fill_in, page, picture, register, shown_errors, version_in


def words_of(case: Case) -> list[str | None]:
    """Return the texts that the reception of a case keeps."""
    return list(values_of(value_ids(case.events.get(sequence=1).payload)).values())


class TestReview:
    def test_asks_no_consent_and_gives_the_notice(self, client: Client) -> None:
        fill_in(client)

        html = page(client, "/casos/nuevo/revisar/")

        assert "acepto" not in html.lower()
        assert "Leer el aviso completo" in html

    def test_hides_most_of_the_document(self, client: Client) -> None:
        fill_in(client, who={**WHO, "documento": "40817529"})

        html = page(client, "/casos/nuevo/revisar/")

        assert "DNI •••• 7529" in html
        assert "40817529" not in html

    @pytest.mark.parametrize(
        ("category", "formal", "nature"),
        [
            ("pothole", "no", "incident"),
            ("pothole", "si", "formal_claim"),
            ("poor_attention", "si", "formal_claim"),
            ("poor_attention", "no", "incident"),
        ],
    )
    def test_lets_the_person_decide_about_a_formal_claim(
        self, client: Client, category: str, formal: str, nature: str
    ) -> None:
        fill_in(client, where={**WHERE, "motivo": category})
        assert 'href="https://libro.example/"' in page(client, "/casos/nuevo/revisar/")

        client.post("/casos/nuevo/revisar/", {"formal": formal})

        case = Case.objects.get()
        assert case.legal_nature_id == nature
        assert case.tasks.filter(kind="move_to_platform").exists() == (nature == "formal_claim")

    def test_ticks_nothing_beforehand(self, client: Client) -> None:
        fill_in(client, where={**WHERE, "motivo": "poor_attention"})

        html = page(client, "/casos/nuevo/revisar/")

        assert " checked" not in html
        assert "El Libro pide tu nombre y tu documento" in html

    def test_asks_for_a_decision_where_a_formal_claim_is_likely(self, client: Client) -> None:
        fill_in(client, where={**WHERE, "motivo": "poor_attention"})

        answer = client.post("/casos/nuevo/revisar/", {})

        assert answer.status_code == 422
        assert shown_errors(answer.content.decode()) == ["Elige si quieres presentar también un reclamo formal."]
        assert not Case.objects.exists()

    def test_takes_silence_about_a_formal_claim_for_a_no(self, client: Client) -> None:
        fill_in(client)

        client.post("/casos/nuevo/revisar/", {})

        assert Case.objects.get().legal_nature_id == "incident"

    def test_offers_no_formal_claim_to_those_who_ask(self, client: Client) -> None:
        fill_in(client, {**WHAT, "tipo": "inquiry"}, {**WHERE, "motivo": "poor_attention"})
        assert 'name="formal"' not in page(client, "/casos/nuevo/revisar/")

        client.post("/casos/nuevo/revisar/", {"formal": "si"})

        assert Case.objects.get().legal_nature_id == "incident"

    def test_sends_nothing_that_its_reader_has_not_seen(self, client: Client) -> None:
        fill_in(client)
        seen = version_in(page(client, "/casos/nuevo/revisar/"))
        client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "Otra cosa, de la otra pestaña."})

        answer = client.post("/casos/nuevo/revisar/", {"formal": "si", "version": seen})

        html = answer.content.decode()
        assert answer.status_code == 409
        assert not Case.objects.exists()
        assert "Tu caso cambió en otra pestaña" in html
        assert "Otra cosa, de la otra pestaña." in html
        assert 'value="si" checked' in html
        client.post("/casos/nuevo/revisar/", {"formal": "no", "version": version_in(html)})
        assert "Otra cosa, de la otra pestaña." in words_of(Case.objects.get())

    def test_says_the_year_of_a_day_of_another(self, client: Client) -> None:
        fill_in(client, where={**WHERE, "cuando": "otro", "fecha": "2024-03-05", "hora": ""})

        assert "martes 5 de marzo de 2024" in page(client, "/casos/nuevo/revisar/")

    def test_ends_no_sentence_in_two_full_stops(self, client: Client) -> None:
        fill_in(client, where={**WHERE, "motivo": "noise"})

        html = page(client, "/casos/nuevo/revisar/")

        assert "te damos la solución hasta el" in html
        assert ".." not in html.replace("../", "")

    def test_asks_about_an_address_with_a_slip_and_lets_it_pass(self, client: Client) -> None:
        fill_in(client, who={**WHO, "correo": "rosa@gmial.com"})

        assert "¿Quisiste decir rosa@gmail.com?" in page(client, "/casos/nuevo/revisar/")

    def test_warns_those_who_leave_no_contact(self, client: Client) -> None:
        fill_in(client, who={"canal": "none", "sin_contacto": "No tengo teléfono."})

        html = page(client, "/casos/nuevo/revisar/")

        assert "Sin contacto, tu código es la única forma de volver a tu caso." in html


class TestLanguage:
    def test_is_switched_at_a_step_without_losing_what_was_typed(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)

        answer = client.post("/casos/nuevo/donde-y-cuando/", {"calle": "Av. Basadre", "volver": "1", "language": "en"})

        assert answer["Location"] == "/casos/nuevo/donde-y-cuando/?volver=1"
        html = page(client, "/casos/nuevo/donde-y-cuando/")
        assert '<html lang="en"' in html
        assert 'value="Av. Basadre"' in html

    def test_is_switched_at_the_review_without_sending(self, client: Client) -> None:
        fill_in(client)

        client.post("/casos/nuevo/revisar/", {"formal": "si", "opinion": "on", "language": "en"})

        html = page(client, "/casos/nuevo/revisar/")
        assert not Case.objects.exists()
        assert '<html lang="en"' in html
        assert html.count(" checked") == 2

    def test_has_a_button_that_enter_does_not_press(self, client: Client) -> None:
        html = page(client, "/casos/nuevo/que-paso/")

        buttons = re.findall(r'<button[^>]*form="paso"[^>]*>', html)
        assert "hidden" in buttons[0]
        assert 'name="language" value="en"' in buttons[1]

    def test_stays_if_nobody_speaks_the_new_one(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", {**WHAT, "language": "xx"})

        assert '<html lang="es-PE"' in page(client, "/casos/nuevo/que-paso/")


class TestSuggestions:
    def test_put_first_what_the_words_speak_of(self, client: Client) -> None:
        Category.objects.filter(code="noise").update(name="Ruido molesto", citizen_words="Una fiesta hace ruido")
        Category.objects.filter(code="pothole").update(name="Bache en la pista", citizen_words="Hay un hueco")
        client.post("/casos/nuevo/que-paso/", WHAT)

        html = page(client, "/casos/nuevo/donde-y-cuando/")

        assert '<input class="radio" type="radio" name="motivo" value="pothole"' in html
        assert '<input class="radio" type="radio" name="motivo" value="noise"' not in html

    def test_leave_the_whole_list_to_choose_from(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "zzz"})

        case = register(client, {**WHAT, "relato": "zzz"}, {"lista": "noise"})

        assert case.category_id == "noise"


class TestFiles:
    @pytest.mark.parametrize(("wish", "is_kept"), [({}, False), ({"ubicacion": "on"}, True)])
    def test_lose_the_place_where_they_were_taken_unless_wished(
        self, client: Client, wish: Fields, is_kept: bool
    ) -> None:
        client.post("/casos/nuevo/archivos/", {"archivo": picture(), **wish})
        client.post("/casos/nuevo/que-paso/", {**WHAT, "archivos": picture(), **wish})

        assert set(Attachment.objects.values_list("keeps_location", flat=True)) == {is_kept}
        assert Attachment.objects.count() == 2

    def test_travel_with_the_form_where_there_is_no_script(self, client: Client) -> None:
        case = register(client, {**WHAT, "archivos": picture()})

        attachment = case.attachments.get()
        assert (attachment.name, attachment.state, attachment.draft) == ("bache.jpg", "waiting", None)

    def test_are_taken_one_by_one_and_answered_with_their_line(self, client: Client) -> None:
        page(client, "/casos/nuevo/")

        answer = client.post("/casos/nuevo/archivos/", {"archivo": picture()}, headers={"HX-Request": "true"})

        assert answer.status_code == 201
        assert answer.content.decode().strip().startswith('<li class="p-archivo">')
        assert "bache.jpg" in page(client, "/casos/nuevo/")

    def test_are_kept_in_one_draft_even_if_two_come_before_any_text(self, client: Client) -> None:
        page(client, "/casos/nuevo/")
        for _ in range(2):
            client.post("/casos/nuevo/archivos/", {"archivo": picture()})

        assert Draft.objects.count() == 1
        assert Attachment.objects.count() == 2

    def test_are_refused_with_a_sentence_the_page_can_show(self, client: Client) -> None:
        fake = picture()
        fake.seek(0)
        fake.write(b"<html><script>")
        fake.seek(0)

        answer = client.post("/casos/nuevo/archivos/", {"archivo": fake}, headers={"HX-Request": "true"})

        assert answer.status_code == 422
        assert "no es una foto, un video, un audio ni un PDF" in answer.content.decode()

    def test_that_are_empty_are_called_so(self, client: Client) -> None:
        empty = io.BytesIO()
        empty.name = "vacia.jpg"

        answer = client.post("/casos/nuevo/que-paso/", {**WHAT, "archivos": empty})

        assert "No pudimos recibir «vacia.jpg»: está vacío." in answer.content.decode()

    def test_refused_keep_the_text_that_came_along(self, client: Client) -> None:
        fake = picture()
        fake.truncate(0)
        fake.write(b"no soy una foto")
        fake.seek(0)

        answer = client.post("/casos/nuevo/que-paso/", {**WHAT, "archivos": fake})

        assert answer.status_code == 422
        assert "el bache enorme" in answer.content.decode()
        assert "No pudimos recibir «bache.jpg»" in answer.content.decode()

    def test_can_be_removed_without_losing_what_was_typed(self, client: Client) -> None:
        client.post("/casos/nuevo/archivos/", {"archivo": picture()})
        key = Attachment.objects.get().key

        client.post(f"/casos/nuevo/archivos/{key}/quitar/", {"tipo": "delay", "relato": "a medio escribir"})

        assert not Attachment.objects.exists()
        assert "a medio escribir" in page(client, "/casos/nuevo/que-paso/")

    def test_of_another_draft_cannot_be_removed(self, client: Client) -> None:
        client.post("/casos/nuevo/archivos/", {"archivo": picture()})
        key = Attachment.objects.get().key

        Client().post(f"/casos/nuevo/archivos/{key}/quitar/", WHAT)

        assert Attachment.objects.filter(key=key).exists()

    def test_beyond_sixty_megabytes_are_turned_away_unread(self, client: Client) -> None:
        answer = client.generic("POST", "/casos/nuevo/archivos/", b"x", CONTENT_LENGTH="60000001")

        assert answer.status_code == 413
        assert "pesan más de 60 MB" in answer.content.decode()
