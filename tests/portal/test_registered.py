from django.test import Client

from cercana.cases import commands
from cercana.portal.links import code_of
from tests.factories import NOW, citizen_of, make_case
from tests.portal.walking import WHERE, come_in, page, register


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

    def test_promises_two_hours_for_what_is_critical(self, client: Client) -> None:
        case = register(client, where={**WHERE, "motivo": "violence_or_child"})

        html = page(client, f"/casos/{case.number}/registrado/")

        assert "CRÍTICO" in html
        assert "Menos de 2 horas desde el" in html

    def test_opens_the_case_without_asking_for_the_code(self, client: Client) -> None:
        case = register(client)

        assert "Recibimos tu caso" in page(client, f"/casos/{case.number}/")


class TestReceipt:
    def test_is_a_tagged_pdf_in_spanish(self, client: Client) -> None:
        case = register(client)

        answer = client.get(f"/casos/{case.number}/constancia.pdf")

        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="constancia-{case.number}.pdf"'
        assert answer.content.startswith(b"%PDF-")
        assert b"pdfuaid" in answer.content
        assert b"/Lang" in answer.content

    def test_is_for_the_holder_alone(self, client: Client) -> None:
        case = make_case()
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 302

        come_in(client, case)
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 200

        commands.revoke_access(number=case.number, actor=citizen_of(case), now=NOW)
        assert client.get(f"/casos/{case.number}/constancia.pdf").status_code == 302
