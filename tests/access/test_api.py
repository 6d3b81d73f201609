"""Every address of the API, without a token, with a wrong one and with one made for something else."""

import uuid
from collections.abc import Iterator, Mapping

import pytest

from cercana.api.interface import api
from cercana.api.scopes import Scope
from tests.access.town import DOORS, Town
from tests.api.calling import System, connect

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db

Operation = tuple[str, str]
_SHUT = sorted(name for name, scope in DOORS["api"].items() if scope != "public")


def _operations() -> Iterator[tuple[str, Operation]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], (method, path)


@pytest.fixture(scope="module")
def operations() -> Mapping[str, Operation]:
    """Return the method and path of every operation."""
    return dict(_operations())


def _ask(system: System, operation: Operation, number: str) -> int:
    method, path = operation
    address = path.removeprefix("/api/v1")
    for name, value in (("{number}", number), ("{key}", str(uuid.UUID(int=1))), ("{group}", str(uuid.UUID(int=2)))):
        address = address.replace(name, value)
    return (system.get(address) if method == "get" else system.post(address, {})).status


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
