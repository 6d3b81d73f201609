"""What the staff does to a case, each verb an address of its own: the version checked, the command called once."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from cercana.api.callers import ApiRequest
from cercana.api.changes import answered
from cercana.api.operations import View, changing, check_version
from cercana.api.scopes import Scope
from cercana.api.shapes.cases import Changed
from cercana.cases.queries import Case


def act(
    router: Router, verb: str, summary: str, *, about: str = "", scope: Scope = Scope.WRITE
) -> Callable[[Callable[..., Case]], View]:
    """
    Have ``POST /cases/{number}/verb`` do what the decorated function does to the case ``number``.

    The function returns the case as its command left it.
    """

    def declare(do: Callable[..., Case]) -> View:
        @wraps(do)
        def acted(request: ApiRequest, number: str, **given: object) -> HttpResponse:
            check_version(request, request.caller.actor, number)
            return answered(do(request, number, **given))

        name = verb.replace("-", "_").replace("/", "_")
        path = f"/cases/{{number}}/{verb}"
        declared = changing(
            router, path, name=name, scope=scope, answer=Changed, summary=summary, about=about, status=HTTPStatus.OK
        )
        return declared(acted)

    return declare
