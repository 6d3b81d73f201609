"""The verbs about danger, as data: proposing it, its yes or no, and taking a critical case back with two signatures."""

from collections.abc import Mapping

from cercana.cases import commands
from cercana.cases.errors import TextMissing
from cercana.desk.act_fields import ActForm, Field, given, seen
from cercana.desk.requests import StaffRequest
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, CriticalReason
from cercana.rules.critical_states import Proposal

_REASON = Field("reason", "Razón", "area")
_CLASS = Field(
    "class_", "Prioridad que tiene", "choice", "Solo si su motivo siempre es crítico.", "slower", is_required=False
)


def _class(request: StaffRequest) -> CaseClass | None:
    typed = given(request, "class_")
    return CaseClass(typed) if typed in (CaseClass.SIMPLE, CaseClass.COMPLEX) else None


def _propose(request: StaffRequest, number: str) -> object:
    danger = given(request, "danger")
    if danger not in list(CriticalReason):
        raise TextMissing(what="elija qué peligro hay")
    proposal = Proposal((CriticalReason(danger),), given(request, "text"))
    return commands.propose_critical(
        number=number, proposal=proposal, actor=request.actor, now=request.now, seen=seen(request)
    )


def _confirm(request: StaffRequest, number: str) -> object:
    return commands.confirm_critical(number=number, actor=request.actor, now=request.now, seen=seen(request))


def _reject(request: StaffRequest, number: str) -> object:
    return commands.reject_critical(
        number=number,
        reason=given(request, "reason"),
        class_=_class(request),
        actor=request.actor,
        now=request.now,
        seen=seen(request),
    )


def _decide(request: StaffRequest, number: str) -> object:
    decision = given(request, "lowered")
    if decision not in ("si", "no"):
        raise TextMissing(what="elija su decisión")
    return commands.decide_lowering(
        number=number,
        granted=decision == "si",
        reason=given(request, "reason"),
        actor=request.actor,
        now=request.now,
    )


DANGER_FORMS: Mapping[str, ActForm] = {
    "proponer-critico": ActForm(
        Act.PROPOSE_CRITICAL,
        "Avisar de un posible peligro",
        "Avisar",
        "Aviso enviado. Corren las 2 y las 24 horas.",
        _propose,
        (
            Field("danger", "Qué peligro hay", "choice", options="dangers"),
            Field("text", "En qué se nota", "area", "Las palabras o los hechos que lo muestran."),
        ),
        "Orientación o quien está de guardia lo confirma. Si nadie responde en 15 minutos, queda como crítico.",
    ),
    "confirmar-critico": ActForm(
        Act.CONFIRM_CRITICAL,
        "Confirmar que es crítico",
        "Sí, es crítico",
        "Confirmado. Se lo decimos a la persona.",
        _confirm,
        explanation="Prometemos a la persona responder en 2 horas y resolver en 24.",
        key="C",
        short="Sí, es crítico",
    ),
    "rechazar-critico": ActForm(
        Act.REJECT_CRITICAL,
        "Decir que no es crítico",
        "No es crítico",
        "Anotado. El caso recupera su plazo desde la recepción.",
        _reject,
        (_REASON, _CLASS),
        "La jefatura verá hoy esta decisión y su razón.",
        key="X",
        short="No es crítico",
    ),
    "pedir-bajar": ActForm(
        Act.ASK_LOWERING,
        "Pedir que deje de ser crítico",
        "Pedirlo",
        "Pedido. Falta la firma de otra jefatura o de la guardia.",
        lambda request, number: commands.ask_lowering(
            number=number,
            reason=given(request, "reason"),
            class_=_class(request),
            actor=request.actor,
            now=request.now,
        ),
        (_REASON, _CLASS),
        "Nada cambia hasta que firme otra persona.",
        key="B",
    ),
    "decidir-bajar": ActForm(
        Act.DECIDE_LOWERING,
        "Firmar que deja de ser crítico",
        "Guardar la decisión",
        "Decisión guardada.",
        _decide,
        (
            Field("lowered", "Decisión", "choice", options="lowered"),
            Field("reason", "Razón", "area", "Hace falta si no lo firma.", is_required=False),
        ),
        key="B",
        short="Firmar o no",
    ),
}
