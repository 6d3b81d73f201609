"""How an answer leaves: a frozen model as JSON with its entity tag, or word that nothing has changed."""

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from cercana.api.shapes.desk_reads import Done

JSON = "application/json"


def shown(request: HttpRequest, answer: BaseModel, *, version: int | None = None) -> HttpResponse:
    """
    Return a read answer with its entity tag; 304 if the caller has it already (RFC 9110, 13.1.2).

    The tag of a case begins with the ``version`` that If-Match of a change may name.
    """
    body = answer.model_dump_json(by_alias=True).encode()
    tag = tag_of(body, version)
    if tag in _tags_in(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(body, content_type=JSON)
    response.headers["ETag"] = tag
    return response


def changed(answer: BaseModel, *, status: int, version: int | None = None) -> HttpResponse:
    """Return the answer to a change, with the version of the case that it led to."""
    response = HttpResponse(answer.model_dump_json(by_alias=True), status=status, content_type=JSON)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response


def done(status: int = HTTPStatus.OK) -> HttpResponse:
    """Return the answer to a change that leaves nothing to show."""
    return changed(Done(done=1), status=status)


def tag_of(body: bytes, version: int | None) -> str:
    """Return the entity tag of ``body``."""
    digest = hashlib.sha256(body).hexdigest()[:20]
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def version_in(tag: str) -> int | None:
    """Return the version that a tag of If-Match begins with, None if it has none."""
    figures = tag.strip().strip('"').partition(".")[0]
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) <= 9 else None


def _tags_in(field: str) -> set[str]:
    """Return the tags of a field; If-None-Match compares weakly, so that what a proxy weakened still fits."""
    return {each.strip().removeprefix("W/") for each in field.split(",")}
