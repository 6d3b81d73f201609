"""What every answer of the API carries, refusals included: what is left of the allowance, and how to sign in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from cercana.api.limits import Allowance

API = "/api/"


class ApiMiddleware:
    """Adds header fields to what is answered below ``/api/``; nothing of it stays in the cache of anybody between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request``."""
        response = self.get_response(request)
        if request.path.startswith(API):
            _complete(request, response)
        return response


def _complete(request: HttpRequest, response: HttpResponseBase) -> None:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    allowance: Allowance | None = getattr(request, "allowance", None)
    if allowance is not None:
        for name, value in allowance.fields.items():
            response.headers[name] = value
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        refused = ', error="invalid_token"' if "Authorization" in request.headers else ""
        response.headers.setdefault("WWW-Authenticate", f'Bearer realm="Cercana"{refused}')
