"""Calls at the desk: announced, opened by one key, about a case or for a reason none, and masked until proved."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import AccessRecord, Case
from cercana.channels.phone.models import Call
from cercana.channels.phone.queries import count_unsettled, extension_of
from cercana.conversation.models import UnregisteredContact
from cercana.rules.access import Actor, Role
from cercana.rules.calls import CallEvent
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.channels.phone.calling import CALLER, DOCUMENT, INTAKE, make_caller, sit, tell
from tests.desk.test_alarms import heard
from tests.factories import make_case, make_user

CALLS, FORM = reverse("desk:calls"), reverse("desk:intake")
BAR, CASES = reverse("desk:call-bar"), reverse("desk:call-cases")
MOST_QUERIES = 14


@pytest.fixture
def user(client: Client) -> User:
    user = make_user(Role.AGENT, INTAKE, name="Rosa Salas")
    client.force_login(user)
    return user


@pytest.fixture
def agent(user: User) -> Actor:
    return sit(user)


def ring(*events: CallEvent) -> Call:
    """Let the exchange tell of a call that began some minutes ago."""
    return tell(*(events or (CallEvent.RINGING,)), now=timezone.now() - timedelta(minutes=3))


def press(client: Client, step: str, call: Call | None = None, **fields: str) -> str:
    given = {"paso": step, **fields} | ({"llamada": str(call.key)} if call else {})
    return client.post(CALLS, given, follow=True).content.decode()


def register(client: Client, **fields: str) -> Case:
    """Return the case that a filled form gives."""
    given = {
        "client_key": str(uuid.uuid4()),
        "channel": "phone",
        "description": "Hay un bache grande en la cuadra 9.",
        "category": "pothole",
        "type": "poor_service",
        "place": "Av. Basadre",
        "phone": CALLER,
        **fields,
    }
    assert client.post(FORM, given).status_code == 302
    return Case.objects.latest("pk")


def calls_in(case: Case) -> list[dict[str, object]]:
    return [event.payload for event in case.events.filter(type=EventType.CALL_ATTENDED)]


@pytest.mark.usefixtures("agent")
class TestAnAnnouncedCall:
    def test_stands_on_the_desk_at_once_without_sounding_like_an_alarm(self, client: Client, user: User) -> None:
        tag = client.get("/mesa/alarmas/").headers["ETag"]
        tell(CallEvent.RINGING, now=timezone.now())

        notice = client.get("/mesa/alarmas/", headers={"If-None-Match": tag}).content.decode()

        assert "Le llaman" in notice
        assert CALLER in notice
        assert 'data-key="Alt+L"' in notice
        assert 'data-alarms=""' in notice
        assert "Silenciar" not in notice

    def test_opens_the_guided_form_by_one_press_and_is_announced_no_more(self, client: Client, user: User) -> None:
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)

        page = press(client, "abrir", call)

        assert f'name="call" value="{call.key}"' in page
        assert f'value="{CALLER}"' in page
        assert "En llamada" in page
        assert CALLER not in heard(client, user)

    def test_is_the_one_of_a_form_that_begins_while_it_goes_on(self, client: Client) -> None:
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)

        assert f'name="call" value="{call.key}"' in client.get(FORM).content.decode()
        assert str(call.key) not in client.get(FORM, {"canal": "ventanilla"}).content.decode()

    def test_gives_a_case_with_its_length_and_who_attended(self, client: Client, user: User, agent: Actor) -> None:
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)
        case = register(client, call=str(call.key))
        assert calls_in(case) == []

        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id, now=timezone.now())

        (entry,) = calls_in(case)
        assert entry["attended_by"] == user.pk
        client.force_login(make_user(Role.SUPERVISOR, INTAKE))
        page = client.get(f"/mesa/casos/{case.number}/").content.decode()
        assert "Llamada de 2 min" in page
        assert "Atendió Rosa Salas" in page

    def test_goes_on_in_a_quiet_line_that_says_when_it_is_over(self, client: Client) -> None:
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)
        first = client.get(BAR, {"llamada": str(call.key)})
        assert "data-elapsed" in first.content.decode()
        asked = {"If-None-Match": first.headers["ETag"]}
        assert client.get(BAR, {"llamada": str(call.key)}, headers=asked).status_code == 304

        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id, now=timezone.now())

        assert (
            "Terminó la llamada: 2 min" in client.get(BAR, {"llamada": str(call.key)}, headers=asked).content.decode()
        )

    def test_that_somebody_else_answered_leaves_the_case_by_itself(self, client: Client) -> None:
        call = ring()
        press(client, "abrir", call)
        sit(number="202")
        tell(CallEvent.ANSWERED, exchange_id=call.exchange_id, extension="202", now=timezone.now())

        case = register(client, call=str(call.key))

        assert not call.cases.exists()
        assert "no se unió" in client.get(f"{FORM}?registrado={case.number}").content.decode()


@pytest.mark.usefixtures("user")
class TestACallThatNobodyAnnounced:
    def test_begins_with_the_number_that_is_typed(self, client: Client) -> None:
        make_case(person=make_caller())

        page = press(client, "nueva", numero=CALLER)

        assert "Rosa Quispe Mamani" in page
        assert "Terminó la llamada</button>" in page

    def test_is_as_long_as_the_form_was_open(self, client: Client, user: User) -> None:
        began = timezone.now() - timedelta(seconds=100)

        case = register(client, call_began=began.isoformat())

        (entry,) = calls_in(case)
        assert (entry["seconds"], entry["attended_by"], entry["measured"]) == (100, user.pk, False)

    @pytest.mark.parametrize(
        "fields",
        [{"channel": "counter"}, {"received_at": "2026-01-05T09:00", "source": "cuaderno"}, {"call_began": "ayer"}],
    )
    def test_is_none_for_who_came_otherwise(self, client: Client, fields: dict[str, str]) -> None:
        register(client, **{"call_began": timezone.now().isoformat(), **fields})

        assert not Call.objects.exists()

    def test_may_be_about_something_solved_at_once(self, client: Client) -> None:
        key = press(client, "nueva", numero=CALLER).split('name="call" value="')[1].split('"')[0]
        page = client.get("/mesa/atender/momento/", {"llamada": key}).content.decode()
        assert f'name="call" value="{key}"' in page
        given = {
            "client_key": str(uuid.uuid4()),
            "channel": "phone",
            "description": "¿A qué hora abren?",
            "matter": "consulta",
            "category": "noise",
            "done": "A las 8.",
            "said_yes": "on",
            "call": key,
        }

        client.post("/mesa/atender/momento/", given)

        assert len(calls_in(Case.objects.get())) == 1


@pytest.mark.usefixtures("agent")
class TestTheCasesOfWhoCalls:
    def shown(self, client: Client, call: Call, case: Case, **fields: str) -> str:
        given = {"call": str(call.key), "person": str(case.citizen_id), **fields}
        return client.post(CASES, given).content.decode()

    def test_are_masked_until_they_prove_who_they_are(self, client: Client) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)

        masked = self.shown(client, call, case)
        assert "Confirmar quién es" in masked
        assert case.number not in masked
        assert "bache" not in masked
        wrong = self.shown(client, call, case, paso="verificar", proof_document="11111111")
        assert "no basta" in wrong
        assert case.number not in wrong

        told = self.shown(client, call, case, paso="verificar", proof_document=DOCUMENT)
        assert case.number in told
        assert AccessRecord.objects.filter(act="caller", numbers=[case.number]).exists()

    def test_take_the_call_with_what_was_typed(self, client: Client) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)
        self.shown(client, call, case, paso="verificar", proof_document=DOCUMENT)

        given = {"unir": case.number, "call": str(call.key), "description": "Sigue igual que ayer."}
        page = client.post(CALLS, given, follow=True).content.decode()

        assert f"La llamada quedó en el caso {case.number}" in page
        assert [each.case_id for each in call.cases.all()] == [case.pk]
        assert case.events.latest("sequence").type == EventType.MESSAGE_RECEIVED

    def test_stay_closed_to_whoever_the_call_is_not_of(self, client: Client) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)
        client.force_login(make_user(Role.AGENT, INTAKE))

        assert self.shown(client, call, case).strip() == ""
        answer = client.post(CALLS, {"unir": case.number, "call": str(call.key)})

        assert answer.status_code == 409

    def test_can_be_asked_for_without_script(self, client: Client) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED)
        given = {"client_key": str(uuid.uuid4()), "channel": "phone", "call": str(call.key), "paso": "verificar"}

        page = client.post(FORM, {**given, "person": str(case.citizen_id), "proof_document": DOCUMENT})

        assert case.number in page.content.decode()


@pytest.mark.usefixtures("agent")
class TestThePageOfCalls:
    def test_keeps_ones_extension(self, client: Client, agent: Actor) -> None:
        press(client, "anexo", anexo="305")

        assert extension_of(agent) == "305"
        assert "Un anexo tiene" in press(client, "anexo", anexo="no vale")

    def test_lists_what_is_not_settled_until_it_is(self, client: Client, agent: Actor) -> None:
        call = ring(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)
        assert "Falta decir en qué quedaron: 1" in client.get(CALLS).content.decode()
        assert "Elija por qué" in press(client, "explicar", call)

        page = press(client, "explicar", call, por_que="wrong_number")

        assert "Falta decir en qué quedaron: 0" in page
        assert "Número equivocado" in page
        assert count_unsettled(agent) == 0
        assert not UnregisteredContact.objects.exists()

    def test_shows_who_supervises_what_others_attended(self, client: Client) -> None:
        ring(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)
        client.force_login(make_user(Role.SUPERVISOR, INTAKE))

        page = client.get(CALLS).content.decode()

        assert "Atendió Rosa Salas" in page
        assert "Anotar" not in page

    def test_is_reached_from_those_without_a_case_and_from_the_palette(self, client: Client) -> None:
        ring(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)

        assert "Llamadas: 1 por explicar" in client.get("/mesa/por-registrar/").content.decode()
        assert "Llamadas y mi anexo" in client.post("/mesa/buscar/paleta/", {"q": "anexo"}).content.decode()

    def test_refuses_what_it_does_not_know(self, client: Client) -> None:
        assert client.post(CALLS, {"paso": "bailar"}).status_code == 404
        assert client.post(CALLS, {"paso": "abrir", "llamada": "x"}).status_code == 409

    def test_ends_a_call_of_ones_own(self, client: Client) -> None:
        key = press(client, "nueva").split('name="call" value="')[1].split('"')[0]

        press(client, "terminar", Call.objects.get(key=key))

        assert Call.objects.get(key=key).ended_at is not None

    def test_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(5):
            ring(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)
        client.get(CALLS)

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(CALLS)
