"""Reports as they are asked for and as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from cercana.api.open311.doors import argument
from cercana.api.open311.errors import SpanTooLong, ValueRefused
from cercana.api.open311.formats import Content, Rows
from cercana.api.open311.models import Report
from cercana.api.open311.services import service, services
from cercana.cases import queries
from cercana.cases.queries import Case, OpenReport, ReportsWanted
from cercana.rules.lifecycle import Outcome, Stage
from cercana.rules.promises import to_lima

# The specification: ninety days or a thousand reports, whichever is less.
_LONGEST_SPAN = timedelta(days=90)
_MOST = 1_000
_LAST_PAGE = 10_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_STATUSES = {"open": False, "closed": True}
_NOTES = {
    Stage.RECEIVED: "Recibido",
    Stage.REGISTERED: "Registrado",
    Stage.REFERRED: "Enviado al área que lo atiende",
    Stage.IN_FOLLOW_UP: "En atención",
    Stage.ANSWERED: "Respondido; falta que la persona lo confirme",
    Stage.CLOSED: "Cerrado",
}
_ENDINGS = {
    Outcome.SOLVED: "Resuelto",
    Outcome.EXPLAINED: "Explicado",
    Outcome.NOT_POSSIBLE: "No fue posible",
    Outcome.FORWARDED: "Enviado a la entidad que corresponde",
    Outcome.DUPLICATE: "Se atiende con otro reporte",
    Outcome.WITHDRAWN: "Retirado por quien lo envió",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reports a call asks for: a page of them, of some services."""

    wanted: ReportsWanted
    categories: Sequence[str]
    page: int
    page_size: int
    has_extensions: bool


def asked_in(request: HttpRequest, now: datetime) -> Asked:
    """Return what a call asks for; raise ServiceUnknown, ValueRefused or SpanTooLong."""
    numbers = _listed(request, "service_request_id")[:_MOST]
    codes = [] if numbers else _listed(request, "service_code")
    categories = [service(each).code for each in codes] or [each.code for each in services()]
    return Asked(
        wanted=ReportsWanted(numbers=numbers) if numbers else _span_in(request, now),
        categories=categories,
        page=_count(request, "page", 1, _LAST_PAGE),
        page_size=_count(request, "page_size", _MOST, _MOST),
        has_extensions=argument(request, "extensions").lower() == "true",
    )


def reports(asked: Asked) -> Rows:
    """Return the reports of a page, newest first."""
    found = queries.open_reports(
        asked.wanted,
        categories=asked.categories,
        sent_openly=Case.objects.filter(pk__in=Report.objects.values("case_id")),
        start=(asked.page - 1) * asked.page_size,
        most=asked.page_size,
    )
    places = Report.objects.in_bulk([each.id for each in found if each.is_whole])
    return Rows("request", [_shown(each, places.get(each.id), asked) for each in found])


def _shown(report: OpenReport, place: Report | None, asked: Asked) -> Content:
    shown: dict[str, Content] = {
        "service_request_id": report.number,
        "status": "closed" if report.stage is Stage.CLOSED else "open",
        "status_notes": _ENDINGS[Outcome(report.outcome)] if report.outcome else _NOTES[report.stage],
        "service_name": report.category_name,
        "service_code": report.category,
        "description": report.description or None,
        "agency_responsible": report.area_name,
        "service_notice": None,
        "requested_datetime": _instant(report.received_at),
        "updated_datetime": _instant(report.updated_at),
        "expected_datetime": _instant(report.due_at) if report.due_at else None,
        "address": report.address or None,
        "address_id": None,
        "zipcode": None,
        "lat": place.latitude if place else None,
        "long": place.longitude if place else None,
        "media_url": None,
    }
    return {**shown, "extended_attributes": {"stage": report.stage.value}} if asked.has_extensions else shown


def _instant(at: datetime) -> str:
    return to_lima(at).isoformat(timespec="seconds")


def _listed(request: HttpRequest, name: str) -> list[str]:
    return [each.strip() for each in argument(request, name).split(",") if each.strip()]


def _count(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = argument(request, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_PAGE)) and int(text) > 0):
        raise ValueRefused(name=name)
    return min(int(text), most)


def _span_in(request: HttpRequest, now: datetime) -> ReportsWanted:
    """Return the span of time that is asked for: without dates the last ninety days, with one as far as it may be."""
    since, until = _moment(request, "start_date"), _moment(request, "end_date")
    if since and until and until - since > _LONGEST_SPAN:
        raise SpanTooLong
    until = until or (min(since + _LONGEST_SPAN, now) if since else now)
    return ReportsWanted(since=since or until - _LONGEST_SPAN, until=until, is_closed=_status_in(request))


def _moment(request: HttpRequest, name: str) -> datetime | None:
    # An unescaped plus reaches us as a blank.
    text = argument(request, name).replace(" ", "+")
    if not text:
        return None
    try:
        found = to_lima(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise ValueRefused(name=name) from error
    # At the ends of time there is no span around it any more.
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueRefused(name=name)
    return found


def _status_in(request: HttpRequest) -> bool | None:
    statuses = set(_listed(request, "status"))
    if not statuses <= _STATUSES.keys():
        raise ValueRefused(name="status")
    return _STATUSES[statuses.pop()] if len(statuses) == 1 else None
