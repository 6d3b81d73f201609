import json
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import AccessRecord, Case
from cercana.cases.recording import Step, record
from cercana.conversation.models import Delivery
from cercana.desk.act_forms import FORMS
from cercana.feedback import commands as feedback
from cercana.feedback.commands import GivenOpinion
from cercana.rules.access import Role
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Channel
from cercana.rules.history import EventType
from cercana.rules.lifecycle import TRANSITIONS, Stage
from cercana.rules.promises import to_lima
from tests.factories import citizen_of, make_case, make_person, make_user
from tests.jobs import work_off

MOST_QUERIES = 12


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer() -> User:
    return make_user(Role.AREA_OFFICER, "obras_infraestructura", name="Lucía Arrieta")


def page_of(client: Client, user: User, case: Case) -> str:
    client.force_login(user)
    response = client.get(f"/mesa/casos/{case.number}/")
    assert response.status_code == 200
    return response.content.decode()


class TestThePageOfACase:
    def test_shows_number_stages_promise_and_what_was_said(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        commands.add_note(number=case.number, text="Hay que medirlo.", actor=actor_for(officer, now), now=now)

        page = page_of(client, officer, case)

        assert case.number in page
        assert "ya me malogró una llanta" in page
        assert "Hay que medirlo." in page
        assert "<strong>Resolución</strong>, hasta el final del" in page
        assert "5 días hábiles desde el" in page
        assert "A cargo de Lucía Arrieta" in page

    def test_tells_who_held_the_time(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=3))

        page = page_of(client, officer, case)

        held = page[page.index("Quién tuvo el tiempo") :]
        assert held.index("Sin área todavía") < held.index("Obras e Infraestructura")
        assert "<b>2 h 59 min</b>" in held

    def test_counts_no_promise_as_kept_that_the_person_gave_up(
        self, client: Client, officer: User, now: datetime
    ) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        commands.withdraw(number=case.number, words="", actor=citizen_of(case), now=now)

        page = page_of(client, officer, case)

        assert "No cuenta: se retiró" in page
        assert "Cumplido" not in page

    def test_names_the_language_of_an_interpreter_also_one_that_was_typed_before_there_was_a_list(
        self, client: Client, officer: User, now: datetime
    ) -> None:
        actor = actor_for(officer, now)
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor, now=now - timedelta(hours=1))
        commands.request_interpreter(number=case.number, language="prl", actor=actor, now=now)
        typed = Step(EventType.INTERPRETER_REQUESTED, {"language": "Bora"})
        record(Case.objects.get(pk=case.pk), typed, actor=actor, now=now)

        page = page_of(client, officer, case)

        assert "Se pidió intérprete: Lengua de señas peruana" in page
        assert "Se pidió intérprete: Bora" in page

    def test_masks_the_document_until_somebody_uncovers_it_and_remembers_who(
        self, client: Client, officer: User, now: datetime
    ) -> None:
        case = make_case(Stage.REFERRED, now=now, person=make_person())
        page = page_of(client, officer, case)
        assert "@vecinos.example" not in page

        uncovered = client.post(f"/mesa/casos/{case.number}/datos/", headers={"hx-request": "true"}).content.decode()

        assert "@vecinos.example" in uncovered
        assert AccessRecord.objects.filter(act="uncover", actor=f"staff:{officer.pk}", numbers=[case.number]).exists()

    @pytest.mark.parametrize(
        ("state", "error", "words"),
        [
            ("delivered", "", "aviso a la persona: llegó a su correo"),
            ("sent", "dsn.delayed", "demorado: su servidor de correo sigue intentando"),
            ("queued", "smtp.451", "no se pudo enviar todavía: se intenta de nuevo"),
            ("failed", "dsn.5.1.1", "el aviso no llegó"),
        ],
    )
    def test_tells_what_became_of_the_receipt(
        self, client: Client, officer: User, now: datetime, state: str, error: str, words: str
    ) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        work_off()
        Delivery.objects.filter(kind="receipt").update(state=state, last_error=error)

        assert words in page_of(client, officer, case)

    def test_is_absent_for_another_area(self, client: Client, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now)
        client.force_login(make_user(Role.AREA_OFFICER, "fiscalizacion"))

        assert client.get(f"/mesa/casos/{case.number}/").status_code == 404
        assert client.post(f"/mesa/casos/{case.number}/nota/", {"text": "x"}).status_code == 404

    def test_asks_the_database_a_bounded_number_of_times(
        self, client: Client, officer: User, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        case = make_case(Stage.ANSWERED, officer=actor_for(officer, now), now=now - timedelta(hours=2))
        for minute in range(5):
            commands.add_note(number=case.number, text=f"Nota {minute}", actor=actor_for(officer, now), now=now)
        client.force_login(officer)

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/mesa/casos/{case.number}/")

    def test_offers_only_what_may_be_done(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now)

        page = page_of(client, officer, case)

        assert f"/mesa/casos/{case.number}/tomar/" in page
        assert f"/mesa/casos/{case.number}/responder/" not in page
        assert "Para cerrar falta: la respuesta" in page

    def test_asks_for_the_code_of_the_libro_rather_than_for_a_tick(
        self, client: Client, officer: User, now: datetime
    ) -> None:
        case = make_case(
            Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), legal_nature="formal_claim", channel=Channel.PHONE
        )

        page = page_of(client, officer, case)

        assert "Anotar el código" in page
        assert f"/mesa/casos/{case.number}/tarea/" not in page


class TestAnOpinion:
    def test_is_told_to_who_attended_without_what_it_says(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.CLOSED, officer=actor_for(officer, now), now=now - timedelta(hours=2))
        given = GivenOpinion(2, line="Nunca me devolvieron la llamada.")
        feedback.give_opinion(number=case.number, opinion=given, actor=citizen_of(case), now=now)

        page = page_of(client, officer, case)

        assert "Dio su opinión." in page
        assert "Nunca me devolvieron la llamada." not in page
        assert "2 de 5" not in page

    def test_is_read_by_the_head_who_did_not_attend(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.CLOSED, officer=actor_for(officer, now), now=now - timedelta(hours=2))
        given = GivenOpinion(2, line="Nunca me devolvieron la llamada.")
        feedback.give_opinion(number=case.number, opinion=given, actor=citizen_of(case), now=now)

        page = page_of(client, make_user(Role.SUPERVISOR, "obras_infraestructura"), case)

        assert "Su opinión: 2 de 5" in page
        assert "Nunca me devolvieron la llamada." in page


class TestActs:
    def test_cover_every_act_of_the_staff(self) -> None:
        elsewhere = {
            Act.REGISTER,
            Act.SOLVE_ON_THE_SPOT,
            Act.CLOSE_WITHOUT_CONFIRMATION,
            Act.MOVE_PROMISE,
            Act.ERASE,
            Act.RECLASSIFY_SLOWER,
            Act.LOG_CALL,
            Act.RAISE_ALARM,
            Act.ESCALATE_ALARM,
        }

        assert {form.act for form in FORMS.values()} == set(TRANSITIONS) - elsewhere

    def test_take_a_case_answer_it_and_say_so(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        client.force_login(officer)
        client.post(f"/mesa/casos/{case.number}/tomar/", {"seen": case.last_sequence})

        page = client.post(
            f"/mesa/casos/{case.number}/responder/",
            {
                "done": "Buenos días. Tapamos el bache.",
                "next_step": "Lo revisamos.",
                "by_when": "El viernes.",
                "outcome": "solved",
                "cause": "maintenance",
            },
            follow=True,
        ).content.decode()

        assert "Respuesta enviada. Falta que la persona confirme." in page
        assert Case.objects.get(pk=case.pk).stage == Stage.ANSWERED

    def test_lead_back_to_the_case_from_a_page_of_their_own(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        client.force_login(officer)
        address = f"/mesa/casos/{case.number}/tomar/"

        page = client.get(address).content.decode()
        response = client.post(f"{address}?pagina=1", headers={"hx-request": "true"})

        assert f'hx-post="{address}?pagina=1"' in page
        assert response.headers["HX-Redirect"] == f"/mesa/casos/{case.number}/"

    def test_refuse_in_words_and_change_nothing(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        client.force_login(officer)

        response = client.post(
            f"/mesa/casos/{case.number}/responder/",
            {"done": "Listo.", "next_step": "", "by_when": "", "outcome": "solved", "cause": "maintenance"},
            headers={"hx-request": "true"},
        )

        assert response.status_code == 422
        assert "qué sigue, para cuándo" in response.content.decode()
        assert Case.objects.get(pk=case.pk).stage == Stage.IN_FOLLOW_UP

    def test_tell_the_second_of_two_what_happened(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        colleague = make_user(Role.AREA_OFFICER, "obras_infraestructura")
        seen = case.last_sequence
        commands.take(number=case.number, actor=actor_for(colleague, now), now=now)
        client.force_login(officer)

        response = client.post(
            f"/mesa/casos/{case.number}/derivar/",
            {"area": "fiscalizacion", "reason": "x", "seen": seen},
            headers={"hx-request": "true"},
        )

        assert response.status_code == 409
        told = f"{colleague.full_name} tomó el caso a las {to_lima(now):%H:%M}. Su texto sigue aquí"
        assert told in response.content.decode()

    @pytest.mark.parametrize("verb", sorted(FORMS))
    def test_have_a_form_for_each_verb(self, client: Client, verb: str, now: datetime) -> None:
        form = FORMS[verb]
        head = make_user(Role.SUPERVISOR, "obras_infraestructura")
        stages = [Stage.REGISTERED, Stage.REFERRED, Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED]
        stage = next(each for each in stages if each in TRANSITIONS[form.act].sources)
        user = make_user(Role.AGENT, "atencion_ciudadano") if stage is Stage.REGISTERED else head
        if stage is Stage.REGISTERED and not {Act.REFER, Act.NOTE, Act.WRITE, Act.REJECT_CRITICAL} & {form.act}:
            user = make_user(Role.SUPERVISOR, "atencion_ciudadano")
        if form.act is Act.GIVE_OPINION:
            user = make_user(Role.AGENT, "atencion_ciudadano", name="Quien no atendió el caso")
        case = make_case(stage, now=now - timedelta(hours=2))
        client.force_login(user)

        response = client.get(f"/mesa/casos/{case.number}/{verb}/")

        assert response.status_code == 200
        assert form.button in response.content.decode()


class TestTheCitizensWords:
    def test_are_shown_as_text_never_as_markup(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now)
        commands.receive_message(
            number=case.number, text="<script>alert(1)</script>", channel="app", actor=citizen_of(case), now=now
        )

        page = page_of(client, officer, case)

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


class TestWritingToSomebodyWhoLeftNowhereToWrite:
    @pytest.fixture
    def silent(self, now: datetime, officer: User) -> Case:
        person = make_person(contacts=(), no_contact_reason="No tiene correo ni teléfono.")
        start = now - timedelta(minutes=20)
        return make_case(
            Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=start, person=person, class_=CaseClass.CRITICAL
        )

    def test_is_no_response_and_says_so(self, client: Client, officer: User, silent: Case) -> None:
        client.force_login(officer)
        address = f"/mesa/casos/{silent.number}/"

        told = client.post(f"{address}mensaje/", {"text": "Vamos hoy."}, headers={"hx-request": "true"})

        assert "nadie lo recibirá" in json.loads(told.headers["HX-Trigger"])["said"]
        page = client.get(address).content.decode()
        assert "No hay correo ni dirección que le llegue" in page
        assert f'{address}conversacion/" hx-get' in page
        first = silent.clocks.get(kind="first_response")
        assert first.ended_at is None
        assert Case.objects.get(pk=silent.pk).last_contact_at is None

    def test_ends_with_a_conversation(self, officer: User, silent: Case, now: datetime) -> None:
        commands.log_conversation(
            number=silent.number, text="Ya sabe.", means="counter", actor=actor_for(officer, now), now=now
        )

        assert silent.clocks.get(kind="first_response").ended_at == now

    def test_is_a_response_to_who_left_a_mail_address(self, client: Client, officer: User, now: datetime) -> None:
        start = now - timedelta(minutes=20)
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=start, class_=CaseClass.CRITICAL)

        commands.write_to_citizen(number=case.number, text="Vamos hoy.", actor=actor_for(officer, now), now=now)

        assert case.clocks.get(kind="first_response").ended_at == now
        assert "no dejó correo" not in page_of(client, officer, case)


class TestByWhen:
    @pytest.mark.parametrize("words", ["pronto", "A la brevedad.", "Cuando se pueda"])
    def test_names_a_time_or_is_refused(self, client: Client, officer: User, now: datetime, words: str) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        client.force_login(officer)
        parts = {"done": "Fuimos.", "next_step": "Volvemos.", "outcome": "solved", "cause": "maintenance"}
        address = f"/mesa/casos/{case.number}/responder/"

        refused = client.post(address, {**parts, "by_when": words}, headers={"hx-request": "true"})
        done = client.post(address, {**parts, "by_when": "El viernes."}, headers={"hx-request": "true"})

        assert refused.status_code == 422
        assert "Diga para cuándo con un día" in refused.content.decode()
        assert done.status_code == 200


class TestThoseWhoDoNotRegister:
    def test_find_no_way_to_attend(self, client: Client) -> None:
        client.force_login(make_user(Role.ANALYST, "alcaldia"))

        assert "/mesa/atender/" not in client.get("/mesa/").content.decode()


class TestReferring:
    def test_says_which_case_went_where_and_offers_to_take_it_back(self, client: Client, now: datetime) -> None:
        case = make_case(now=now)
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))

        page = client.post(f"/mesa/casos/{case.number}/derivar/", {"area": "fiscalizacion"}, follow=True)

        shown = page.content.decode()
        assert f"{case.number} derivado a Fiscalización." in shown
        assert "/mesa/derivar/deshacer/" in shown
        assert "Nuevo caso</a>" in shown


class TestPromisingADay:
    def test_warns_of_a_day_off_and_of_one_beyond_the_due(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=1))
        client.force_login(officer)
        today = to_lima(now).date()
        sunday = today + timedelta(days=6 - today.weekday())
        beyond = next(each for days in range(20, 40) if (each := today + timedelta(days=days)).weekday() == 1)
        address = f"/mesa/casos/{case.number}/promesa/"

        def promise(day: date, **more: str) -> str:
            answer = client.post(
                address, {"text": "Vamos.", "day": day.isoformat(), **more}, headers={"hx-request": "1"}
            )
            return answer.content.decode()

        assert "no es hábil" in promise(sunday)
        assert "después del plazo" in promise(beyond)
        promise(sunday, anyway="1")
        assert case.events.filter(type="promised").count() == 1
