"""«Por registrar»: who reached us without a case is counted from their arrival, and settled by one key (M4.1a)."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases import commands as cases
from cercana.cases.commands import IncomingFile
from cercana.cases.models import Attachment, Case
from cercana.channels.email import commands as email
from cercana.conversation import queries
from cercana.conversation.commands import Contact, note_contact
from cercana.conversation.models import UnregisteredContact
from cercana.rules.access import Role
from cercana.rules.classification import Channel, ClockKind
from cercana.rules.history import EventType
from cercana.rules.unregistered import ReachedBy
from tests.factories import Given, make_actor, make_case, make_user
from tests.jobs import work_off

LIST = "/mesa/por-registrar/"
MOST_QUERIES = 9


@pytest.fixture
def agent(client: Client) -> User:
    """Return somebody who attends people, signed in."""
    user = make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")
    client.force_login(user)
    return user


def reach_us(received_at: datetime | None = None, **given: Given) -> uuid.UUID:
    """Let somebody write who has no case; return their key."""
    now = timezone.now()
    said = {"name": "Ana Flores", "email": "ana@vecinos.pe", "subject": "Consulta", "text": "¿Pueden llamarme?"}
    contact = Contact(
        key=uuid.uuid4(), way=ReachedBy.MAIL, received_at=received_at or now - timedelta(hours=3), **{**said, **given}
    )
    note_contact(contact, now=now)
    return contact.key


def page_of(client: Client, address: str = LIST) -> str:
    return str(client.get(address).content.decode())


class TestTheList:
    def test_shows_who_waits_the_longest_first_with_the_time_that_is_left(self, client: Client, agent: User) -> None:
        reach_us(subject="El segundo")
        reach_us(timezone.now() - timedelta(hours=30), subject="El primero")

        page = page_of(client)

        assert page.index("El primero") < page.index("El segundo")
        assert "vence en 17 h" in page
        assert "vence en 44 h" in page

    def test_is_counted_in_the_rail_without_another_query(
        self, client: Client, agent: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_case()
        reach_us()
        reach_us()

        with django_assert_max_num_queries(8):
            page = page_of(client, "/mesa/")

        assert "Por registrar <b>2</b>" in page

    def test_needs_few_queries_however_many_wait(
        self, client: Client, agent: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(3):
            reach_us()

        with django_assert_max_num_queries(MOST_QUERIES + 4):
            page_of(client)

    def test_counts_somebody_once_however_often_the_channel_says_so(self, agent: User) -> None:
        contact = Contact(key=uuid.uuid4(), way=ReachedBy.MISSED_CALL, received_at=timezone.now(), phone="987654321")
        for _ in range(2):
            note_contact(contact, now=timezone.now())

        assert queries.count_waiting() == 1


class TestRegistering:
    def test_opens_the_guided_form_filled_in(self, client: Client, agent: User) -> None:
        key = reach_us()

        page = page_of(client, f"/mesa/atender/?contacto={key}")

        assert "Registrar: correo" in page
        assert 'value="ana@vecinos.pe"' in page
        assert "¿Pueden llamarme?" in page

    def test_gives_a_case_of_the_channel_whose_clock_runs_from_the_arrival(self, client: Client, agent: User) -> None:
        arrived = timezone.now() - timedelta(hours=3)
        key = reach_us(arrived)

        client.post("/mesa/atender/", _typed(key))
        client.post("/mesa/atender/", _typed(key))

        case = Case.objects.get()
        assert (case.channel, case.received_at) == (Channel.EMAIL, arrived)
        assert case.clocks.get(kind=ClockKind.RESOLUTION).started_at == arrived
        assert UnregisteredContact.objects.get().case == case
        assert queries.count_waiting() == 0

    def test_takes_along_the_files_that_came_with_it(self, client: Client, agent: User) -> None:
        contact = Contact(key=uuid.uuid4(), way=ReachedBy.MAIL, received_at=timezone.now(), email="ana@vecinos.pe")
        refused = note_contact(
            contact,
            files=[IncomingFile("acta.pdf", 9, [b"%PDF-1.4 "]), IncomingFile("virus.exe", 2, [b"MZ"])],
            now=timezone.now(),
        )

        client.post("/mesa/atender/", _typed(contact.key))

        assert refused == ["virus.exe"]
        assert Attachment.objects.get().case == Case.objects.get()

    def test_forgets_who_they_were_with_the_person_of_the_case(self, client: Client, agent: User) -> None:
        client.post("/mesa/atender/", _typed(reach_us()))
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia", now=timezone.now())

        cases.erase_citizen(Case.objects.get().citizen_id, reason="Lo pide.", actor=keeper, now=timezone.now())
        work_off()

        contact = UnregisteredContact.objects.get()
        assert (contact.name, contact.email, contact.text) == ("", "", "")


class TestJoining:
    def test_files_what_was_said_in_the_case(self, client: Client, agent: User) -> None:
        case = make_case(now=timezone.now() - timedelta(days=1))
        key = reach_us(text="Sigue el bache")

        client.post(f"{LIST}{key}/unir/", {"numero": case.number.lower()})

        told = case.events.order_by("-sequence").first()
        assert told is not None
        assert (told.type, told.payload["channel"], told.on_behalf_of) == (
            EventType.MESSAGE_RECEIVED,
            Channel.EMAIL,
            "citizen",
        )
        assert queries.count_waiting() == 0

    def test_leaves_it_on_the_list_if_there_is_no_such_case(self, client: Client, agent: User) -> None:
        key = reach_us()

        assert client.post(f"{LIST}{key}/unir/", {"numero": "SI-2026-999999-X"}).status_code in (404, 422)
        assert queries.count_waiting() == 1


class TestDismissing:
    def test_needs_a_reason(self, client: Client, agent: User) -> None:
        key = reach_us()

        assert client.post(f"{LIST}{key}/descartar/", {"por_que": " "}).status_code == 422
        assert queries.count_waiting() == 1

    def test_can_be_undone(self, client: Client, agent: User) -> None:
        key = reach_us()

        client.post(f"{LIST}{key}/descartar/", {"por_que": "Publicidad."})
        assert queries.count_waiting() == 0
        assert "Publicidad." in page_of(client)
        client.post(f"{LIST}{key}/recuperar/")

        assert queries.count_waiting() == 1


class TestAMailSetAside:
    def test_stands_there_with_its_reason_until_a_person_takes_it_up(self, client: Client, agent: User) -> None:
        letter = b"From: lista@lejos.example\r\nSubject: Novedades\r\nList-Id: <l.lejos.example>\r\n\r\nHola"
        key = email.receive(letter, email.Envelope(email.Way.PIPE), received_at=timezone.now())
        work_off()

        assert "es de una lista de correo" in page_of(client)
        client.post(f"{LIST}correos/{key}/")

        assert queries.count_waiting() == 1
        assert "es de una lista de correo" not in page_of(client)


def _typed(key: uuid.UUID) -> dict[str, str]:
    """Return the form as the agent sends it who reads what was written."""
    return {
        "client_key": str(uuid.uuid4()),
        "contact": str(key),
        "channel": "phone",
        "language": "es",
        "name": "Ana Flores",
        "email": "ana@vecinos.pe",
        "description": "Pide que la llamen por el bache de su calle.",
        "category": "pothole",
        "type": "delay",
    }
