"""The page after sending, and the receipt: number, code and promise, for the sender alone."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cercana.cases import queries
from cercana.cases.queries import TrackedCase
from cercana.conversation.queries import promises_of, receipt_pdf, title_of
from cercana.organization import queries as organization
from cercana.portal import holding, links
from cercana.portal.drafting import writing_in
from cercana.portal.holding import for_holder
from cercana.rules.access import Actor, ActorKind
from cercana.rules.history import EventType
from cercana.ui.qr import qr_svg


@require_safe
def registered(request: HttpRequest, number: str) -> HttpResponse:
    """Show number, code and promise once more to the browser whose draft became this case, for a while."""
    now = timezone.now()
    entrance = queries.entrance_by_number(number)
    if entrance is None or writing_in(request, now).number != number:
        return holding.ask_for_code(number)
    case = queries.tracked_case(Actor(ActorKind.CITIZEN, case_key=str(entrance.key)), number=number)
    link = links.case_link(case.key, case.generation)
    shown = {
        "case": case,
        "title": title_of(case),
        "code": links.code_of(case.key, case.generation),
        "qr": qr_svg(link, _("Código QR para abrir tu caso en el celular")),
        "promises": promises_of(case, organization.calendar(), now),
        "is_receipt_held": _is_receipt_held(case),
        "emergency": organization.emergency_numbers(),
        "now": now,
    }
    response = render(request, "portal/registered.html", shown)
    return holding.let_in(response, entrance)


@require_safe
@for_holder
def receipt(request: HttpRequest, actor: Actor, number: str) -> HttpResponseBase:
    """Give out the receipt as a PDF."""
    case = queries.tracked_case(actor, number=number)
    now = timezone.now()
    pdf = receipt_pdf(case, organization.municipality(), promises_of(case, organization.calendar(), now), now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="constancia-{number}.pdf"'
    return response


def _is_receipt_held(case: TrackedCase) -> bool:
    happening = case.newest(EventType.REGISTERED)
    return happening is not None and bool(happening.facts.get("receipt_held"))
