"""What no form of ours sends: refused in words, and never a failure of the server."""

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.cases import commands
from cercana.cases.errors import ChoiceUnknown
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case, make_user

HTMX = {"hx-request": "true"}
STRANGE_NUMBERS = ("²", "9" * 5000, "-1", "99999999999")


@pytest.fixture
def head(client: Client) -> User:
    user = make_user(Role.SUPERVISOR, "obras_infraestructura")
    client.force_login(user)
    return user


class TestTheNulCharacter:
    @pytest.mark.parametrize(
        ("address", "field"),
        [("nota/", "text"), ("plataforma/", "code"), ("interprete/", "language"), ("escribio/", "channel")],
    )
    @pytest.mark.usefixtures("head")
    def test_is_refused_in_the_fields_of_a_case(self, client: Client, address: str, field: str) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, now=timezone.now())

        response = client.post(f"/mesa/casos/{case.number}/{address}", {field: "a\0b"}, headers=HTMX)

        assert response.status_code == 400
        assert "un carácter que no se puede guardar" in response.content.decode()

    @pytest.mark.usefixtures("head")
    @pytest.mark.parametrize(
        "address", ["/mesa/casos/SI%00/", "/mesa/?area=%00", "/mesa/?%00=x", "/mesa/?desde=0..%00"]
    )
    def test_is_refused_in_addresses(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 400

    @pytest.mark.usefixtures("head")
    @pytest.mark.parametrize("address", ["/mesa/buscar/", "/mesa/buscar/paleta/", "/mesa/atender/personas/"])
    def test_is_refused_in_what_is_looked_for(self, client: Client, address: str) -> None:
        assert client.post(address, {"q": "a\0", "person_query": "Ros\0a"}).status_code == 400


@pytest.mark.usefixtures("head")
class TestNumbers:
    @pytest.mark.parametrize("typed", STRANGE_NUMBERS)
    @pytest.mark.parametrize(("verb", "field"), [("asignar", "owner"), ("tarea", "ordinal"), ("derivar", "seen")])
    def test_that_are_none_are_refused_or_left_aside(self, client: Client, verb: str, field: str, typed: str) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, now=timezone.now())

        response = client.post(f"/mesa/casos/{case.number}/{verb}/", {field: typed}, headers=HTMX)

        assert response.status_code < 500

    @pytest.mark.parametrize("typed", STRANGE_NUMBERS)
    def test_that_are_none_assign_nothing(self, client: Client, typed: str) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, now=timezone.now())

        client.post("/mesa/asignar/casos/", {"caso": case.number, "responsable": typed})

        assert Case.objects.get(pk=case.pk).owner_id == case.owner_id

    @pytest.mark.parametrize("typed", ["0.²,.1", "0..²", "1.99999999999999999999999.1", f"0..{'9' * 5000}"])
    def test_that_are_none_begin_no_page(self, client: Client, typed: str) -> None:
        assert client.get("/mesa/", {"desde": typed}).status_code == 200

    @pytest.mark.parametrize("typed", ["12345", "9" * 300])
    def test_of_nobody_identify_nobody(self, client: Client, typed: str) -> None:
        case = make_case(category="poor_attention", now=timezone.now())
        client.force_login(make_user(Role.SUPERVISOR, "atencion_ciudadano"))

        response = client.post(f"/mesa/casos/{case.number}/identificar/", {"staff": typed}, headers=HTMX)

        assert response.status_code in (404, 422)
        assert Case.objects.get(pk=case.pk).complained_staff_id is None


@pytest.mark.usefixtures("head")
class TestVeryLongSearches:
    def test_are_answered(self, client: Client) -> None:
        make_case(Stage.IN_FOLLOW_UP, now=timezone.now())

        assert "ya me malogró" in client.post("/mesa/buscar/", {"q": "bache " * 400}).content.decode()
        assert client.post("/mesa/buscar/", {"q": f"PR-2026-{'9' * 5000}-A"}).status_code == 200


class TestChoices:
    def test_outside_the_list_never_reach_the_history(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        number = make_case(Stage.IN_FOLLOW_UP, officer=officer).number
        name = "Rosa Quispe, DNI 45678901"

        with pytest.raises(ChoiceUnknown):
            commands.log_conversation(number=number, text="Ya.", means=name, actor=officer, now=NOW)
        with pytest.raises(ChoiceUnknown):
            commands.receive_message(number=number, text="Ya.", channel=name, actor=officer, now=NOW)
        with pytest.raises(ChoiceUnknown):
            commands.abstain(number=number, cause=name, text="Ya.", actor=officer, now=NOW)

    def test_outside_the_list_are_no_way_to_ask_or_notify(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        number = make_case(Stage.ANSWERED, officer=officer).number

        with pytest.raises(ChoiceUnknown):
            commands.attempt_confirmation(number=number, means="", result="Ya.", actor=officer, now=NOW)
        with pytest.raises(ChoiceUnknown):
            commands.notify(number=number, means="paloma", authorised=False, actor=officer, now=NOW)
