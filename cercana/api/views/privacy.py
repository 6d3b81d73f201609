"""Erasing people at their wish, for the officer of data protection."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import asking, changing
from cercana.api.scopes import Scope
from cercana.api.shapes.privacy import Erased, ErasureGiven, FileAsked, PeopleOnFile, PersonOnFileShown
from cercana.cases import commands, queries

router = Router(tags=["Datos personales"])


@asking(
    router, "/people/on-file", name="people_on_file", scope=Scope.PRIVACY, answer=PeopleOnFile,
    summary="Buscar qué se guarda de una persona", about="Queda anotado que se buscó; lo buscado, no.",
)  # fmt: skip
def on_file(request: ApiRequest, given: Annotated[FileAsked, Body()]) -> HttpResponse:
    """List who may be meant, with how much is kept about each."""
    found = queries.find_people_on_file(request.caller.actor, given.q, now=request.now)
    return shown(request, PeopleOnFile(people=[PersonOnFileShown.model_validate(each) for each in found]))


@changing(
    router, "/people/erase", name="erase_people", scope=Scope.PRIVACY, answer=Erased,
    summary="Borrar los datos de una persona",
    about="No se puede deshacer. De sus casos quedan los hechos, sin nombres ni palabras.",
)  # fmt: skip
def erase(request: ApiRequest, given: Annotated[ErasureGiven, Body()]) -> HttpResponse:
    """Erase all entries of one person, or none of them."""
    keys = list(dict.fromkeys(given.people))
    done = commands.erase_people(keys, reason=given.reason, actor=request.caller.actor, now=request.now)
    return changed(Erased(people=done.people, cases=done.cases), status=HTTPStatus.OK)
