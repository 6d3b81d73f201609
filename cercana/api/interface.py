"""The API as a whole: its parts, its description, and how it refuses."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from cercana.api.bodies import StrictParser
from cercana.api.described import completed
from cercana.api.refusing import let_pass, refuse_body, refuse_fields, refuse_form
from cercana.api.views import (
    acts,
    alarm_targets,
    attending,
    calendar_moves,
    callbacks,
    calls,
    cases,
    catalogue,
    citizen,
    citizen_notices,
    contacts,
    danger,
    desk,
    devices,
    figures,
    files,
    guide,
    kept_views,
    letters,
    oauth,
    people,
    privacy,
    reading_help,
    roster,
    support,
    texts,
    turns,
    watching,
    windows,
    work,
)
from cercana.rules.errors import DomainError

PREFIX = "/api/v1"
_ABOUT = """
Por aquí trabajan con los casos la app de la institución y otros sistemas, con las mismas reglas que las personas.

Los cambios llevan «Idempotency-Key», de modo que se pueden repetir sin miedo. Los rechazos son Problem Details
(RFC 9457): 422 si los datos no tienen la forma descrita, 409 si una regla del servicio lo impide.
""".strip()


class CercanaApi(NinjaAPI):
    """The API, whose description says also what holds for every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the complete description."""
        schema = super().get_openapi_schema(path_prefix=PREFIX, path_params=path_params)
        completed(schema, f"{PREFIX}/oauth/token")
        return schema


api = CercanaApi(
    title="Cercana",
    version="1",
    description=_ABOUT,
    urls_namespace="api",
    docs_url=None,
    parser=StrictParser(),
    servers=[{"url": settings.PUBLIC_URL}],
)
for each in (
    oauth, catalogue, citizen, files, desk, cases, people, reading_help, acts, work, danger, calls, contacts, watching,
    roster, privacy, texts, callbacks, attending, turns, windows, devices, letters, figures, calendar_moves,
    alarm_targets, citizen_notices, kept_views, guide, support,
):  # fmt: skip
    api.add_router("", each.router)
api.add_exception_handler(ValidationError, refuse_fields)
api.add_exception_handler(HttpError, refuse_body)
api.add_exception_handler(RawPostDataException, refuse_form)
for kind in (DomainError, Http404, Exception):
    api.add_exception_handler(kind, let_pass)
