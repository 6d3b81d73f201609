"""Sections 2.3 and 4.1 of the manual: four ways in, and one case whichever of them a person takes."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.api.scopes import Scope
from cercana.cases import commands
from cercana.cases.models import Case
from cercana.citizens.queries import values_of
from cercana.conversation.mail import mail_of
from cercana.conversation.models import Delivery, UnregisteredContact
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, Channel, ClockKind
from cercana.rules.history import EventType, value_ids
from cercana.rules.lifecycle import Closure, Stage
from tests.api.calling import connect
from tests.channels.email.town import POTHOLE, put_motives_in_words, send, write
from tests.factories import PUBLIC, make_answer, make_reception, make_user
from tests.jobs import work_off
from tests.portal import walking

INTAKE = "atencion_ciudadano"
NUMBER = re.compile(r"^SI-\d{4}-\d{6}-[0-9A-Z]$")
MAILBOX = "elvira@vecinos.pe"


@pytest.fixture(autouse=True)
def motives(municipality: object) -> None:
    put_motives_in_words()


def attend(channel: Channel) -> Case:
    """Register the pothole on the desk, with somebody in front or on the line."""
    agent = Client()
    agent.force_login(make_user(Role.AGENT, INTAKE))
    agent.post(
        "/mesa/atender/",
        {
            "client_key": str(uuid.uuid4()),
            "channel": channel.value,
            "name": "Elvira Chávez",
            "language": "es",
            "description": POTHOLE,
            "category": "pothole",
            "type": "delay",
            "place": "Av. Basadre, cuadra 9",
            "email": MAILBOX,
        },
    )
    return Case.objects.get()


def write_us() -> Case:
    """Write a mail about the pothole."""
    send(write(), received_at=timezone.now())
    return Case.objects.get()


def use_the_app() -> Case:
    """Register the pothole in the app."""
    who: walking.Fields = {"canal": "email", "correo": MAILBOX, "nombres": "Elvira", "apellidos": "Chávez"}
    return walking.register(Client(), {"tipo": "delay", "relato": POTHOLE}, walking.WHERE, who)


WAYS: dict[Channel, Callable[[], Case]] = {
    Channel.COUNTER: lambda: attend(Channel.COUNTER),
    Channel.PHONE: lambda: attend(Channel.PHONE),
    Channel.EMAIL: write_us,
    Channel.APP: use_the_app,
}


def letter_of(case: Case) -> Delivery:
    """Return the only letter about the case, once everything that is due was done."""
    work_off()
    return Delivery.objects.get(case=case)


def promised_for_the_same(case: Case) -> datetime:
    """Return until when a pothole told at the same moment has to be mended, whatever the way."""
    reception = make_reception(category="pothole")
    return commands.register_case(reception, actor=PUBLIC, now=case.received_at).clocks.get().due_at


class TestFourWays:
    @pytest.mark.parametrize("channel", list(Channel))
    def test_m2_3_each_way_gives_the_same_events_number_promise_and_receipt(self, channel: Channel) -> None:
        case = WAYS[channel]()

        assert case.channel == channel
        assert NUMBER.match(case.number)
        assert [each.type for each in case.events.order_by("sequence")] == [EventType.RECEIVED, EventType.REGISTERED]
        clock = case.clocks.get()
        assert (case.class_, clock.kind) == (CaseClass.COMPLEX, ClockKind.RESOLUTION)
        assert (clock.started_at, clock.due_at) == (case.received_at, promised_for_the_same(case))
        receipt = mail_of(letter_of(case))
        assert receipt.to == [MAILBOX]
        assert case.number in receipt.body
        assert "Nuestra promesa: resolverlo" in receipt.body

    def test_m4_1a_who_reached_us_and_has_no_case_is_counted_until_there_is_one(self) -> None:
        exchange = connect(None, Scope.CALLS)
        for event in ("ringing", "missed"):
            exchange.post("/calls/events", {"call": "1", "event": event, "caller": "987654321", "extension": "201"})
        send(write("Buenas, quería consultarles algo. ¿Me pueden llamar?", subject="Una consulta"))

        assert sorted(UnregisteredContact.objects.values_list("way", flat=True)) == ["mail", "missed_call"]
        agent = Client()
        agent.force_login(make_user(Role.AGENT, INTAKE))
        assert "Por registrar <b>2</b>" in agent.get("/mesa/").content.decode()


class TestOneCaseOnSeveralWays:
    def test_m2_3_begun_by_phone_goes_on_by_mail_and_is_confirmed_in_the_app(self) -> None:
        case = attend(Channel.PHONE)
        receipt = letter_of(case)

        send(
            write("Olvidé decir que ya se cayó un motociclista.", replies_to=[str(receipt.message_id)]),
            received_at=timezone.now(),
        )

        assert Case.objects.get() == case
        told = case.events.get(type=EventType.MESSAGE_RECEIVED)
        assert "Olvidé decir que ya se cayó un motociclista." in values_of(value_ids(told.payload)).values()

        answer_from_the_area(case)
        person = Client()
        address = walking.come_in(person, Case.objects.get())
        assert "ya se cayó un motociclista" in walking.page(person, address)
        person.post(f"{address}cierre/", {"resuelto": "si"})

        closed = Case.objects.get()
        assert (closed.stage, closed.closure) == (Stage.CLOSED, Closure.CONFIRMED)


def answer_from_the_area(case: Case) -> None:
    """Let who attended refer the case, and the area take and answer it."""
    now = timezone.now()
    assert case.intake_id is not None
    agent = actor_for(User.objects.get(pk=case.intake_id), now)
    officer = actor_for(make_user(Role.AREA_OFFICER, "obras_infraestructura"), now)
    commands.refer(number=case.number, area="obras_infraestructura", reason="Es de obras.", actor=agent, now=now)
    commands.take(number=case.number, actor=officer, now=now)
    commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=now)
