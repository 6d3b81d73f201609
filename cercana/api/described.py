"""The description of the API (OpenAPI 3.1): what django-ninja writes, completed with what holds for all operations."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeAlias

from cercana.api.examples import Examples
from cercana.api.repeating import KEY_PATTERN
from cercana.api.scopes import SCOPE_LABELS
from cercana.api.shapes.problems import Problem

# Whatever JSON holds.
Json: TypeAlias = Any

PROBLEM = "application/problem+json"
_ABOUT = {
    HTTPStatus.BAD_REQUEST: "La llamada no se entiende.",
    HTTPStatus.UNAUTHORIZED: "Falta el token, o no vale.",
    HTTPStatus.FORBIDDEN: "El token o la cuenta no alcanzan para esto.",
    HTTPStatus.NOT_FOUND: "No existe, o esta cuenta no puede saberlo.",
    HTTPStatus.CONFLICT: "Una regla del servicio lo impide, o la Idempotency-Key es de otra llamada.",
    HTTPStatus.PRECONDITION_FAILED: "El caso cambió desde la versión de If-Match.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "La llamada trae demasiado.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "El cuerpo no se envió como se describe.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Los datos no tienen la forma que dice esta descripción.",
    HTTPStatus.TOO_MANY_REQUESTS: "Demasiadas llamadas; Retry-After dice cuánto esperar.",
}
_OF_ALL = (400, 401, 403, 404, 409, 422, 429)
_OF_CHANGES = (*_OF_ALL, 412, 413, 415)
_METHODS = ("get", "post", "put", "delete")
_LIMITS = {
    "RateLimit": {
        "description": "Lo que queda (r) y en cuántos segundos se repone todo (t).",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {"description": "Cuántas llamadas (q) por cuántos segundos (w).", "schema": {"type": "string"}},
}
_TAG = {"ETag": {"description": "La versión de lo leído.", "schema": {"type": "string"}}}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Una clave al azar por cada cambio: al repetir la llamada se repite la respuesta.",
    "schema": {"type": "string", "pattern": KEY_PATTERN},
    "example": "0c6f7a52-4b0e-4a3e-9a55-0b6f9d3c2f11",
}
_OF_RECEIPT = {name: f"$response.body#/{name}" for name in ("number", "code")}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "El ETag que ya se tiene: si nada cambió, la respuesta es 304 y sin cuerpo.",
    "schema": {"type": "string"},
}


def completed(schema: dict[str, Json], token_url: str) -> dict[str, Json]:
    """Return ``schema`` with ways to sign in, refusals and header fields of every operation."""
    components = schema["components"]
    # The shape of refusals is of no operation in particular, so it comes in here.
    refusal = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"].update(refusal.pop("$defs", {}))
    components["schemas"]["Problem"] = refusal
    components["securitySchemes"] = _ways_in(token_url)
    _link(schema["paths"])
    examples = Examples(components)
    for method, operation in _operations(schema):
        _exemplify(operation, examples)
        if "security" in operation:
            _complete(method, operation)
        else:
            _add_refusals(operation, (422, 429))
            _add_refusal_before(operation)
    return schema


def _exemplify(operation: dict[str, Json], examples: Examples) -> None:
    """Give every body of ``operation`` that is JSON an example."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for content in (body.get("content", {}).get("application/json") for body in bodies):
        if content is not None:
            content["example"] = examples.of(content["schema"])


def _link(paths: dict[str, Json]) -> None:
    """Say where the number and code of a receipt lead: to every operation on the case."""
    for beginning, code in (
        ("/api/v1/cases", {}),
        ("/api/v1/citizen/cases", {"header.Case-Code": _OF_RECEIPT["code"]}),
    ):
        case = f"{beginning}/{{number}}"
        links = {
            operation["operationId"]: {
                "operationId": operation["operationId"],
                "parameters": {"path.number": _OF_RECEIPT["number"], **code},
            }
            for path, methods in paths.items()
            if path == case or (path.startswith(case) and "{key}" not in path)
            for operation in methods.values()
        }
        paths[beginning]["post"]["responses"][HTTPStatus.CREATED]["links"] = links


def _operations(schema: dict[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    for path in schema["paths"].values():
        yield from ((method, path[method]) for method in _METHODS if method in path)


def _complete(method: str, operation: dict[str, Json]) -> None:
    changes = operation.pop("x-changes", False)
    for answer in operation["responses"].values():
        answer["headers"] = {**_LIMITS, **_TAG}
    if changes:
        operation["parameters"].append(_KEY)
        operation["description"] += (
            "\n\nCon «If-Match» y la versión de un caso, el cambio se hace solo si el caso sigue en ella (si no, 412)."
        )
    elif method == "get":
        operation["parameters"].append(_IF_NONE_MATCH)
        operation["responses"]["304"] = {"description": "Nada cambió.", "headers": {**_LIMITS, **_TAG}}
    _add_refusals(operation, _OF_CHANGES if method != "get" else _OF_ALL)


def _add_refusals(operation: dict[str, Json], statuses: tuple[int, ...]) -> None:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in statuses:
        answer: dict[str, Json] = {"description": _ABOUT[HTTPStatus(status)], "content": content}
        operation["responses"].setdefault(str(status), answer)


def _add_refusal_before(operation: dict[str, Json]) -> None:
    """Say that a form may be refused as a whole, before OAuth has words for it: such as one that holds a NUL."""
    refusals = {int(status): answer for status, answer in operation["responses"].items()}
    refusals[HTTPStatus.BAD_REQUEST]["content"][PROBLEM] = {"schema": {"$ref": "#/components/schemas/Problem"}}


def _ways_in(token_url: str) -> dict[str, Json]:
    scopes = {scope.value: label for scope, label in SCOPE_LABELS.items()}
    return {
        "token": {"type": "http", "scheme": "bearer", "description": "Un token hecho por un administrador."},
        "oauth": {
            "type": "oauth2",
            "description": "Un token corto, pedido con el identificador y el secreto del sistema.",
            "flows": {"clientCredentials": {"tokenUrl": token_url, "scopes": scopes}},
        },
    }
