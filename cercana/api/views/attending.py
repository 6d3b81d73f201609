"""Calls as whoever attends them has them on the desk: announced, opened, about a case or for a reason none (M2.3b)."""

import uuid
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Query, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import asking, changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.attending import (
    CallBegun,
    CallBegunGiven,
    CallersCasesAsked,
    CallersCasesShown,
    CallLinkGiven,
    CallShown,
    ExtensionGiven,
    NoCaseGiven,
    OwnCallsShown,
    ProofGiven,
    Proven,
)
from cercana.api.shapes.contacts import Joined
from cercana.api.shapes.desk_reads import Done
from cercana.channels.phone import commands, queries
from cercana.channels.phone.commands import Proof

router = Router(tags=["Llamadas"])
_ONE = "/calls/{key}"


@reading(
    router, "/calls", name="calls", scope=Scope.REGISTER, answer=OwnCallsShown,
    summary="Ver las llamadas de la cuenta",
    about="Las que suenan en su anexo, la que atiende, y las que esperan que se diga qué salió de ellas.",
)  # fmt: skip
def calls(request: ApiRequest) -> HttpResponse:
    """List the calls that are one's own to attend and to settle."""
    actor, now = request.caller.actor, request.now
    attended = queries.attended_calls(actor, now=now)
    return shown(
        request,
        OwnCallsShown.of(
            extension=queries.extension_of(actor),
            ringing=queries.calls_heard_by(actor, now),
            under_way=queries.call_under_way(actor, now),
            attended=attended,
            sees_all=queries.may_see_all(actor),
        ),
    )


@changing(
    router, "/calls", name="begin_call", scope=Scope.REGISTER, answer=CallBegun, status=HTTPStatus.CREATED,
    summary="Empezar una llamada que la central no contó",
)  # fmt: skip
def begin(request: ApiRequest, given: Annotated[CallBegunGiven, Body()]) -> HttpResponse:
    """Begin a call that no exchange told of."""
    key = commands.begin_call(caller=given.caller, actor=request.caller.actor, now=request.now)
    return changed(CallBegun(key=key), status=HTTPStatus.CREATED)


@changing(
    router, "/calls/extension", name="set_extension", scope=Scope.REGISTER, answer=Done,
    summary="Decir dónde suena el teléfono de la cuenta",
)  # fmt: skip
def set_extension(request: ApiRequest, given: Annotated[ExtensionGiven, Body()]) -> HttpResponse:
    """Have the calls to an extension announced to this account."""
    commands.set_extension(number=given.number, actor=request.caller.actor)
    return done()


@reading(router, _ONE, name="call", scope=Scope.REGISTER, answer=CallShown, summary="Ver una llamada")
def call(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Show a call that this account attends, or that rings at its extension."""
    return shown(request, CallShown.of(queries.call_of(request.caller.actor, key)))


@changing(
    router, f"{_ONE}/attend", name="attend_call", scope=Scope.REGISTER, answer=Done, summary="Atender una llamada"
)
def attend(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Open a call: it is announced no more."""
    commands.open_call(key=key, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/end", name="end_call", scope=Scope.REGISTER, answer=Done,
    summary="Terminar una llamada que la central no cuenta",
)  # fmt: skip
def end(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Note that a call is over."""
    commands.end_call(key=key, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/explain", name="explain_call", scope=Scope.REGISTER, answer=Done,
    summary="Terminar una llamada y decir por qué no es un caso",
    about="A quien se le cortó la llamada pasa a la lista de llamadas por devolver.",
)  # fmt: skip
def explain(request: ApiRequest, key: uuid.UUID, given: Annotated[NoCaseGiven, Body()]) -> HttpResponse:
    """Say why a call is no case."""
    commands.explain_call(key=key, reason=given.reason, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/link", name="link_call", scope=Scope.REGISTER, answer=Joined,
    summary="Decir de qué caso es una llamada",
    about="Un caso de quien llama y demostró quién es, o uno que la cuenta puede ver.",
)  # fmt: skip
def link(request: ApiRequest, key: uuid.UUID, given: Annotated[CallLinkGiven, Body()]) -> HttpResponse:
    """Note that a call is about a case there was before, and file what the person said."""
    commands.link_case(key=key, number=given.number, said=given.said, actor=request.caller.actor, now=request.now)
    return changed(Joined(number=given.number), status=HTTPStatus.OK)


# Without a key: a wrong answer counts, which a refusal inside of ``once`` would take back.
@asking(
    router, f"{_ONE}/verify", name="verify_caller", scope=Scope.REGISTER, answer=Proven,
    summary="Confirmar quién llama",
    about="Con número y código de un caso, o con su documento si llama desde su número. Cinco intentos por llamada.",
)  # fmt: skip
def verify(request: ApiRequest, key: uuid.UUID, given: Annotated[ProofGiven, Body()]) -> HttpResponse:
    """Try what the caller said."""
    proof = Proof(number=given.number, code=given.code, document=given.document)
    commands.verify_caller(key=key, citizen=given.person, proof=proof, actor=request.caller.actor)
    return shown(request, Proven(person=given.person))


@reading(
    router, f"{_ONE}/cases", name="callers_cases", scope=Scope.REGISTER, answer=CallersCasesShown,
    summary="Ver los casos de quien llama",
    about="Cubiertos hasta que demuestre quién es. Después, la consulta queda anotada.",
)  # fmt: skip
def callers_cases(request: ApiRequest, key: uuid.UUID, asked: Annotated[CallersCasesAsked, Query()]) -> HttpResponse:
    """Show the cases of the person who seems to call."""
    actor = request.caller.actor
    told, masked = queries.callers_cases(actor, queries.call_of(actor, key), asked.person, now=request.now)
    return shown(request, CallersCasesShown.of(told, masked))
