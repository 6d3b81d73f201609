"""How much one request may bring, refused before any of it is read."""

from collections.abc import Callable
from typing import ClassVar

from django.http import HttpRequest, HttpResponseBase

from cercana.config.refusals import refuse
from cercana.rules.errors import DomainError

LARGEST_BODY = 60_000_000


class BodyTooBig(DomainError):
    """The files of one request are too many bytes together."""

    code: ClassVar[str] = "config.body_too_big"
    message: ClassVar[str] = "Los archivos juntos pesan más de {limit} MB. Hay que enviarlos de a pocos."
    status: ClassVar[int] = 413


class BodySizeMiddleware:
    """Turn away what says to be larger than a request may be; without a length nothing is read at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request`` unless it is too big."""
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return refuse(request, BodyTooBig(limit=LARGEST_BODY // 1_000_000))
        return self.get_response(request)
