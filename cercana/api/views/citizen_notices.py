"""What an app of the institution does beside the case of whoever holds it: notices, help, and no more questions."""

from http import HTTPStatus
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils import translation
from ninja import Body, Header, Query, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.holding import CaseCode, check_decision, holder_of
from cercana.api.numbers import CaseNumber
from cercana.api.operations import changing, fetching, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.devices import ENDPOINT_PATTERN, DeviceGiven, DeviceShown, EndpointGiven
from cercana.api.shapes.help import HelpShown, PledgesShown
from cercana.api.shapes.reading_help import NumberToCall
from cercana.cases import queries as cases
from cercana.conversation import commands, queries
from cercana.feedback import commands as feedback
from cercana.organization import queries as organization

router = Router(tags=["Personas"])
_PATH = "/citizen/cases/{number}"
_Device = Annotated[
    str,
    Header(
        alias="Device-Endpoint",
        description="La dirección de avisos del equipo.",
        pattern=ENDPOINT_PATTERN,
        examples=["https://updates.push.services.mozilla.com/wpush/v2/abc"],
    ),
]
_Language = Annotated[Literal["es", "en"], Query(description="En qué idioma.")]


@reading(
    router, "/citizen/help", name="citizen_help", scope=Scope.CITIZEN, answer=HelpShown,
    summary="Ver cómo llegar a la institución y qué promete",
)  # fmt: skip
def help_(request: ApiRequest) -> HttpResponse:
    """Show contacts, promises and the numbers to call first."""
    house, policy = organization.municipality(), organization.policy_at(request.now)
    emergency = organization.emergency_numbers()
    return shown(
        request,
        HelpShown(
            institution=house.name,
            address=house.address,
            phone=house.phone,
            email=house.email,
            opening_hours=house.opening_hours,
            opening_hours_en=house.opening_hours_en,
            platform_url=house.platform_url,
            emergency=[NumberToCall(name=each.name, number=each.number, hint=each.hint) for each in emergency],
            pledges=PledgesShown(
                simple_hours=policy.promises.simple_hours,
                complex_working_days=policy.promises.complex_working_days,
                critical_response_hours=policy.promises.critical_response_hours,
                critical_resolution_hours=policy.promises.critical_resolution_hours,
                reopening_days=policy.reopening_days,
            ),
            push_key=queries.push_key(),
        ),
    )


@fetching(
    router, f"{_PATH}/receipt", name="citizen_receipt", scope=Scope.CITIZEN, content_type="application/pdf",
    summary="Bajar la constancia del caso en PDF",
)  # fmt: skip
def receipt(request: ApiRequest, number: CaseNumber, code: CaseCode, *, language: _Language = "es") -> HttpResponse:
    """Give out the receipt as an accessible PDF, to be saved."""
    case = cases.tracked_case(holder_of(request, number, code), number=number)
    with translation.override(language):
        promises = queries.promises_of(case, organization.calendar(), request.now)
        pdf = queries.receipt_pdf(case, organization.municipality(), promises, request.now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="constancia-{number}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@reading(
    router, f"{_PATH}/notices", name="citizen_notices", scope=Scope.CITIZEN, answer=DeviceShown,
    summary="Ver si un equipo recibe avisos del caso",
    about="La dirección del equipo es de la persona: va en una cabecera, y no donde queda anotada.",
)  # fmt: skip
def notices(request: ApiRequest, number: CaseNumber, code: CaseCode, device: _Device) -> HttpResponse:
    """Tell whether a device is told how the case goes."""
    actor = holder_of(request, number, code)
    is_on = queries.is_subscribed(number=number, endpoint=device, actor=actor)
    return shown(request, DeviceShown(is_on=is_on))


@changing(
    router, f"{_PATH}/notices/subscribe", name="citizen_subscribe", scope=Scope.CITIZEN, answer=DeviceShown,
    status=HTTPStatus.CREATED, summary="Recibir avisos del caso en un equipo",
    about="Web Push, sin datos personales en el aviso. Se suscribe con «push_key» de /citizen/help.",
)  # fmt: skip
def subscribe(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[DeviceGiven, Body()]
) -> HttpResponse:
    """Tell a device from now on how the case goes; twice is once."""
    actor = holder_of(request, number, code)
    commands.subscribe_device(
        number=number, subscription=given.subscription(), language=given.language, actor=actor, now=request.now
    )
    return changed(DeviceShown(is_on=True), status=HTTPStatus.CREATED)


@changing(
    router, f"{_PATH}/notices/unsubscribe", name="citizen_unsubscribe", scope=Scope.CITIZEN, answer=DeviceShown,
    summary="Dejar de recibir avisos del caso en un equipo",
)  # fmt: skip
def unsubscribe(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[EndpointGiven, Body()]
) -> HttpResponse:
    """Tell a device nothing more of the case."""
    actor = holder_of(request, number, code)
    commands.unsubscribe_device(number=number, endpoint=given.endpoint, actor=actor)
    return changed(DeviceShown(is_on=False), status=HTTPStatus.OK)


@changing(
    router, f"{_PATH}/decline-opinion", name="citizen_decline_opinion", scope=Scope.CITIZEN, answer=Done,
    summary="No recibir más invitaciones a opinar",
)  # fmt: skip
def decline_opinion(request: ApiRequest, number: CaseNumber, code: CaseCode) -> HttpResponse:
    """Note that the person wants no more invitations to an opinion."""
    actor = holder_of(request, number, code)
    check_decision(number, request.now)
    feedback.decline_opinions(number=number, actor=actor)
    return done()
