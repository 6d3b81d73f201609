"""Texts to whoever left no mail: off unless a gateway is named, in few letters, never twice, and seen on the case."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from cercana.cases import commands as cases
from cercana.cases import queries as case_queries
from cercana.cases.models import Case
from cercana.citizens.identity import ContactKind
from cercana.conversation import commands
from cercana.conversation.letters import Kind, State
from cercana.conversation.models import TextMessage
from cercana.conversation.text_writing import text_for
from cercana.organization.models import Municipality
from cercana.rules.access import SYSTEM, Role
from cercana.rules.acts import Act
from cercana.rules.classification import TaskKind
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from cercana.rules.text_messages import messages_for
from tests.conversation.gateway import Gateway, running_gateway
from tests.factories import NOW, make_actor, make_case, make_person, make_user
from tests.jobs import forget, queued, work_off

MOBILE = "+51987654321"
SEND = "cercana.send_text"


@pytest.fixture
def gateway(settings: Settings, municipality: Municipality) -> Iterator[Gateway]:
    """Return a gateway that a municipality of its own sends through."""
    municipality.is_demo = False
    municipality.save(update_fields=["is_demo"])
    settings.PUBLIC_URL = "https://cercana.munisanisidro.gob.pe"
    with running_gateway() as running:
        settings.SMS_URL, settings.SMS_TOKEN = running.address, "llave"
        settings.SMS_BODY = '{"id": "{id}", "to": "{to}", "text": "{text}"}'
        yield running


def case_of(phone: str = "987 654 321", *, stage: Stage = Stage.REGISTERED, now: datetime = NOW) -> Case:
    """Return the case of somebody who left a telephone number alone."""
    return make_case(stage, person=make_person(contacts=((ContactKind.PHONE, phone),)), now=now)


def forget_texts() -> None:
    """Lose the jobs that would send what waits, also those for later."""
    for row in ProcrastinateJob.objects.filter(status="todo", task_name=SEND):
        forget(row.procrastinate_job)


def only() -> TextMessage:
    return TextMessage.objects.get()


def tasks_of(case: Case) -> list[TaskKind]:
    found = case_queries.case_for(SYSTEM, Act.VIEW, number=case.number)
    return [task.kind for task in case_queries.state_of(found).tasks]


class TestAText:
    def test_brings_number_and_page_and_nothing_of_the_person(self, gateway: Gateway) -> None:
        case = case_of()
        work_off()

        (taken,) = gateway.taken
        assert taken.json == {"id": str(only().pk), "to": MOBILE, "text": only().text}
        assert taken.headers["Authorization"] == "Bearer llave"
        assert taken.headers["Idempotency-Key"] == f"cercana-{only().pk}"
        assert case.number in only().text
        assert "https://cercana.munisanisidro.gob.pe/casos/seguir/" in only().text
        assert only().state == State.SENT

    @pytest.mark.parametrize("kind", list(Kind))
    def test_fits_into_one_message(self, gateway: Gateway, municipality: Municipality, kind: Kind) -> None:
        municipality.short_name = "San Juan de Miraflores"
        municipality.save(update_fields=["short_name"])

        for language in ("es", "en"):
            assert messages_for(text_for(kind, language, "SI-2026-004217-G")) == 1

    def test_is_a_form_where_the_gateway_wants_one(self, gateway: Gateway, settings: Settings) -> None:
        settings.SMS_BODY = "usuario=muni&numero={to}&mensaje={text}"
        case_of()
        work_off()

        (taken,) = gateway.taken
        assert parse_qs(taken.body) == {"usuario": ["muni"], "numero": [MOBILE], "mensaje": [only().text]}

    def test_goes_through_a_service_of_apprise_to_the_number_in_its_address(
        self, gateway: Gateway, settings: Settings
    ) -> None:
        settings.SMS_URL = gateway.address.replace("http://", "json://") + "/{to}"
        case_of()
        work_off()

        (taken,) = gateway.taken
        assert (taken.path, taken.json["message"]) == ("/sms/+51987654321", only().text)
        assert only().state == State.SENT

    def test_goes_to_nobody_without_a_gateway(self, gateway: Gateway, settings: Settings) -> None:
        settings.SMS_URL = ""
        case_of()
        work_off()

        assert not TextMessage.objects.exists()

    def test_goes_to_nobody_of_a_demonstration(self, gateway: Gateway, municipality: Municipality) -> None:
        municipality.is_demo = True
        municipality.save(update_fields=["is_demo"])
        case_of()
        work_off()

        assert gateway.taken == []

    @pytest.mark.parametrize("contact", [(ContactKind.PHONE, "01 513 8800"), (ContactKind.EMAIL, "rosa@vecinos.pe")])
    def test_goes_to_no_landline_and_to_nobody_who_gets_mail(
        self, gateway: Gateway, contact: tuple[ContactKind, str]
    ) -> None:
        make_case(person=make_person(contacts=(contact,)))
        work_off("cercana.react", "cercana.handle", SEND)

        assert not TextMessage.objects.exists()

    def test_leaves_the_area_to_tell_the_answer_itself(self, gateway: Gateway) -> None:
        case = case_of(stage=Stage.ANSWERED)
        work_off()

        assert TaskKind.REACH_OTHERWISE in tasks_of(case)

    def test_waits_for_the_morning_unless_it_is_the_receipt(self, gateway: Gateway) -> None:
        case_of(stage=Stage.ANSWERED)
        work_off("cercana.react", "cercana.handle")
        moments = {
            text.delivery.kind: text.next_attempt_at for text in TextMessage.objects.select_related("delivery").all()
        }

        assert moments[Kind.RECEIPT] is not None
        assert all(
            moment is None or 7 <= to_lima(moment).hour < 20 for kind, moment in moments.items() if kind != "receipt"
        )


class TestAStrangersNumber:
    def test_gets_six_texts_in_an_hour_however_many_cases_name_it(self, gateway: Gateway) -> None:
        for door in range(8):
            make_case(person=make_person(contacts=((ContactKind.PHONE, "987654321"),)), place=f"Calle Otra {door}00")
        work_off()

        assert len(gateway.taken) == 6
        assert set(TextMessage.objects.filter(last_error="sms.too_many").values_list("state", flat=True)) == {"kept"}


class TestTheGateway:
    def test_that_is_busy_gets_it_again_later_and_once(self, gateway: Gateway) -> None:
        gateway.answers = [503]
        case_of()
        work_off()
        assert (only().state, only().last_error) == (State.QUEUED, "sms.503")

        forget_texts()
        commands.send_text(delivery_id=only().pk, now=timezone.now())
        commands.send_text(delivery_id=only().pk, now=timezone.now())

        assert (only().state, only().attempts, len(gateway.taken)) == (State.SENT, 2, 2)

    def test_that_is_away_is_asked_again_until_the_person_is_reached_otherwise(
        self, gateway: Gateway, settings: Settings
    ) -> None:
        settings.SMS_URL = "http://127.0.0.1:9/sms"
        case = case_of()
        work_off("cercana.react", "cercana.handle")
        for _ in range(6):
            commands.send_text(delivery_id=only().pk, now=timezone.now())

        assert (only().state, only().last_error, only().attempts) == (State.FAILED, "sms.unreachable", 6)
        assert TaskKind.REACH_OTHERWISE in tasks_of(case)

    @pytest.mark.parametrize("status", [0, 500, 504])
    def test_that_may_have_sent_it_never_gets_it_twice(self, gateway: Gateway, status: int) -> None:
        gateway.answers = [status]
        case_of()
        work_off()
        commands.send_text(delivery_id=only().pk, now=timezone.now())

        assert (only().state, only().last_error, len(gateway.taken)) == (State.FAILED, "sms.unknown", 1)

    def test_that_refuses_the_number_is_not_asked_again(self, gateway: Gateway) -> None:
        gateway.answers = [422]
        case_of()
        work_off()

        assert (only().state, only().last_error) == (State.FAILED, "sms.422")


class TestAKill:
    def test_in_the_middle_of_an_attempt_sends_nothing_again(self, gateway: Gateway) -> None:
        case_of()
        work_off("cercana.react", "cercana.handle")
        TextMessage.objects.update(started_at=timezone.now() - timedelta(minutes=5))

        commands.send_text(delivery_id=only().pk, now=timezone.now())
        TextMessage.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=5))
        commands.requeue_lost_texts(now=timezone.now())

        assert (only().state, only().last_error, gateway.taken) == (State.FAILED, "sms.unknown", [])

    def test_before_the_attempt_queues_it_again(self, gateway: Gateway) -> None:
        case_of()
        work_off("cercana.react", "cercana.handle")
        forget_texts()
        TextMessage.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=5))

        assert commands.requeue_lost_texts(now=timezone.now()) == 1
        assert len(queued(SEND)) == 1


class TestBaja:
    def test_ends_the_texts_to_a_number_and_alta_begins_them(self, gateway: Gateway) -> None:
        assert commands.hear_text(number="987 654 321", text=" Baja. ", now=NOW)
        case_of()
        work_off()
        assert gateway.taken == []

        assert commands.hear_text(number=MOBILE, text="ALTA", now=NOW)
        make_case(person=make_person(contacts=((ContactKind.PHONE, "987654321"),)), place="Calle Otra 200")
        work_off()

        assert len(gateway.taken) == 1

    def test_is_no_other_word(self) -> None:
        assert not commands.hear_text(number=MOBILE, text="La vereda está baja", now=NOW)


class TestTheCase:
    def test_shows_what_became_of_the_text(self, gateway: Gateway, client: Client) -> None:
        case = case_of()
        work_off()
        client.force_login(make_user(Role.SUPERVISOR, "atencion_ciudadano"))

        assert "aviso enviado por SMS" in client.get(f"/mesa/casos/{case.number}/").content.decode()

    def test_of_an_erased_person_forgets_number_and_words(self, gateway: Gateway) -> None:
        case = case_of()
        work_off()
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        cases.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=timezone.now())
        work_off()

        assert (only().address, only().text) == ("", "")
