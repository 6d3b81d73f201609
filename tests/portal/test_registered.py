from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases import commands
from cercana.cases.models import Case, Draft
from cercana.cases.queries import tracked_case
from cercana.citizens.identity import ContactKind
from cercana.conversation.receipt import receipt_texts
from cercana.organization.queries import municipality
from cercana.portal.links import code_of
from tests.factories import NOW, citizen_of, make_case, make_person
from tests.portal.walking import WHAT, WHERE, come_in, page, register


class TestRegistered:
    def test_shows_number_code_promise_and_qr(self, client: Client) -> None:
        case = register(client)

        html = page(client, f"/casos/{case.number}/registrado/")

        assert case.number[:-1] in html
        assert code_of(case.key, case.access_generation) in html
        assert "Hasta el final del" in html
        assert "5 días hábiles desde el" in html
        assert '<svg class="p-qr"' in html
        assert " style=" not in html

    def test_shows_them_again_to_the_same_browser_only(self, client: Client) -> None:
        case = register(client)

        assert code_of(case.key, 1) in page(client, f"/casos/{case.number}/registrado/")
        stranger = Client().get(f"/casos/{case.number}/registrado/")
        assert stranger.status_code == 302
        assert code_of(case.key, 1) not in stranger.content.decode()

    def test_of_another_case_is_not_shown(self, client: Client) -> None:
        register(client)

        assert client.get(f"/casos/{make_case().number}/registrado/").status_code == 302

    def test_is_kept_by_no_cache(self, client: Client) -> None:
        case = register(client)

        assert client.get(f"/casos/{case.number}/registrado/")["Cache-Control"].endswith(
            "no-store, must-revalidate, private"
        )

    def test_promises_two_hours_once_the_danger_is_confirmed(self, client: Client) -> None:
        case = register(client, where={**WHERE, "motivo": "violence_or_child"})
        addresses = [f"/casos/{case.number}/registrado/", f"/casos/{case.number}/"]

        looked_at = [page(client, address) for address in addresses]
        commands.mark_unanswered(now=timezone.now() + timedelta(minutes=15))
        promised = [page(client, address) for address in addresses]

        assert all("Lo estamos revisando ahora por posible peligro." in html for html in looked_at)
        assert not any("2 horas" in html or "24 horas" in html for html in looked_at)
        assert all("CRÍTICO" in html and "Menos de 2 horas desde el" in html for html in promised)

    def test_opens_the_case_without_asking_for_the_code(self, client: Client) -> None:
        case = register(client)

        assert "Recibimos tu caso" in page(client, f"/casos/{case.number}/")

    def test_says_how_we_reach_the_person(self, client: Client) -> None:
        case = register(client, who={"canal": "phone", "celular": "987654321", "correo": "rosa@vecinos.example"})

        assert "Te llamaremos al 987 654 321." in page(client, f"/casos/{case.number}/registrado/")
        assert "te llamaremos al 987 654 321" in page(client, f"/casos/{case.number}/")

    def test_warns_whoever_left_no_contact(self, client: Client) -> None:
        case = register(client, who={"canal": "none", "sin_contacto": "No tengo teléfono."})

        html = page(client, f"/casos/{case.number}/registrado/")

        assert "Sin contacto, es la única forma de volver a tu caso." in html


def where_led(client: Client, address: str) -> str:
    """Return to which address a page leads on."""
    answer = client.get(address)
    assert answer.status_code == 302, (address, answer.status_code)
    return str(answer["Location"])


def assert_shut(client: Client, case: Case) -> None:
    """See that nothing in this browser leads to number and code of ``case``."""
    assert where_led(client, "/casos/nuevo/revisar/") == "/casos/nuevo/que-paso/"
    assert where_led(client, f"/casos/{case.number}/registrado/") == f"/casos/seguir/?numero={case.number}"
    assert where_led(client, f"/casos/{case.number}/") == f"/casos/seguir/?numero={case.number}"
    assert case.number not in page(client, "/casos/nuevo/que-paso/")


class TestNextPersonAtTheSameComputer:
    def test_finds_nothing_after_it_was_left(self, client: Client) -> None:
        case = register(client)

        client.post(f"/casos/{case.number}/salir/")

        assert_shut(client, case)

    def test_finds_nothing_after_the_code_was_changed_elsewhere(self, client: Client) -> None:
        case = register(client)
        elsewhere = Client()
        come_in(elsewhere, case)

        elsewhere.post(f"/casos/{case.number}/codigo/")

        assert_shut(client, case)

    def test_finds_nothing_after_the_code_was_changed_here_and_the_case_left(self, client: Client) -> None:
        case = register(client)

        client.post(f"/casos/{case.number}/codigo/")
        assert page(client, f"/casos/{case.number}/")
        assert client.cookies["borrador"].value == ""
        client.post(f"/casos/{case.number}/salir/")

        assert_shut(client, case)

    @pytest.mark.parametrize(("minutes", "is_shown"), [(59, True), (60, False)])
    def test_finds_it_for_an_hour_after_sending_at_most(self, client: Client, minutes: int, is_shown: bool) -> None:
        case = register(client)
        client.cookies.pop("caso")
        Draft.objects.update(sent_at=timezone.now() - timedelta(minutes=minutes))

        answer = client.get(f"/casos/{case.number}/registrado/")

        assert (answer.status_code == 200) is is_shown

    def test_still_finds_what_the_person_before_is_writing(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", {"tipo": "delay", "relato": "Un semáforo apagado."})
        case = make_case()
        come_in(client, case)

        client.post(f"/casos/{case.number}/salir/")

        assert "Un semáforo apagado." in page(client, "/casos/nuevo/que-paso/")


class TestReceipt:
    def test_is_a_tagged_pdf_in_spanish(self, client: Client) -> None:
        case = register(client)

        answer = client.get(f"/casos/{case.number}/constancia.pdf")

        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="constancia-{case.number}.pdf"'
        assert answer.content.startswith(b"%PDF-")
        assert b"pdfuaid" in answer.content
        assert b"/Lang" in answer.content

    @pytest.mark.parametrize(
        "words",
        ["💥 en la cuadra 9", "路 \u202e\u200d\x01 n\u0303", "ʼ Ж ŋ", "👩‍👩‍👧‍👦 ﷽ 𒐫", "\ue000 \ufffe \U0010ffff"],
    )
    def test_is_made_whatever_the_person_wrote_and_logs_nothing_of_it(
        self, client: Client, caplog: pytest.LogCaptureFixture, words: str
    ) -> None:
        case = register(client, what={**WHAT, "relato": f"{words} y nadie viene."}, where={**WHERE, "calle": words})

        answer = client.get(f"/casos/{case.number}/constancia.pdf")

        assert answer.content.startswith(b"%PDF-")
        assert words.split(maxsplit=1)[0] not in caplog.text

    @pytest.mark.parametrize(("contacts", "warns"), [((), True), (((ContactKind.PHONE, "987654321"),), False)])
    def test_warns_whoever_left_no_contact(self, contacts: tuple[tuple[ContactKind, str], ...], warns: bool) -> None:
        case = make_case(person=make_person(contacts=contacts, no_contact_reason="" if contacts else "No tiene."))

        tracked = tracked_case(citizen_of(case), number=case.number)
        told = receipt_texts(tracked, municipality(), (), NOW)

        assert ("Sin contacto, es la única forma de volver a tu caso." in str(told["code_note"])) is warns

    def test_is_for_the_holder_alone(self, client: Client) -> None:
        case = make_case()
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 302

        come_in(client, case)
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 200

        commands.revoke_access(number=case.number, actor=citizen_of(case), now=NOW)
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 302
