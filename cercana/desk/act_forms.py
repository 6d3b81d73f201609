"""The verbs of the desk: the form of each, and where on the page of a case it stands."""

from collections.abc import Iterable, Mapping

from cercana.desk.act_fields import ActForm
from cercana.desk.critical_forms import CRITICAL_FORMS
from cercana.desk.danger_forms import DANGER_FORMS
from cercana.desk.person_forms import PERSON_FORMS
from cercana.desk.work_forms import WORK_FORMS
from cercana.rules.acts import Act

# By the word in the address.
FORMS: Mapping[str, ActForm] = {**PERSON_FORMS, **WORK_FORMS, **DANGER_FORMS, **CRITICAL_FORMS}

VERBS: Mapping[Act, str] = {form.act: verb for verb, form in FORMS.items()}

# Written beside the conversation rather than in a form of their own, in the order of the composer.
COMPOSED = ("responder", "mensaje", "nota", "accion")
# Shown as buttons at the head of the case, in this order.
PROMINENT = (
    "hacerse-cargo", "fin-simulacro", "confirmar-critico", "rechazar-critico", "decidir-bajar",
    "asumir", "tomar", "derivar", "deshacer", "confirmar", "intento", "no-resuelto", "cerrar", "reabrir",
)  # fmt: skip
# The others, by the headings of their menu.
MENU: Mapping[str, tuple[str, ...]] = {
    "Con la persona": (
        "conversacion", "escribio", "promesa", "cumplida", "disculpa", "interprete", "identidad", "retirar",
        "anular-codigo",
    ),
    "Caso crítico": ("revision", "sin-peligro"),
    "El caso": (
        "asignar", "devolver", "adjuntar", "reclasificar", "naturaleza", "plataforma", "enviar", "avisar-envio",
        "notificar", "notificacion", "unir", "vincular", "tarea", "proponer-critico", "pedir-bajar",
    ),
    "El personal": ("abstenerse", "abstencion", "identificar"),
}  # fmt: skip


def caller_words(acts: Iterable[Act]) -> dict[str, ActForm]:
    """Return the forms of what may be written down of a citizen who calls, by their verb."""
    return {VERBS[act]: FORMS[VERBS[act]] for act in acts}
