"""The verbs of the protocol of critical cases, as data: each verb's fields and its command (M5.2)."""

from collections.abc import Mapping

from cercana.cases import commands as cases
from cercana.critical import commands
from cercana.desk.act_fields import EARLIER, ActForm, Field, given, moment_of, simply
from cercana.desk.requests import StaffRequest
from cercana.rules.acts import Act


def _take_charge(request: StaffRequest, number: str) -> object:
    return commands.acknowledge(number=number, way="desk", actor=request.actor, now=request.now)


def _check_in(request: StaffRequest, number: str) -> object:
    return commands.check_in(
        number=number,
        done=given(request, "done"),
        next_step=given(request, "next_step"),
        actor=request.actor,
        now=request.now,
        occurred_at=moment_of(request, "occurred_at"),
        source=given(request, "source"),
    )


CRITICAL_FORMS: Mapping[str, ActForm] = {
    "hacerse-cargo": ActForm(
        Act.ACKNOWLEDGE_ALARM,
        "Hacerse cargo de la alarma",
        "Me hago cargo",
        "La alarma ya no suena. Responda en menos de 2 horas.",
        _take_charge,
        explanation="La alarma deja de sonar y queda su nombre en la historia.",
        short="Me hago cargo",
    ),
    "revision": ActForm(
        Act.CHECK_IN,
        "Anotar una revisión",
        "Anotar",
        "Revisión anotada.",
        _check_in,
        (
            Field("done", "Qué se hizo", "line", "Se lee en el muro: no nombre a la persona."),
            Field("next_step", "Qué sigue", "line"),
            *EARLIER,
        ),
        "Cada 2 horas hasta responder; después, una vez al día (manual 5.2).",
    ),
    "fin-simulacro": ActForm(
        Act.END_DRILL,
        "Terminar el simulacro",
        "Terminar",
        "Simulacro terminado. Su informe es el protocolo paso a paso.",
        simply(cases.end_drill),
        explanation="El caso se cierra y la alarma calla. No entra en ninguna cifra.",
        short="Terminar el simulacro",
    ),
    "sin-peligro": ActForm(
        Act.REMOVE_DANGER,
        "Ya no hay peligro",
        "Anotar",
        "Anotado. El caso ocupa menos lugar en el muro.",
        simply(commands.remove_danger, how="how"),
        (Field("how", "Cómo se sabe", "area"),),
    ),
}
