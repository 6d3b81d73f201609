"""How critical cases were attended, for who watches over them (M5.2)."""

from django.http import HttpResponse
from ninja import Router

from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.operations import reading
from cercana.api.scopes import Scope
from cercana.api.shapes.watching import (
    MarkShown,
    ProtocolShown,
    RejectionShown,
    RejectionsShown,
)
from cercana.cases import queries
from cercana.critical.errors import CaseNotCritical
from cercana.organization import queries as organization
from cercana.rules.critical_states import listed_since

router = Router(tags=["Casos críticos"])


@reading(
    router, "/cases/{number}/protocol", name="protocol", scope=Scope.CRITICAL, answer=ProtocolShown,
    summary="Ver si se cumplió el protocolo de un caso",
)  # fmt: skip
def protocol(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Show what the protocol asked for, kept or missed; raise CaseNotCritical for a case that never was."""
    actor = request.caller.actor
    page = queries.page_of_case(actor, number)
    if not page.marks:
        raise CaseNotCritical(number=number)
    queries.record_case(actor, number, now=request.now)
    marks = [MarkShown.of(each, request.now) for each in page.marks]
    return shown(request, ProtocolShown(number=number, marks=marks))


@reading(
    router, "/rejections", name="rejections", scope=Scope.CRITICAL, answer=RejectionsShown,
    summary="Ver los casos que no eran críticos",
)  # fmt: skip
def rejections(request: ApiRequest) -> HttpResponse:
    """List what was found not critical since the last working day, with the reasons."""
    actor = request.caller.actor
    found = queries.rejections_since(actor, listed_since(request.now, organization.calendar()))
    queries.record_list(actor, [each.number for each in found], what="no críticos", now=request.now)
    return shown(request, RejectionsShown(rejections=[RejectionShown.of(each) for each in found]))
