"""People as the staff reads them: found, and uncovered by a look that is recorded."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.accounts import queries as accounts
from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.operations import asking, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import (
    CodeUncovered,
    MemberShown,
    MembersShown,
    PeopleFound,
    PersonFoundShown,
    PersonUncovered,
)
from cercana.api.shapes.listing import PeopleAsked
from cercana.cases import queries
from cercana.cases.errors import RegistrationRefused
from cercana.citizens import queries as citizens
from cercana.conversation.queries import Access, code_for
from cercana.rules import entitlements
from cercana.rules.acts import Act
from cercana.rules.promises import to_lima

router = Router(tags=["Personas, para el personal"])


@asking(
    router, "/people/search", name="people", scope=Scope.READ, answer=PeopleFound, summary="Buscar a una persona",
    about="Para quien registra casos. Queda anotado que se buscó; lo buscado, no.",
)  # fmt: skip
def people(request: ApiRequest, asked: Annotated[PeopleAsked, Body()]) -> HttpResponse:
    """List who may be meant."""
    actor = request.caller.actor
    if not entitlements.may_register(actor).allowed:
        raise RegistrationRefused
    found = citizens.find_people(asked.q)
    if found:
        queries.record_people_search(actor, now=request.now)
    lines = [
        PersonFoundShown(
            key=each.key,
            name=each.name,
            masked_document=each.masked_document,
            is_verified=each.is_verified,
            case_count=each.case_count,
        )
        for each in found
    ]
    return shown(request, PeopleFound(people=lines))


@reading(
    router, "/cases/{number}/person", name="person", scope=Scope.READ, answer=PersonUncovered,
    summary="Ver los datos de la persona de un caso",
)  # fmt: skip
def person(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Show document, contacts and, to those who may, the reasons for preferential attention; the look is recorded."""
    actor = request.caller.actor
    row = queries.record_look(actor, number, what="datos de la persona", now=request.now)
    known = citizens.profile(row.citizen_id, case=row.key)
    sensitive = queries.may_do(actor, row, Act.VIEW_SENSITIVE)[Act.VIEW_SENSITIVE]
    return shown(
        request,
        PersonUncovered(
            key=known.key,
            name=known.name,
            document_type=known.document_type,
            document_number=known.document_number,
            is_verified=known.is_verified,
            language=known.language,
            channel=known.channel,
            no_contact_reason=known.no_contact_reason,
            emails=list(known.emails),
            phones=list(known.phones),
            addresses=list(known.addresses),
            preferences=citizens.vulnerabilities_of(row.citizen_id) if sensitive else [],
        ),
    )


@reading(
    router, "/cases/{number}/code", name="code", scope=Scope.READ, answer=CodeUncovered,
    summary="Ver el código de seguimiento",
)  # fmt: skip
def code(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Show the code with which the citizen follows the case; the look is recorded."""
    row = queries.record_look(
        request.caller.actor, number, what="código de seguimiento", now=request.now, act=Act.SHOW_CODE
    )
    return shown(request, CodeUncovered(number=number, code=code_for(Access(row.key, row.access_generation))))


@reading(
    router, "/cases/{number}/members", name="members", scope=Scope.READ, answer=MembersShown,
    summary="Ver a quién se puede asignar un caso",
)  # fmt: skip
def members(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """List who may own the case, to who may assign it."""
    case = queries.case_for(request.caller.actor, Act.ASSIGN, number=number)
    found = accounts.members_of(case.area_id, to_lima(request.now).date())
    return shown(request, MembersShown(members=[MemberShown(id=each.pk, name=each.full_name) for each in found]))
