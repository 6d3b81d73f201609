"""Cases as the staff works with them: registering, reading one, listing, searching."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Query, Router

from cercana.api.answers import changed, shown
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.operations import asking, changing, reading
from cercana.api.receipts import receipt_shown
from cercana.api.registering import attachments_of, check_staff_names, note_origin
from cercana.api.repeating import client_key_of, key_in
from cercana.api.scopes import Scope
from cercana.api.shapes.cases import CaseLine, CaseList, FoundCases, StaffCase
from cercana.api.shapes.listing import ListAsked, SearchAsked
from cercana.api.shapes.registration import ReceiptShown, RegisteredCaseGiven
from cercana.cases import commands, queries
from cercana.conversation import commands as conversation
from cercana.rules.acts import Act
from cercana.workplace.queries import kept_view

router = Router(tags=["Casos"])


@changing(
    router,
    "/cases",
    name="register",
    scope=Scope.REGISTER,
    answer=ReceiptShown,
    status=HTTPStatus.CREATED,
    summary="Registrar un caso como personal",
    about="Por cualquiera de los cuatro canales. Con la misma Idempotency-Key el caso es siempre el mismo.",
)
def register(request: ApiRequest, given: Annotated[RegisteredCaseGiven, Body()]) -> HttpResponse:
    """Register what reached the institution."""
    actor, client = request.caller.actor, request.caller.client_id
    check_staff_names(given, request.now)
    reception = given.reception(
        client_key=client_key_of(client, key_in(request)),
        attachments=attachments_of(client, given.files),
        needs_review=False,
    )
    if given.contact is None:
        case = commands.register_case(reception, actor=actor, now=request.now)
    else:
        number = conversation.register_contact(key=given.contact, reception=reception, actor=actor, now=request.now)
        case = queries.case_for(actor, Act.VIEW, number=number)
    note_origin(case, given, actor, request.now)
    return changed(receipt_shown(case), status=HTTPStatus.CREATED, version=case.last_sequence)


@reading(
    router,
    "/cases",
    name="list_cases",
    scope=Scope.READ,
    answer=CaseList,
    summary="Listar casos",
    about="Primero los urgentes, después por el tiempo que queda. Queda anotado qué casos se mostraron.",
)
def listing(request: ApiRequest, asked: Annotated[ListAsked, Query()]) -> HttpResponse:
    """Answer with one page of a view."""
    actor = request.caller.actor
    selection = asked.selection if asked.kept is None else kept_view(actor, asked.kept).selection
    page = queries.queue_page(actor, selection, now=request.now, after=asked.place, kept={})
    queries.record_list(actor, page.numbers, what="api", now=request.now)
    following = str(page.next_place) if page.next_place else None
    return shown(request, CaseList(cases=[CaseLine.of(row) for row in page.rows], next=following))


@asking(
    router,
    "/cases/search",
    name="search_cases",
    scope=Scope.READ,
    answer=FoundCases,
    summary="Buscar casos",
    about="Por número, persona, documento, teléfono o palabras. Queda anotado qué se mostró, no qué se buscó.",
)
def search(request: ApiRequest, asked: Annotated[SearchAsked, Body()]) -> HttpResponse:
    """Answer with the cases that fit what is looked for."""
    page = queries.search_cases(request.caller.actor, asked.q, now=request.now, size=asked.limit, after=asked.place)
    following = str(page.next_place) if page.next_place else None
    lines = [CaseLine.of(hit) for hit in page.hits]
    return shown(request, FoundCases(cases=lines, has_more=page.has_more, next=following))


@reading(
    router,
    "/cases/{number}",
    name="case",
    scope=Scope.READ,
    answer=StaffCase,
    summary="Ver un caso",
    about="Con su historia, sus plazos y lo que esta cuenta puede hacer. La consulta queda anotada.",
)
def case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Show a case to the staff."""
    actor = request.caller.actor
    page = queries.page_of_case(actor, number)
    queries.record_case(actor, number, now=request.now)
    return shown(request, StaffCase.of(page), version=page.case.last_sequence)
