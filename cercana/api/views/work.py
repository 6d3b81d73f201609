"""What is done with a case inside the institution: referred, taken, handed back, noted, joined."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.acting import act
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.registering import check_names
from cercana.api.shapes.decisions import (
    StatePlatformGiven,
)
from cercana.api.shapes.work import (
    AbstentionDecided,
    AbstentionGiven,
    ForwardGiven,
    LinkGiven,
    MergeGiven,
    NatureGiven,
    NoteGiven,
    OwnerGiven,
    ReasonGiven,
    ReclassificationGiven,
    ReferralGiven,
    StaffNamed,
    TaskGiven,
)
from cercana.cases import commands
from cercana.cases.queries import Case

router = Router(tags=["Trabajar un caso: adentro"])


@act(router, "refer", "Derivar a un área")
def refer(request: ApiRequest, number: CaseNumber, given: Annotated[ReferralGiven, Body()]) -> Case:
    """Hand the case to an area."""
    return commands.refer(
        number=number, area=given.area, reason=given.reason, actor=request.caller.actor, now=request.now
    )


@act(router, "take-up", "Asumir: derivar a la propia área y tomar")
def take_up(request: ApiRequest, number: CaseNumber) -> Case:
    """Refer the case to one's own area and take it."""
    return commands.take_up(number=number, actor=request.caller.actor, now=request.now)


@act(router, "take", "Tomar el caso")
def take(request: ApiRequest, number: CaseNumber) -> Case:
    """Take charge of a referred case."""
    return commands.take(number=number, actor=request.caller.actor, now=request.now)


@act(router, "hand-back", "Devolver a recepción")
def hand_back(request: ApiRequest, number: CaseNumber, given: Annotated[ReasonGiven, Body()]) -> Case:
    """Hand the case back to where it was taken in."""
    return commands.hand_back(number=number, reason=given.reason, actor=request.caller.actor, now=request.now)


@act(router, "undo-referral", "Deshacer la derivación")
def undo_referral(request: ApiRequest, number: CaseNumber) -> Case:
    """Take a referral back that nobody has taken."""
    return commands.undo_referral(number=number, actor=request.caller.actor, now=request.now)


@act(router, "assign", "Asignar a una persona")
def assign(request: ApiRequest, number: CaseNumber, given: Annotated[OwnerGiven, Body()]) -> Case:
    """Give the case to a member of its area."""
    return commands.assign(number=number, owner=given.owner, actor=request.caller.actor, now=request.now)


@act(router, "note", "Dejar una nota interna")
def note(request: ApiRequest, number: CaseNumber, given: Annotated[NoteGiven, Body()]) -> Case:
    """Note something that only the staff reads."""
    return commands.add_note(number=number, text=given.text, actor=request.caller.actor, now=request.now)


@act(router, "action", "Anotar lo que se hizo")
def action(request: ApiRequest, number: CaseNumber, given: Annotated[NoteGiven, Body()]) -> Case:
    """Record what was done; the citizen reads it."""
    return commands.record_action(number=number, text=given.text, actor=request.caller.actor, now=request.now)


@act(router, "forward", "Enviar a otra entidad")
def forward(request: ApiRequest, number: CaseNumber, given: Annotated[ForwardGiven, Body()]) -> Case:
    """Send the matter to another entity."""
    return commands.forward_outside(
        number=number, entity=given.entity, proof=given.proof, actor=request.caller.actor, now=request.now
    )


@act(router, "agree-to-closure", "Cerrar un caso crítico")
def agree_to_closure(request: ApiRequest, number: CaseNumber) -> Case:
    """Agree that a critical case is closed."""
    return commands.agree_to_closure(number=number, actor=request.caller.actor, now=request.now)


@act(router, "merge", "Unir a otro caso", about="Devuelve el caso principal.")
def merge(request: ApiRequest, number: CaseNumber, given: Annotated[MergeGiven, Body()]) -> Case:
    """Let the case follow another."""
    return commands.merge(absorbed=number, main=given.main, actor=request.caller.actor, now=request.now)


@act(router, "link", "Vincular con otro caso")
def link(request: ApiRequest, number: CaseNumber, given: Annotated[LinkGiven, Body()]) -> Case:
    """Note that two cases have to do with each other."""
    return commands.link(
        number=number, other=given.other, relation="related", actor=request.caller.actor, now=request.now
    )


@act(router, "reclassify", "Cambiar prioridad, motivo o tipo")
def reclassify(request: ApiRequest, number: CaseNumber, given: Annotated[ReclassificationGiven, Body()]) -> Case:
    """Sort the case anew."""
    return commands.reclassify(number=number, change=given.change(), actor=request.caller.actor, now=request.now)


@act(router, "platform-code", "Guardar el código del Libro del Estado")
def platform_code(request: ApiRequest, number: CaseNumber, given: Annotated[StatePlatformGiven, Body()]) -> Case:
    """Keep the code of the State's platform."""
    return commands.record_platform_code(
        number=number, code=given.code, day=given.day, actor=request.caller.actor, now=request.now
    )


@act(router, "finish-task", "Marcar una tarea como hecha")
def finish_task(request: ApiRequest, number: CaseNumber, given: Annotated[TaskGiven, Body()]) -> Case:
    """Finish a task."""
    return commands.finish_task(number=number, ordinal=given.ordinal, actor=request.caller.actor, now=request.now)


@act(router, "abstain", "Abstenerse")
def abstain(request: ApiRequest, number: CaseNumber, given: Annotated[AbstentionGiven, Body()]) -> Case:
    """Ask to stay out of the case."""
    return commands.abstain(
        number=number, cause=given.cause, text=given.text, actor=request.caller.actor, now=request.now
    )


@act(router, "decide-abstention", "Decidir una abstención")
def decide_abstention(request: ApiRequest, number: CaseNumber, given: Annotated[AbstentionDecided, Body()]) -> Case:
    """Grant or refuse an abstention."""
    return commands.decide_abstention(
        number=number,
        staff=given.staff,
        granted=given.is_granted,
        owner=given.owner,
        actor=request.caller.actor,
        now=request.now,
    )


@act(router, "identify-staff", "Decir sobre quién es la queja")
def identify_staff(request: ApiRequest, number: CaseNumber, given: Annotated[StaffNamed, Body()]) -> Case:
    """Say whom a complaint is about."""
    return commands.identify_staff(number=number, staff=given.staff, actor=request.caller.actor, now=request.now)


@act(router, "nature", "Decir qué es el caso para la ley")
def nature(request: ApiRequest, number: CaseNumber, given: Annotated[NatureGiven, Body()]) -> Case:
    """Say what the case is for the law."""
    check_names(given.nature)
    return commands.set_legal_nature(
        number=number, nature=given.nature, reason=given.reason, actor=request.caller.actor, now=request.now
    )
