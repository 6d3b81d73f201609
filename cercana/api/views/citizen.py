"""What an app of the institution does for whoever presents a case: registering, following, deciding."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.changes import answered
from cercana.api.holding import CaseCode, check_decision, check_message, check_wait, holder_of
from cercana.api.models import Origin
from cercana.api.numbers import CaseNumber
from cercana.api.operations import asking, changing, check_version, reading
from cercana.api.receipts import receipt_shown
from cercana.api.registering import attachments_of, check_names, is_beyond_usual
from cercana.api.repeating import client_key_of, key_in
from cercana.api.scopes import Scope
from cercana.api.shapes.cases import Changed, CitizenCase
from cercana.api.shapes.decisions import (
    CodeShown,
    Contested,
    MessageGiven,
    NewLinkGiven,
    OpinionGiven,
    PlatformCodeGiven,
    Why,
    WordsGiven,
    YesGiven,
)
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.reading_help import MessageAsked, NumberToCall, SafetyShown
from cercana.api.shapes.registration import CitizenCaseGiven, ReceiptShown
from cercana.cases import commands, queries
from cercana.conversation.commands import send_tracking_link
from cercana.conversation.queries import Access, code_for
from cercana.database import throttle
from cercana.feedback import commands as feedback
from cercana.organization.queries import category, emergency_numbers
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act
from cercana.rules.classification import Channel
from cercana.rules.promises import to_lima
from cercana.rules.triage.safety import safety_notice

router = Router(tags=["Personas"])
_PUBLIC = Actor(ActorKind.CITIZEN)
_PATH = "/citizen/cases/{number}"


@changing(
    router,
    "/citizen/cases",
    name="citizen_register",
    scope=Scope.CITIZEN,
    answer=ReceiptShown,
    status=HTTPStatus.CREATED,
    summary="Registrar un caso de una persona",
    about=(
        "Devuelve el número, el código y la promesa. Con la misma Idempotency-Key el caso es siempre el mismo, "
        "aunque la llamada se repita días después."
    ),
)
def register(request: ApiRequest, given: Annotated[CitizenCaseGiven, Body()]) -> HttpResponse:
    """Register what somebody tells through the app of the institution."""
    check_names(given.legal_nature)
    client = request.caller.client_id
    reception = given.told(
        usual_class=category(given.category).class_,
        client_key=client_key_of(client, key_in(request)),
        attachments=attachments_of(client, given.files),
        needs_review=is_beyond_usual(given.person, request.now),
    )
    case = commands.register_case(reception, actor=_PUBLIC, now=request.now)
    Origin.objects.bulk_create([Origin(case_id=case.pk, client_id=client)], ignore_conflicts=True)
    return changed(receipt_shown(case), status=HTTPStatus.CREATED, version=case.last_sequence)


@asking(
    router, "/citizen/safety", name="citizen_safety", scope=Scope.CITIZEN, answer=SafetyShown,
    summary="Ver a quién llamar si lo escrito habla de peligro",
    about="Para avisar mientras la persona escribe. El texto no se guarda.",
)  # fmt: skip
def safety(request: ApiRequest, given: Annotated[MessageAsked, Body()]) -> HttpResponse:
    """Say whom to call first."""
    notice = safety_notice(given.text)
    numbers = [NumberToCall(name=each.name, number=each.number, hint=each.hint) for each in emergency_numbers()]
    words = list(notice.words) if notice else []
    return shown(request, SafetyShown(calls_first=notice is not None, words=words, numbers=numbers))


@changing(
    router, "/citizen/new-link", name="citizen_new_link", scope=Scope.CITIZEN, answer=Done,
    status=HTTPStatus.ACCEPTED, summary="Pedir un enlace nuevo si se perdió el código",
    about="Va al contacto registrado. La respuesta es la misma exista o no el caso.",
)  # fmt: skip
def new_link(request: ApiRequest, given: Annotated[NewLinkGiven, Body()]) -> HttpResponse:
    """Have a new link sent to the contact on record."""
    place = f"api {request.caller.client_id} {given.number}"
    check_wait(throttle.wait_before_try(f"lost {given.number}", place, request.now))
    send_tracking_link(number=given.number)
    return done(HTTPStatus.ACCEPTED)


@reading(
    router,
    _PATH,
    name="citizen_case",
    scope=Scope.CITIZEN,
    answer=CitizenCase,
    summary="Ver un caso con su número y código",
)
def case(request: ApiRequest, number: CaseNumber, code: CaseCode) -> HttpResponse:
    """Show how a case is going to whoever holds it."""
    found = queries.tracked_case(holder_of(request, number, code), number=number)
    return shown(request, CitizenCase.of(found), version=found.last_sequence)


@changing(
    router, f"{_PATH}/confirm", name="citizen_confirm", scope=Scope.CITIZEN, answer=Changed,
    summary="Confirmar que quedó resuelto",
)  # fmt: skip
def confirm(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[YesGiven, Body()]
) -> HttpResponse:
    """Take the citizen's yes."""
    actor = _decider(request, number, code)
    return answered(commands.confirm(number=number, words=given.words, actor=actor, now=request.now))


@changing(
    router, f"{_PATH}/contest", name="citizen_contest", scope=Scope.CITIZEN, answer=Changed,
    summary="Decir que no quedó resuelto",
)  # fmt: skip
def contest(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[Contested, Body()]
) -> HttpResponse:
    """Take the citizen's no."""
    actor = _decider(request, number, code)
    return answered(commands.contest(number=number, why=given.why, actor=actor, now=request.now))


@changing(
    router, f"{_PATH}/withdraw", name="citizen_withdraw", scope=Scope.CITIZEN, answer=Changed,
    summary="Retirar el caso",
)  # fmt: skip
def withdraw(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[WordsGiven, Body()]
) -> HttpResponse:
    """Close a case that its citizen no longer wants."""
    actor = _decider(request, number, code)
    return answered(commands.withdraw(number=number, words=given.words, actor=actor, now=request.now))


@changing(
    router, f"{_PATH}/reopen", name="citizen_reopen", scope=Scope.CITIZEN, answer=Changed,
    summary="Reabrir el caso",
)  # fmt: skip
def reopen(request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[Why, Body()]) -> HttpResponse:
    """Begin a closed case anew."""
    actor = _decider(request, number, code)
    return answered(commands.reopen(number=number, why=given.why, actor=actor, now=request.now))


@changing(
    router, f"{_PATH}/messages", name="citizen_message", scope=Scope.CITIZEN, answer=Changed,
    status=HTTPStatus.CREATED, summary="Escribir en el caso",
)  # fmt: skip
def message(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[MessageGiven, Body()]
) -> HttpResponse:
    """File what the citizen writes."""
    actor = holder_of(request, number, code)
    check_message(request, number, files=0)
    check_version(request, actor, number)
    case = commands.receive_message(number=number, text=given.text, channel=Channel.APP, actor=actor, now=request.now)
    return answered(case, status=HTTPStatus.CREATED)


@changing(
    router, f"{_PATH}/opinion", name="citizen_opinion", scope=Scope.CITIZEN, answer=Changed,
    status=HTTPStatus.CREATED, summary="Opinar sobre la atención",
)  # fmt: skip
def opinion(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[OpinionGiven, Body()]
) -> HttpResponse:
    """Keep what the citizen of a closed case thought of it."""
    actor = holder_of(request, number, code)
    check_version(request, actor, number)
    feedback.give_opinion(number=number, opinion=given.opinion(), actor=actor, now=request.now)
    return answered(queries.case_for(actor, Act.VIEW, number=number), status=HTTPStatus.CREATED)


@changing(
    router, f"{_PATH}/code", name="citizen_new_code", scope=Scope.CITIZEN, answer=CodeShown,
    summary="Cambiar el código de seguimiento",
)  # fmt: skip
def new_code(request: ApiRequest, number: CaseNumber, code: CaseCode) -> HttpResponse:
    """Make code and links given so far worthless."""
    actor = _decider(request, number, code)
    case = commands.revoke_access(number=number, actor=actor, now=request.now)
    fresh = CodeShown(number=number, code=code_for(Access(case.key, case.access_generation)))
    return changed(fresh, status=HTTPStatus.OK, version=case.last_sequence)


@changing(
    router, f"{_PATH}/platform-code", name="citizen_platform_code", scope=Scope.CITIZEN, answer=Changed,
    summary="Guardar el código del Libro de Reclamaciones del Estado",
)  # fmt: skip
def platform_code(
    request: ApiRequest, number: CaseNumber, code: CaseCode, given: Annotated[PlatformCodeGiven, Body()]
) -> HttpResponse:
    """Keep the code that the State's platform gave for the same matter."""
    actor = holder_of(request, number, code)
    check_version(request, actor, number)
    day = to_lima(request.now).date()
    return answered(
        commands.record_platform_code(number=number, code=given.code, day=day, actor=actor, now=request.now)
    )


def _decider(request: ApiRequest, number: str, code: str) -> Actor:
    """Return the citizen who decides about a case that is still as they know it."""
    actor = holder_of(request, number, code)
    check_decision(number, request.now)
    check_version(request, actor, number)
    return actor
