"""The addresses of GeoReport v2: a call read, a query or the one registration asked, the answer written."""

from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cercana.api.callers import ApiRequest
from cercana.api.models import Origin
from cercana.api.open311.answering import answer
from cercana.api.open311.errors import RequestUnknown, TokenUnknown
from cercana.api.open311.formats import Content, Rows
from cercana.api.open311.listing import Asked, asked_in, reports
from cercana.api.open311.models import Report
from cercana.api.open311.reporting import Point, report_in
from cercana.api.open311.services import definition, services
from cercana.api.repeating import client_key_of, key_in
from cercana.cases import commands, queries
from cercana.cases.queries import Case, ReportsWanted
from cercana.conversation.queries import Access, code_for
from cercana.database import throttle
from cercana.organization import queries as organization
from cercana.rules.access import Actor, ActorKind
from cercana.rules.open_reports import public_coordinate

_PUBLIC = Actor(ActorKind.CITIZEN)
# When what is offered here last changed.
_CHANGESET = "2026-11-27T00:00:00-05:00"
_NOTICE = "Sigue tu reporte en {url} con el número {number} y el código {code}. El código es solo para ti."
_REVIEW_NOTICE = "Recibimos tu reporte. Una persona lo mira antes de publicarlo."


def discovery(request: HttpRequest) -> HttpResponse:
    """Say where the interface is, which formats it speaks and how to get a key."""
    town = organization.municipality()
    endpoint: Content = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{settings.PUBLIC_URL}/open311/v2",
        "changeset": _CHANGESET,
        "type": "test" if town.is_demo else "production",
        "formats": Rows("format", ["text/xml", "application/json"]),
    }
    told: Content = {
        "changeset": _CHANGESET,
        "contact": f"{town.name}. {town.email}, {town.phone}.",
        "key_service": f"La clave (api_key) se pide a {town.email}.",
        "endpoints": Rows("endpoint", [endpoint]),
    }
    return answer(request, "discovery", told)


def list_services(request: HttpRequest) -> HttpResponse:
    """Say what may be reported."""
    return answer(request, "services", Rows("service", [each.shown for each in services()]))


def define_service(request: HttpRequest, code: str) -> HttpResponse:
    """Say what may be answered about a service."""
    return answer(request, "service_definition", definition(code))


def list_requests(request: ApiRequest) -> HttpResponse:
    """Show the public reports that are asked for."""
    return answer(request, "service_requests", reports(asked_in(request, request.now)))


def show_request(request: ApiRequest, number: str) -> HttpResponse:
    """Show one public report."""
    codes = [each.code for each in services()]
    extended = request.GET.get("extensions", "").lower() == "true"
    found = reports(Asked(ReportsWanted(numbers=[number]), codes, page=1, page_size=1, has_extensions=extended))
    if not found.rows:
        raise RequestUnknown(number=number)
    return answer(request, "service_requests", found)


def show_token(request: HttpRequest, token: str) -> HttpResponse:
    """Say which number a report has; none while somebody still has to look at it."""
    report = Report.objects.select_related("case").filter(token=token).first()
    if report is None:
        raise TokenUnknown
    number = None if queries.is_in_review(report.case_id) else report.case.number
    return answer(request, "service_requests", Rows("request", [{"service_request_id": number, "token": token}]))


def report(request: ApiRequest) -> HttpResponse:
    """Register what an app reports; the same key gives the same case again."""
    given = report_in(request)
    client = request.caller.client_id
    key = client_key_of(client, key_in(request)) if "Idempotency-Key" in request.headers else None
    needs_review = throttle.is_person_beyond_usual(given.identities, request.now)
    with transaction.atomic():
        reception = given.reception(client_key=key, needs_review=needs_review)
        case = commands.register_case(reception, actor=_PUBLIC, now=request.now)
        Origin.objects.bulk_create([Origin(case_id=case.pk, client_id=client)], ignore_conflicts=True)
        kept, _ = Report.objects.get_or_create(case_id=case.pk, defaults=_coarse(given.point))
    content = Rows("request", [_receipt(case, kept)])
    return answer(request, "service_requests", content, status=HTTPStatus.CREATED)


def _coarse(point: Point | None) -> dict[str, float]:
    if point is None:
        return {}
    return {"latitude": public_coordinate(point.latitude), "longitude": public_coordinate(point.longitude)}


def _receipt(case: Case, kept: Report) -> Content:
    """Return the number and how to follow the case, or a token while somebody has to look at it first."""
    if queries.is_in_review(case.pk):
        return {"token": str(kept.token), "service_notice": _REVIEW_NOTICE, "account_id": None}
    code = code_for(Access(case.key, case.access_generation))
    notice = _NOTICE.format(url=settings.PUBLIC_URL, number=case.number, code=code)
    return {"service_request_id": case.number, "service_notice": notice, "account_id": None}
