"""Help for whoever attends a conversation that turns abusive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.rules.access import Role
from cercana.workplace.models import SupportCall
from tests.desk.test_alarms import heard
from tests.factories import make_user

PAGE, TEAM = "/mesa/apoyo/", "/mesa/apoyo/equipo/"
SAID = "Me gritó que no sirvo para nada."


@pytest.fixture
def agent() -> User:
    return make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "atencion_ciudadano", name="Carmen Jefa")


def post(client: Client, user: User, address: str = PAGE, **fields: str | int) -> int:
    client.force_login(user)
    return client.post(address, fields).status_code


def page(client: Client, user: User, address: str = PAGE) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


class TestNeedingSupport:
    def test_offers_words_a_pause_a_colleague_and_what_helps_m3_3a(
        self, client: Client, agent: User, head: User
    ) -> None:
        make_user(Role.AGENT, "atencion_ciudadano", name="Beto Colega")

        shown = page(client, agent)

        for words in ("Ponga el límite", "Haga una pausa", "Beto Colega", "No tomarlo como personal", "Carmen Jefa"):
            assert words in shown

    def test_opens_over_the_page_in_progress(self, client: Client, agent: User) -> None:
        client.force_login(agent)
        shown = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()

        assert "Llamar a mi jefe ahora" in shown
        assert "<html" not in shown

    def test_differs_at_the_counter(self, client: Client, agent: User) -> None:
        assert page(client, agent, f"{PAGE}?donde=counter") != page(client, agent, f"{PAGE}?donde=phone")


class TestACall:
    def test_rings_at_the_nearest_supervisor_and_nowhere_else(self, client: Client, agent: User, head: User) -> None:
        others = (
            make_user(Role.SUPERVISOR, "fiscalizacion"),
            make_user(Role.SUPERVISOR, "alcaldia"),
            make_user(Role.AGENT, "atencion_ciudadano"),
            make_user(Role.AUDITOR, "alcaldia"),
        )
        post(client, agent, paso="llamar", donde="counter")

        assert "Rosa Huamán necesita apoyo ahora" in heard(client, head)
        assert "en la ventanilla" in heard(client, head)
        assert all(not heard(client, each).strip() for each in (*others, agent))

    def test_rings_further_up_after_two_minutes(self, client: Client, agent: User, head: User) -> None:
        above = make_user(Role.SUPERVISOR, "alcaldia")
        post(client, agent, paso="llamar")
        SupportCall.objects.update(called_at=timezone.now() - timedelta(minutes=2))

        assert "necesita apoyo" in heard(client, above)

    def test_of_the_only_supervisor_rings_above_at_once(self, client: Client, head: User) -> None:
        above = make_user(Role.SUPERVISOR, "alcaldia")
        post(client, head, paso="llamar")

        assert "Carmen Jefa necesita apoyo" in heard(client, above)
        assert not heard(client, head).strip()

    def test_is_heard_by_a_desk_that_was_told_that_nothing_rings(self, client: Client, agent: User, head: User) -> None:
        client.force_login(head)
        tag = client.get("/mesa/alarmas/").headers["ETag"]
        assert client.get("/mesa/alarmas/", headers={"If-None-Match": tag}).status_code == 304
        post(client, agent, paso="llamar")
        client.force_login(head)

        assert client.get("/mesa/alarmas/", headers={"If-None-Match": tag}).status_code == 200

    def test_is_silent_once_somebody_goes_and_says_who(self, client: Client, agent: User, head: User) -> None:
        post(client, agent, paso="llamar")
        before = page(client, agent, f"{PAGE}?estado=1")
        post(client, head, TEAM, va=SupportCall.objects.get().pk)

        assert "Llamando a Carmen Jefa" in before
        assert "Carmen Jefa ya va" in page(client, agent, f"{PAGE}?estado=1")
        assert not heard(client, head).strip()

    def test_is_not_made_twice_nor_answered_by_who_has_no_say(self, client: Client, agent: User, head: User) -> None:
        for _ in range(2):
            post(client, agent, paso="llamar")
        call = SupportCall.objects.get()
        stranger = make_user(Role.SUPERVISOR, "fiscalizacion")
        post(client, stranger, TEAM, va=call.pk)

        call.refresh_from_db()
        assert call.answered_at is None


class TestAnIncident:
    def test_is_read_by_supervisors_alone(self, client: Client, agent: User, head: User) -> None:
        post(client, agent, paso="anotar", a_quien="A mí", que=SAID)

        assert SAID in page(client, head, TEAM)
        assert SAID not in page(client, agent)
        assert SAID not in page(client, make_user(Role.SUPERVISOR, "fiscalizacion"), TEAM)
        for role in (Role.AGENT, Role.ANALYST, Role.AUDITOR, Role.TRAINER, Role.ADMINISTRATOR):
            client.force_login(make_user(role, "atencion_ciudadano"))
            assert client.get(TEAM).status_code == 403

    def test_rings_nowhere_by_itself_and_joins_the_call_of_just_now(
        self, client: Client, agent: User, head: User
    ) -> None:
        post(client, agent, paso="anotar", que=SAID)
        assert not heard(client, head).strip()
        post(client, agent, paso="llamar")
        post(client, agent, paso="anotar", que="Vino otra vez.")

        assert SupportCall.objects.count() == 2
        assert SupportCall.objects.get(said="Vino otra vez.").called_at is not None

    def test_needs_a_word(self, client: Client, agent: User) -> None:
        assert post(client, agent, paso="anotar", a_quien=" ", que="") == 422

    def test_is_not_for_who_attends_nobody(self, client: Client) -> None:
        assert post(client, make_user(Role.ANALYST, "alcaldia"), paso="anotar", que=SAID) == 403
