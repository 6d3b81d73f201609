"""Danger: proposed, confirmed, watched and taken back (M5)."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.acting import act
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.scopes import Scope
from cercana.api.shapes.work import (
    CheckInGiven,
    DangerGiven,
    LoweringDecided,
    LoweringGiven,
    RemovedGiven,
)
from cercana.cases import commands, queries
from cercana.cases.queries import Case
from cercana.critical import commands as critical
from cercana.rules.acts import Act
from cercana.rules.critical_states import Proposal

router = Router(tags=["Casos críticos"])


@act(router, "danger", "Avisar de un posible peligro", scope=Scope.CRITICAL)
def danger(request: ApiRequest, number: CaseNumber, given: Annotated[DangerGiven, Body()]) -> Case:
    """Propose that the case is critical."""
    return commands.propose_critical(
        number=number, proposal=Proposal((given.danger,), given.text), actor=request.caller.actor, now=request.now
    )


@act(router, "confirm-critical", "Confirmar que es crítico", scope=Scope.CRITICAL)
def confirm_critical(request: ApiRequest, number: CaseNumber) -> Case:
    """Confirm that a proposed case is critical."""
    return commands.confirm_critical(number=number, actor=request.caller.actor, now=request.now)


@act(router, "reject-critical", "Decir que no es crítico", scope=Scope.CRITICAL)
def reject_critical(request: ApiRequest, number: CaseNumber, given: Annotated[LoweringGiven, Body()]) -> Case:
    """Say that a proposed case is not critical."""
    return commands.reject_critical(
        number=number, reason=given.reason, class_=given.class_, actor=request.caller.actor, now=request.now
    )


@act(router, "ask-lowering", "Pedir que deje de ser crítico", scope=Scope.CRITICAL)
def ask_lowering(request: ApiRequest, number: CaseNumber, given: Annotated[LoweringGiven, Body()]) -> Case:
    """Ask that a case be critical no longer."""
    return commands.ask_lowering(
        number=number, reason=given.reason, class_=given.class_, actor=request.caller.actor, now=request.now
    )


@act(router, "decide-lowering", "Firmar que deja de ser crítico", scope=Scope.CRITICAL)
def decide_lowering(request: ApiRequest, number: CaseNumber, given: Annotated[LoweringDecided, Body()]) -> Case:
    """Sign, or do not, that a case is critical no longer."""
    return commands.decide_lowering(
        number=number, granted=given.is_granted, reason=given.reason, actor=request.caller.actor, now=request.now
    )


@act(router, "end-drill", "Terminar un simulacro", scope=Scope.CRITICAL)
def end_drill(request: ApiRequest, number: CaseNumber) -> Case:
    """End an exercise."""
    return commands.end_drill(number=number, actor=request.caller.actor, now=request.now)


@act(router, "take-charge", "Hacerse cargo de la alarma", scope=Scope.CRITICAL)
def take_charge(request: ApiRequest, number: CaseNumber) -> Case:
    """Take charge of the alarm that rings."""
    actor = request.caller.actor
    critical.acknowledge(number=number, way="desk", actor=actor, now=request.now)
    return queries.case_for(actor, Act.ACKNOWLEDGE_ALARM, number=number)


@act(router, "check-in", "Anotar una revisión", scope=Scope.CRITICAL)
def check_in(request: ApiRequest, number: CaseNumber, given: Annotated[CheckInGiven, Body()]) -> Case:
    """Enter what was done about a critical case and what is next."""
    return critical.check_in(
        number=number, done=given.done, next_step=given.next_step, actor=request.caller.actor, now=request.now
    )


@act(router, "remove-danger", "Decir que ya no hay peligro", scope=Scope.CRITICAL)
def remove_danger(request: ApiRequest, number: CaseNumber, given: Annotated[RemovedGiven, Body()]) -> Case:
    """Record that the danger of an answered critical case is over."""
    return critical.remove_danger(number=number, how=given.how, actor=request.caller.actor, now=request.now)
