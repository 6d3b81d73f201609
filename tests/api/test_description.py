"""The description of the API is complete and true: schemathesis, who believes every word of it, finds nothing wrong."""

import uuid
from collections.abc import Iterator

import jsonschema_rs
import requests
from pydantic import BaseModel

from cercana.api.interface import api
from cercana.api.scopes import Scope
from cercana.api.shapes.words import Given, Shown
from tests.api.calling import make_case_given
from tests.command_line.installation import Installation, copied
from tools.fuzz_api import fuzz

_SECONDS = 40


class TestTheDescription:
    def test_gives_every_operation_words(self) -> None:
        schema = api.get_openapi_schema()
        assert schema["openapi"].startswith("3.1")
        for path, methods in schema["paths"].items():
            for operation in methods.values():
                assert operation["summary"], path
                assert operation["description"], path
                assert operation["tags"], path

    def test_gives_every_body_an_example_that_fits_it(self) -> None:
        schema = api.get_openapi_schema()
        checked = 0
        for methods in schema["paths"].values():
            for operation in methods.values():
                for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                    if content := body.get("content", {}).get("application/json"):
                        whole = {**content["schema"], "components": schema["components"]}
                        assert jsonschema_rs.is_valid(whole, content["example"]), operation["operationId"]
                        checked += 1
        assert checked > 100

    def test_calls_no_two_things_by_one_name(self) -> None:
        kinds = [kind for root in (Given, Shown) for kind in _below(root) if kind.__module__.startswith("cercana.api")]
        names = [kind.__name__ for kind in kinds]

        assert sorted(name for name in set(names) if names.count(name) > 1) == []

    def test_means_one_thing_by_each_word_that_is_chosen_from(self) -> None:
        named = api.get_openapi_schema()["components"]["schemas"]
        kinds = [kind for root in (Given, Shown) for kind in _below(root) if kind.__module__.startswith("cercana.api")]
        parts = [part for kind in kinds for part in kind.model_json_schema().get("$defs", {}).items()]

        assert {name for name, part in parts if named.get(name, part).get("enum") != part.get("enum")} == set()

    def test_says_how_every_operation_refuses(self) -> None:
        for path, methods in api.get_openapi_schema()["paths"].items():
            for operation in methods.values():
                refusals = {str(status) for status in operation["responses"] if str(status).startswith("4")}
                wanted = {"400", "401", "422"} if path.endswith("/oauth/token") else {"401", "403", "404", "422", "429"}
                assert wanted <= refusals, path


class TestSchemathesis:
    def test_finds_nothing(self, installed: Installation) -> None:
        with copied(installed) as installation, installation.database() as url:
            assert installation.cercana("demo", "base", DATABASE_URL=url).returncode == 0
            token = _token(installation, url)
            installation.start("serve", DATABASE_URL=url)
            address = f"http://127.0.0.1:{installation.port}"
            for _ in range(3):
                _register(address, token)

            done = fuzz(address, token, seconds=_SECONDS)

            installation.close()
            assert done.returncode == 0, done.stdout + done.stderr


def _below(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _below(kind)


def _token(installation: Installation, url: str) -> str:
    """Return a token of a system that acts as the head of everything."""
    scopes = [word for scope in Scope for word in ("--scope", scope.value)]
    account = ("--account", "malarcon@sanisidro.example", "--calls-per-minute", "1000000")
    made = installation.cercana("api", "connect", "fuzz", *account, *scopes, DATABASE_URL=url)
    assert made.returncode == 0, made.stderr
    return installation.cercana("api", "token", "fuzz", DATABASE_URL=url).stdout.strip()


def _register(address: str, token: str) -> None:
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
    made = requests.post(f"{address}/api/v1/citizen/cases", json=make_case_given(), headers=head, timeout=30)
    assert made.status_code == 201, made.text
