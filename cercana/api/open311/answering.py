"""What every answer of Open311 carries, and how it refuses: the two formats of the specification, and its codes."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from cercana.api.open311.formats import Content, Rows, written
from cercana.rules.errors import DomainError

if TYPE_CHECKING:
    from cercana.api.limits import Allowance

PREFIX = "/open311/"
# The specification knows no 401, and calls whatever a report gets wrong 400.
_STATUSES = {
    HTTPStatus.UNAUTHORIZED: HTTPStatus.FORBIDDEN,
    HTTPStatus.CONFLICT: HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.BAD_REQUEST,
}


def answer(request: HttpRequest, root: str, content: Content, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Return ``content`` with what is left of the allowance; scripts of any site may read what is public anyway."""
    response = written(request, root, content, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    allowance: Allowance | None = getattr(request, "allowance", None)
    if allowance is not None:
        for name, value in allowance.fields.items():
            response.headers[name] = value
    return response


def refused(request: HttpRequest, refusal: DomainError, message: str) -> HttpResponse:
    """Return ``refusal`` as the specification has errors told: each with the status as its code, and why."""
    status = _STATUSES.get(HTTPStatus(refusal.status), refusal.status)
    errors = Rows("error", [{"code": int(status), "description": message}])
    return answer(request, "errors", errors, status=status)
