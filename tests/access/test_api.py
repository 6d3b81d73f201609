"""Every address of the API, without a token, with a wrong one and with one made for something else."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from cercana.api.interface import api
from cercana.api.scopes import Scope
from cercana.cases.models import Event
from tests.access.town import DOORS, Town, members
from tests.api.calling import System, connect

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db

_CASE = "/api/v1/cases/{number}"

# The method, the path and the body that the description gives as an example.
Operation = tuple[str, str, Any]
_SHUT = sorted(name for name, scope in DOORS["api"].items() if scope != "public")


def _operations() -> Iterator[tuple[str, Operation]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            yield operation["operationId"], (method, path, content.get("example", {}))


@pytest.fixture(scope="module")
def operations() -> Mapping[str, Operation]:
    """Return the method, path and body of every operation."""
    return dict(_operations())


def _ask(system: System, operation: Operation, number: str) -> int:
    method, path, body = operation
    address = path.removeprefix("/api/v1")
    names = {"{number}": number, "{key}": str(uuid.UUID(int=1)), "{group}": str(uuid.UUID(int=2))}
    for name, value in {**names, "{turn}": "1", "{absence}": "1", "{sequence}": "1"}.items():
        address = address.replace(name, value)
    return (system.get(address) if method == "get" else system.post(address, body)).status


class TestADoorOfTheApi:
    def test_has_the_scope_of_the_table(self) -> None:
        for methods in api.get_openapi_schema()["paths"].values():
            for operation in methods.values():
                found = operation.get("security", [{"token": ["public"]}])[0]["token"]
                assert found == [DOORS["api"][operation["operationId"]]]

    @pytest.mark.parametrize("door", _SHUT)
    def test_opens_to_its_scope_alone(self, town: Town, operations: Mapping[str, Operation], door: str) -> None:
        number = town.cases["in_follow_up"].number
        wanted = Scope(DOORS["api"][door])
        others = connect(town.users["owner"], *(scope for scope in Scope if scope is not wanted))

        assert _ask(System(others.client, ""), operations[door], number) == 401
        assert _ask(System(others.client, "cer_invented"), operations[door], number) == 401
        assert _ask(others, operations[door], number) == 403

    @pytest.mark.parametrize("who", ["stranger", "trainer", "administrator", "nobody", "duty_off"])
    def test_of_a_case_is_shut_to_who_may_not_know_of_it(
        self, town: Town, operations: Mapping[str, Operation], who: str
    ) -> None:
        case = town.cases["in_follow_up"]
        events = Event.objects.count()
        system = connect(town.users[who])
        # A file travels in no JSON: who sends it is asked the same by the command.
        doors = {name: each for name, each in operations.items() if each[1].startswith(_CASE) and name != "attach"}

        heard = {name: _ask(system, operation, case.number) for name, operation in doors.items()}

        assert {name: status for name, status in heard.items() if status != 404} == {}
        assert Event.objects.count() == events
        assert len(doors) > 40

    def test_shows_a_case_to_those_of_the_table(self, town: Town) -> None:
        for situation, names in DOORS["look"].items():
            number = town.cases[situation].number
            heard = {who: connect(user).get(f"/cases/{number}").status for who, user in town.users.items()}
            assert {who for who, status in heard.items() if status == 200} == members(names), situation
