"""
How a refusal reaches who asked: a page, a fragment for htmx, JSON, or for other systems Problem Details (RFC 9457).

Its status and its code stand in the log.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import ClassVar

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from cercana.api.open311 import answering as open311
from cercana.rules.errors import DomainError
from cercana.ui.context import appearance

_log = structlog.get_logger(__name__)
_TYPES = ["text/html", "application/json"]
# Below it other systems ask.
API = "/api/"
_OF_FORM = "api."
PROBLEM = "application/problem+json"
_TO_SYSTEMS: Mapping[int, HTTPStatus] = {
    HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.CONFLICT,
    HTTPStatus.GONE: HTTPStatus.NOT_FOUND,
}
_TITLES = {
    400: "La llamada no se entiende",
    401: "Falta identificarse",
    403: "No está permitido",
    404: "No existe",
    405: "El método no se admite",
    409: "No encaja con lo que hay",
    410: "Ya no existe",
    412: "La versión cambió",
    413: "Es demasiado grande",
    415: "El formato no se admite",
    422: "Hay datos que faltan o no valen",
    429: "Demasiadas llamadas",
    500: "Falló el servicio",
}


class FormStale(DomainError):
    """The form was open too long, in another session, or came from another site."""

    code: ClassVar[str] = "config.form_stale"
    message: ClassVar[str] = (
        "Esta página ya no está al día. "
        "Hay que volver atrás, cargarla otra vez y enviar de nuevo: lo escrito sigue ahí."
    )
    status: ClassVar[int] = 403


class PageUnknown(DomainError):
    """No page has this address, or the person may not know of it."""

    code: ClassVar[str] = "config.page_unknown"
    message: ClassVar[str] = "No encontramos esta página. Puede haber un error en la dirección."
    status: ClassVar[int] = 404


class RequestMalformed(DomainError):
    """The browser sent what no form of ours sends."""

    code: ClassVar[str] = "config.request_malformed"
    message: ClassVar[str] = (
        "No entendimos lo que envió el navegador. Suele bastar con cargar la página otra vez y repetir."
    )
    status: ClassVar[int] = 400


class CharacterRefused(DomainError):
    """A NUL character, which no person types and the database does not keep."""

    code: ClassVar[str] = "config.character_refused"
    message: ClassVar[str] = (
        "El texto trae un carácter que no se puede guardar. Hace falta borrarlo y escribir otra vez esa parte."
    )
    status: ClassVar[int] = 400


class ActForbidden(DomainError):
    """The person may know of this page but not use it."""

    code: ClassVar[str] = "config.act_forbidden"
    message: ClassVar[str] = "Esta cuenta no permite esa acción. Si hace falta, se pide a la jefatura inmediata."
    status: ClassVar[int] = 403


class RequestsTooMany(DomainError):
    """More came from one place in a minute than people can send."""

    code: ClassVar[str] = "config.requests_too_many"
    message: ClassVar[str] = "Demasiados intentos. Espere un minuto y vuelva a probar."
    status: ClassVar[int] = 429


class ServerFailed(DomainError):
    """A bug, or a part of the service that is away."""

    code: ClassVar[str] = "config.server_failed"
    message: ClassVar[str] = (
        "Algo falló de nuestro lado y ya quedó registrado. En un minuto se puede intentar otra vez."
    )
    status: ClassVar[int] = 500


class RefusalMiddleware:
    """Answer every DomainError of a view with ``refuse``; any other exception goes on as the bug it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass ``request`` on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal, None for any other exception."""
        return refuse(request, exception) if isinstance(exception, DomainError) else None


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """
    Answer ``request`` with ``refusal`` in the form its sender reads, and log its code.

    A refusal whose ``params`` hold ``retry_after`` (seconds) or ``allow`` (methods) also says so in that header.
    """
    _log.info("refused", error_code=refusal.code, status=refusal.status, method=request.method, path=request.path)
    message = gettext(refusal.message).format(**refusal.params)
    response: HttpResponse
    if request.path.startswith(API):
        response = _problem(refusal, message)
    elif request.path.startswith(open311.PREFIX):
        response = open311.refused(request, refusal, message)
    elif request.get_preferred_type(_TYPES) == "application/json":
        response = JsonResponse({"code": refusal.code, "message": message}, status=refusal.status)
    else:
        template = "ui/_refusal.html" if request.headers.get("HX-Request") == "true" else "ui/refusal.html"
        context = {"code": refusal.code, "message": message, "status": refusal.status, "way_back": _way_back(request)}
        # Not by way of the context processors: what they read may be the very thing that is missing.
        page = render_to_string(template, {**context, "request": request, **appearance(request)})
        response = HttpResponse(page, status=refusal.status)
    retry_after = refusal.params.get("retry_after")
    if isinstance(retry_after, int):
        response["Retry-After"] = str(retry_after)
    if "allow" in refusal.params:
        response["Allow"] = str(refusal.params["allow"])
    return response


def _problem(refusal: DomainError, message: str) -> HttpResponse:
    """
    Return the refusal as Problem Details, whose ``errors`` name the fields at fault if it knows them.

    To other systems 422 says that a call has not the form described; what a rule refuses is 409. What is gone is 404,
    since of a name that somebody invents nobody knows that it ever was.
    """
    is_of_form = refusal.code.startswith(_OF_FORM)
    status = refusal.status if is_of_form else _TO_SYSTEMS.get(refusal.status, refusal.status)
    problem = {
        "type": f"urn:cercana:error:{refusal.code}",
        "title": _TITLES.get(status, "No se pudo"),
        "status": status,
        "detail": message,
        "code": refusal.code,
        **({"errors": refusal.params["errors"]} if "errors" in refusal.params else {}),
    }
    return JsonResponse(problem, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def _way_back(request: HttpRequest) -> tuple[str, str] | None:
    """Return words and address of the link that leads a citizen on from a refusal: to the case, or to try again."""
    match = request.resolver_match
    if match is None or match.app_name != "portal":
        return None
    if number := match.kwargs.get("number"):
        return gettext("Volver a mi caso"), reverse("portal:track", kwargs={"number": number})
    if number := request.POST.get("numero"):
        return gettext("Volver a intentarlo"), f"{request.path}?{urlencode({'numero': number})}"
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that the CSRF check turned away; the technical ``reason`` goes to the log."""
    _log.info("csrf", reason=reason)
    return refuse(request, FormStale())


def page_unknown(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere (Django's handler404)."""
    return refuse(request, PageUnknown())


def request_malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself could not read (handler400)."""
    return refuse(request, RequestMalformed())


def act_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what the person may not do (handler403)."""
    return refuse(request, ActForbidden())


def requests_too_many(request: HttpRequest) -> HttpResponse:
    """Answer what exceeds a limit that allauth watches (its handler429)."""
    return refuse(request, RequestsTooMany(retry_after=60))


def server_failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that a bug or a missing database cut off (handler500), with no look at session or user."""
    bare = HttpRequest()
    bare.META, bare.COOKIES, bare.path, bare.method = request.META, request.COOKIES, request.path, request.method
    return refuse(bare, ServerFailed())
