import io
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.cases import commands
from cercana.cases.commands import DatedPromise, inspect_attachment
from cercana.cases.models import Case
from cercana.organization.models import LegalNature
from cercana.portal.links import code_of
from cercana.rules.access import Actor, Role
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due
from tests.factories import citizen_of, make_actor, make_answer, make_case
from tests.portal.walking import TextsOf, come_in, page, picture, shown_errors


@pytest.fixture
def officer() -> Actor:
    return make_actor(Role.AREA_OFFICER, "obras_infraestructura")


def case_at(stage: Stage, officer: Actor | None = None, **given: object) -> Case:
    """Return a case registered an hour ago that stands at ``stage``."""
    return make_case(stage, officer=officer, now=timezone.now() - timedelta(hours=1), **given)


def route(html: str) -> list[str]:
    """Return the texts of the six stages."""
    return TextsOf("p-ruta__d").read(html)


class TestTrack:
    @pytest.mark.parametrize(
        ("stage", "sentence"),
        [
            (Stage.REGISTERED, "Recibimos tu caso. Lo estamos pasando al área que corresponde."),
            (Stage.REFERRED, "Obras e Infraestructura ya tiene tu caso. El siguiente paso: una persona se hará cargo."),
            (Stage.ANSWERED, "Te respondimos. ¿Quedó resuelto?"),
            (Stage.CLOSED, "Tu caso está cerrado."),
        ],
    )
    def test_says_how_it_goes_in_one_sentence(self, client: Client, stage: Stage, sentence: str) -> None:
        html = page(client, come_in(client, case_at(stage)))

        assert TextsOf("p-ahora__frase").read(html) == [sentence]

    def test_says_who_takes_care(self, client: Client, officer: Actor) -> None:
        html = page(client, come_in(client, case_at(Stage.IN_FOLLOW_UP, officer)))

        name = officer.name.split()[0]
        assert f"{name}, de Obras e Infraestructura, se está haciendo cargo de tu caso." in html
        assert officer.name not in html

    def test_shows_the_way_through_six_stages(self, client: Client) -> None:
        html = page(client, come_in(client, case_at(Stage.REFERRED)))

        assert html.count('<li class="es-hecho">') == 2
        assert html.count('aria-current="step"') == 1
        steps = route(html)
        assert steps[2].startswith("Pasó a Obras e Infraestructura el")
        assert steps[5] == "Solo cuando tú confirmes."

    def test_shows_how_much_time_is_left_and_how_it_was_counted(self, client: Client) -> None:
        case = make_case(category="noise", now=timezone.now())

        html = page(client, come_in(client, case))

        assert "Quedan 47 horas y 59 minutos" in html
        assert "48 horas desde el" in html

    def test_asks_for_pardon_when_we_are_late(self, client: Client) -> None:
        case = make_case(category="noise", now=timezone.now() - timedelta(hours=51))

        html = page(client, come_in(client, case))

        assert "Vamos tarde con tu caso, Rosa. Te pedimos disculpas." in html
        assert "Vamos tarde por 3 horas" in html
        assert "p-tarde" in html

    def test_shows_what_was_done_and_said_but_nothing_internal(self, client: Client, officer: Actor) -> None:
        case = case_at(Stage.IN_FOLLOW_UP, officer)
        now = timezone.now()
        commands.record_action(number=case.number, text="Medimos el bache.", actor=officer, now=now)
        commands.write_to_citizen(number=case.number, text="¿Está en el carril derecho?", actor=officer, now=now)
        commands.add_note(number=case.number, text="pedir presupuesto a la contratista", actor=officer, now=now)

        html = page(client, come_in(client, case))

        assert "Medimos el bache." in TextsOf("p-historia").read(html)[0]
        assert "¿Está en el carril derecho?" in TextsOf("p-charla").read(html)[0]
        assert "contratista" not in html

    def test_shows_the_person_what_they_told_us(self, client: Client) -> None:
        html = page(client, come_in(client, case_at(Stage.REGISTERED)))

        assert "ya me malogró una llanta" in html

    def test_says_where_else_a_matter_is_filed(self, client: Client) -> None:
        LegalNature.objects.filter(code="neighbour_report").update(routed_to="Mesa de partes, antes de 15 días.")

        html = page(client, come_in(client, case_at(Stage.REGISTERED, legal_nature="neighbour_report")))

        assert "Mesa de partes, antes de 15 días." in html

    def test_shows_a_promised_date_and_that_it_was_kept(self, client: Client, officer: Actor) -> None:
        case, now = case_at(Stage.IN_FOLLOW_UP, officer), timezone.now()
        promise = DatedPromise(text="Mañana pasa la cuadrilla.", due=Due(now + timedelta(hours=20), inclusive=True))
        commands.promise_date(number=case.number, promise=promise, actor=officer, now=now)

        html = page(client, come_in(client, case))
        commands.keep_promise(number=case.number, round_=1, text="Pasó a las 9.", actor=officer, now=now)
        kept = page(client, come_in(client, case))

        assert "Lo que te prometimos" in html
        assert "Mañana pasa la cuadrilla." in html
        assert "Cumplimos lo que te prometimos" in kept
        assert "Pasó a las 9." in kept

    def test_escapes_what_people_write(self, client: Client) -> None:
        case = case_at(Stage.REGISTERED, description="<script>alert(1)</script> & «comillas»")

        html = page(client, come_in(client, case))

        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize("stage", [Stage.REGISTERED, Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED])
    def test_takes_at_most_six_queries(
        self, client: Client, stage: Stage, officer: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        case = case_at(stage, officer)
        address = come_in(client, case)

        with django_assert_max_num_queries(6):
            page(client, address)

    def test_is_for_its_holder_alone(self, client: Client) -> None:
        case = case_at(Stage.REGISTERED)

        for path in ("", "cierre/", "retirar/", "reabrir/", "codigo/", "libro/", f"archivos/{uuid.uuid4()}"):
            answer = client.get(f"/casos/{case.number}/{path}")
            assert (answer.status_code, answer["Location"]) == (302, f"/casos/seguir/?numero={case.number}"), path
        for path in ("mensajes/", "cierre/", "retirar/", "reabrir/", "codigo/", "libro/"):
            assert client.post(f"/casos/{case.number}/{path}", {"motivo": "x"}).status_code == 302, path
        case.refresh_from_db()
        assert case.last_sequence == 2

    def test_is_not_for_the_holder_of_another_case(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        come_in(client, case_at(Stage.ANSWERED))

        for path in ("", "cierre/", "codigo/", "constancia.pdf"):
            assert client.get(f"/casos/{case.number}/{path}")["Location"] == f"/casos/seguir/?numero={case.number}"
        answer = client.post(f"/casos/{case.number}/cierre/", {"resuelto": "si"})
        assert answer["Location"] == f"/casos/seguir/?numero={case.number}"

    def test_changes_nothing_by_being_opened(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)
        before = case.events.count()

        for path in ("", "cierre/", "retirar/", "reabrir/", "codigo/", "libro/", "constancia.pdf"):
            client.get(f"{address}{path}")

        assert case.events.count() == before


class TestWrite:
    def test_files_a_message_with_a_photo(self, client: Client) -> None:
        case = case_at(Stage.IN_FOLLOW_UP)
        address = come_in(client, case)

        answer = client.post(f"{address}mensajes/", {"mensaje": "Ahora creció.", "archivos": picture()})

        assert answer["Location"] == f"{address}?enviado=1#mensajes"
        talk = TextsOf("p-charla").read(page(client, address))[0]
        assert "Ahora creció." in talk
        assert "bache.jpg (en revisión)" in talk

    def test_says_it_arrived(self, client: Client) -> None:
        address = come_in(client, case_at(Stage.IN_FOLLOW_UP))

        html = page(client, f"{address}?enviado=1")

        assert "Recibimos tu mensaje." in html
        assert "data-draft-clear" in html

    def test_keeps_the_text_when_a_file_cannot_be_taken(self, client: Client) -> None:
        case = case_at(Stage.IN_FOLLOW_UP)
        address = come_in(client, case)
        fake = picture()
        fake.truncate(0)
        fake.write(b"no soy una foto")
        fake.seek(0)

        answer = client.post(f"{address}mensajes/", {"mensaje": "Un texto largo", "archivos": fake})

        assert answer.status_code == 422
        assert "Un texto largo</textarea>" in answer.content.decode()
        assert shown_errors(answer.content.decode()) == [
            "No pudimos recibir «bache.jpg»: no es una foto, un video, un audio ni un PDF."
        ]
        assert not case.events.filter(type="message_received").exists()

    @pytest.mark.parametrize(
        ("files", "field"),
        [({}, "mensaje"), ({"archivos": io.BytesIO(b"MZ\x90\0 virus")}, "archivos")],
    )
    def test_that_is_refused_says_so_above_and_in_the_title(
        self, client: Client, files: dict[str, io.BytesIO], field: str
    ) -> None:
        address = come_in(client, case_at(Stage.IN_FOLLOW_UP))

        html = client.post(f"{address}mensajes/", {"mensaje": "", **files}).content.decode()

        assert "<title>Error:" in html
        assert f'<a href="#{field}">{shown_errors(html)[0]}</a>' in html
        assert 'tabindex="-1" data-focus' in html
        assert f'action="{address}mensajes/#mensajes"' in html

    def test_needs_words_or_a_file(self, client: Client) -> None:
        address = come_in(client, case_at(Stage.IN_FOLLOW_UP))

        assert client.post(f"{address}mensajes/", {"mensaje": " "}).status_code == 422

    def test_reaches_a_closed_case_without_opening_it(self, client: Client) -> None:
        case = case_at(Stage.CLOSED)

        client.post(f"{come_in(client, case)}mensajes/", {"mensaje": "Gracias"})

        case.refresh_from_db()
        assert case.stage == Stage.CLOSED
        assert case.tasks.filter(kind="read_message").exists()


class TestChangeCode:
    def test_gives_a_new_code_and_ends_the_old_one(self, client: Client) -> None:
        case = case_at(Stage.REGISTERED)
        old = code_of(case.key, 1)
        address = come_in(client, case)

        html = client.post(f"{address}codigo/").content.decode()

        assert code_of(case.key, 2) in html
        assert old not in html
        assert page(client, address)
        elsewhere = Client().post("/casos/seguir/", {"numero": case.number, "codigo": old})
        assert elsewhere.status_code == 422


class TestPlatformCode:
    def test_keeps_the_code_of_the_states_libro(self, client: Client) -> None:
        case = case_at(Stage.REGISTERED, legal_nature="formal_claim")
        address = come_in(client, case)

        client.post(f"{address}libro/", {"codigo": "LR-2026-123"})

        case.refresh_from_db()
        assert case.platform_code == "LR-2026-123"
        assert not case.tasks.filter(kind="move_to_platform", finished_at=None).exists()
        assert "Código del Libro: LR-2026-123" in page(client, address)


class TestFile:
    def test_is_saved_and_never_shown(self, client: Client) -> None:
        case = case_at(Stage.IN_FOLLOW_UP)
        address = come_in(client, case)
        client.post(f"{address}mensajes/", {"archivos": picture()})
        row = case.attachments.get()
        inspect_attachment(row.pk)

        answer = client.get(f"{address}archivos/{row.key}")

        assert answer["Content-Disposition"] == 'attachment; filename="bache.jpg"'
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        answer.close()

    def test_waits_until_it_was_looked_at(self, client: Client) -> None:
        case = case_at(Stage.IN_FOLLOW_UP)
        address = come_in(client, case)
        client.post(f"{address}mensajes/", {"archivos": picture()})

        answer = client.get(f"{address}archivos/{case.attachments.get().key}")

        assert answer.status_code == 409
        assert "Estamos revisando ese archivo" in answer.content.decode()


class TestAnswer:
    def test_stands_in_the_conversation_with_its_three_parts(self, client: Client, officer: Actor) -> None:
        case = case_at(Stage.IN_FOLLOW_UP, officer)
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=timezone.now())

        talk = TextsOf("p-charla").read(page(client, come_in(client, case)))[0]

        for part in (
            "Qué hicimos Buenos días. Tapamos el bache esta mañana.",
            "Qué sigue Un técnico revisará el parche.",
            "Para cuándo La revisión es el viernes 27 de noviembre.",
        ):
            assert part in talk

    def test_of_the_citizen_is_theirs(self, client: Client) -> None:
        case = case_at(Stage.IN_FOLLOW_UP)
        commands.receive_message(
            number=case.number, text="Sigue ahí.", channel="app", actor=citizen_of(case), now=timezone.now()
        )

        assert "Sigue ahí." in TextsOf("p-mensaje--mio").read(page(client, come_in(client, case)))[0]
