"""How an address becomes an operation: its scope and description; changes happen once for each key."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeAlias, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from cercana.api.answers import version_in
from cercana.api.callers import ApiRequest, Caller, caller_of
from cercana.api.errors import VersionPassed
from cercana.api.repeating import once
from cercana.api.scopes import Scope
from cercana.cases import queries
from cercana.rules.access import Actor
from cercana.rules.acts import Act

# Whatever arguments an operation has.
View: TypeAlias = Callable[..., Any]


class Door:
    """Lets a call in that has a token for ``scope``, and gives it its caller and the moment at which it is judged."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        """Return who calls; raise a refusal."""
        call = cast("ApiRequest", request)
        call.now = timezone.now()
        call.caller = caller_of(request, self.scope, call.now)
        return call.caller


def reading(
    router: Router,
    path: str,
    *,
    name: str,
    scope: Scope,
    answer: type[BaseModel],
    summary: str,
    about: str = "",
) -> Callable[[View], View]:
    """Have ``path`` answer GET with what a query finds."""

    def declare(view: View) -> View:
        router.get(
            path,
            auth=Door(scope),
            response={HTTPStatus.OK: answer},
            by_alias=True,
            operation_id=name,
            url_name=name,
            summary=summary,
            description=about or summary,
            openapi_extra=_extra(scope),
        )(view)
        return view

    return declare


def asking(
    router: Router, path: str, *, name: str, scope: Scope, answer: type[BaseModel], summary: str, about: str = ""
) -> Callable[[View], View]:
    """Have ``path`` answer POST with what is said of a text that comes along; nothing changes, so no key is needed."""

    def declare(view: View) -> View:
        router.post(
            path,
            auth=Door(scope),
            response={HTTPStatus.OK: answer},
            by_alias=True,
            operation_id=name,
            url_name=name,
            summary=summary,
            description=about or summary,
            openapi_extra=_extra(scope),
        )(view)
        return view

    return declare


def telling(
    router: Router, path: str, *, name: str, scope: Scope, answer: type[BaseModel], summary: str, about: str
) -> Callable[[View], View]:
    """Have ``path`` keep what POST tells; told twice it changes nothing, so that it needs no key."""
    return asking(router, path, name=name, scope=scope, answer=answer, summary=summary, about=about)


def fetching(
    router: Router,
    path: str,
    *,
    name: str,
    scope: Scope,
    summary: str,
    content_type: str = "application/octet-stream",
) -> Callable[[View], View]:
    """Have ``path`` answer GET with a file."""
    content = {content_type: {"schema": {"type": "string", "format": "binary"}}}

    def declare(view: View) -> View:
        router.get(
            path,
            auth=Door(scope),
            operation_id=name,
            url_name=name,
            summary=summary,
            description=summary,
            openapi_extra={
                **_extra(scope),
                "responses": {HTTPStatus.OK: {"description": "El archivo, con su tipo.", "content": content}},
            },
        )(view)
        return view

    return declare


def changing(
    router: Router,
    path: str,
    *,
    name: str,
    scope: Scope,
    answer: type[BaseModel],
    summary: str,
    about: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    method: str = "POST",
) -> Callable[[View], View]:
    """Have ``path`` do what a command does, once for each idempotency key."""

    def declare(view: View) -> View:
        @wraps(view)
        def keyed(request: ApiRequest, **given: object) -> HttpResponseBase:
            return once(request.caller.client_id, request, lambda: view(request, **given), now=request.now)

        router.api_operation(
            [method],
            path,
            auth=Door(scope),
            response={status: answer},
            by_alias=True,
            operation_id=name,
            url_name=name,
            summary=summary,
            description=about or summary,
            openapi_extra={**_extra(scope), "x-changes": True},
        )(keyed)
        return view

    return declare


def check_version(request: HttpRequest, actor: Actor, number: str) -> None:
    """Raise VersionPassed if If-Match names another version of the case; from here on nobody else changes it."""
    tag = request.headers.get("If-Match")
    if tag is None or tag.strip() == "*":
        return
    case = queries.case_for(actor, Act.VIEW, number=number, lock=True)
    if version_in(tag) != case.last_sequence:
        raise VersionPassed(version=case.last_sequence)


def _extra(scope: Scope) -> dict[str, Any]:
    return {"security": [{"token": [scope.value]}, {"oauth": [scope.value]}]}
