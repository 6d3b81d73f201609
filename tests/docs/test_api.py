"""The page about the API names every operation, scope and event that there is."""

from cercana.api.interface import PREFIX, api
from cercana.api.scopes import SCOPE_LABELS
from cercana.api.webhooks.commands import TOLD
from tests.docs.pages import page, table

_PAGE = "referencia/api.md"


class TestTheApi:
    def test_has_every_operation_with_its_scope_on_the_page(self) -> None:
        known = {}
        for path, methods in api.get_openapi_schema()["paths"].items():
            for method, operation in methods.items():
                scope = operation.get("security", [{"token": ["–"]}])[0]["token"][0]
                known[f"{method.upper()} {path.removeprefix(PREFIX)}"] = (scope, operation["summary"])

        assert {row["Operación"]: (row["Permiso"], row["Qué hace"]) for row in table(_PAGE, "Operación")} == known

    def test_has_every_scope_on_the_page(self) -> None:
        scopes = {scope.value: label for scope, label in SCOPE_LABELS.items()}

        assert {row["Permiso"]: row["Para qué"] for row in table(_PAGE, "Permiso")[: len(scopes)]} == scopes

    def test_has_every_event_on_the_page(self) -> None:
        assert not [each.value for each in TOLD if f"`{each.value}`" not in page(_PAGE)]
