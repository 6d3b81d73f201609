"""Files: sent before a case is registered, added to one, and opened once they were looked at."""

import uuid
from http import HTTPStatus

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import File, Router, UploadedFile

from cercana.api.answers import changed
from cercana.api.callers import ApiRequest
from cercana.api.changes import answered
from cercana.api.holding import CaseCode, check_message, holder_of
from cercana.api.numbers import CaseNumber
from cercana.api.operations import changing, check_version, fetching
from cercana.api.registering import secret_of_files
from cercana.api.scopes import Scope
from cercana.api.shapes.cases import Changed
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.files import FileTaken
from cercana.cases import commands, queries
from cercana.cases.commands import IncomingFile
from cercana.rules.acts import Act
from cercana.ui.downloads import download

router = Router(tags=["Archivos"])
_ABOUT = "Fotos, videos o documentos de hasta 25 MB. «group» es un UUID que se elige y va después en «files»."


@changing(
    router, "/citizen/files/{group}", name="citizen_send_file", scope=Scope.CITIZEN, answer=FileTaken,
    status=HTTPStatus.CREATED, summary="Subir un archivo antes de registrar", about=_ABOUT,
)  # fmt: skip
def citizen_send(request: ApiRequest, group: uuid.UUID, file: File[UploadedFile]) -> HttpResponse:
    """Keep a file for the case of somebody who is still writing it."""
    return _kept(request, group, file)


@changing(
    router, "/files/{group}", name="send_file", scope=Scope.REGISTER, answer=FileTaken,
    status=HTTPStatus.CREATED, summary="Subir un archivo antes de registrar, como personal", about=_ABOUT,
)  # fmt: skip
def send(request: ApiRequest, group: uuid.UUID, file: File[UploadedFile]) -> HttpResponse:
    """Keep a file for a case that a member of staff is about to register."""
    return _kept(request, group, file)


@changing(
    router, "/citizen/files/{group}/{key}/remove", name="citizen_remove_file", scope=Scope.CITIZEN, answer=Done,
    summary="Quitar un archivo antes de registrar",
)  # fmt: skip
def citizen_remove(request: ApiRequest, group: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Forget a file of a case that somebody is still writing."""
    return _removed(request, group, key)


@changing(
    router, "/files/{group}/{key}/remove", name="remove_file", scope=Scope.REGISTER, answer=Done,
    summary="Quitar un archivo antes de registrar, como personal",
)  # fmt: skip
def remove(request: ApiRequest, group: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Forget a file of a case that a member of staff is about to register."""
    return _removed(request, group, key)


@changing(
    router, "/citizen/cases/{number}/files", name="citizen_attach", scope=Scope.CITIZEN, answer=Changed,
    status=HTTPStatus.CREATED, summary="Añadir un archivo al propio caso",
)  # fmt: skip
def citizen_attach(request: ApiRequest, number: CaseNumber, code: CaseCode, file: File[UploadedFile]) -> HttpResponse:
    """Add a file that the citizen sends along."""
    actor = holder_of(request, number, code)
    check_message(request, number, files=1)
    check_version(request, actor, number)
    commands.attach(number=number, files=[_incoming(file)], actor=actor, now=request.now)
    return answered(queries.case_for(actor, Act.VIEW, number=number), status=HTTPStatus.CREATED)


@changing(
    router, "/cases/{number}/files", name="attach", scope=Scope.WRITE, answer=Changed, status=HTTPStatus.CREATED,
    summary="Añadir un archivo a un caso", about="Con «internal=true» en la dirección, la persona no lo ve.",
)  # fmt: skip
def attach(
    request: ApiRequest, number: CaseNumber, file: File[UploadedFile], *, internal: bool = False
) -> HttpResponse:
    """Add a file to a case."""
    actor = request.caller.actor
    check_version(request, actor, number)
    commands.attach(number=number, files=[_incoming(file)], actor=actor, now=request.now, is_internal=internal)
    return answered(queries.case_for(actor, Act.VIEW, number=number), status=HTTPStatus.CREATED)


@fetching(
    router, "/citizen/cases/{number}/files/{key}", name="citizen_file", scope=Scope.CITIZEN,
    summary="Abrir un archivo del propio caso",
)  # fmt: skip
def citizen_file(request: ApiRequest, number: CaseNumber, key: uuid.UUID, code: CaseCode) -> HttpResponseBase:
    """Give out a file to whoever holds the case."""
    found = queries.file_of(holder_of(request, number, code), number=number, key=key)
    return download(found.path, found.name, found.content_type)


@fetching(
    router, "/cases/{number}/files/{key}", name="file", scope=Scope.READ, summary="Abrir un archivo de un caso",
)  # fmt: skip
def file(request: ApiRequest, number: CaseNumber, key: uuid.UUID) -> HttpResponseBase:
    """Give out a file; the look is recorded."""
    actor = request.caller.actor
    found = queries.file_of(actor, number=number, key=key)
    queries.record_look(actor, number, what="archivo", now=request.now)
    return download(found.path, found.name, found.content_type)


def _kept(request: ApiRequest, group: uuid.UUID, file: UploadedFile) -> HttpResponse:
    draft = commands.open_draft(secret=secret_of_files(request.caller.client_id, group), now=request.now)
    taken = commands.attach_to_draft(draft=draft, file=_incoming(file), keeps_location=False, now=request.now)
    shape = FileTaken(
        key=taken.key, name=taken.name, size=taken.size, content_type=taken.content_type, state=taken.state
    )
    return changed(shape, status=HTTPStatus.CREATED)


def _removed(request: ApiRequest, group: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Forget a file of one's own group; nothing happens if it is not there."""
    draft = queries.find_draft(secret_of_files(request.caller.client_id, group))
    is_there = draft is not None and key in {each.key for each in draft.files}
    if is_there:
        opened = commands.open_draft(secret=secret_of_files(request.caller.client_id, group), now=request.now)
        commands.detach_from_draft(draft=opened, key=key)
    return changed(Done(done=int(is_there)), status=HTTPStatus.OK)


def _incoming(file: UploadedFile) -> IncomingFile:
    return IncomingFile(file.name or "", file.size or 0, file.chunks())
