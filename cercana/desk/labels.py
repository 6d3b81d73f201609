"""The Spanish words of codes that the desk shows."""

from cercana.rules.classification import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    KIND_LABELS,
    Cause,
    Channel,
    ClaimType,
    ClockKind,
    InterpretedLanguage,
    Means,
    TaskKind,
)
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Closure, Outcome

# The templates of the desk read all their words here.
KINDS, CLASSES, CHANNELS = KIND_LABELS, CLASS_LABELS, CHANNEL_LABELS
CLAIM_TYPES = {
    ClaimType.POOR_SERVICE: "Mal servicio",
    ClaimType.DELAY: "Demora en la atención",
    ClaimType.ERROR: "Error en trámite o información",
}
PREFERENCES = {
    "older_adult": "Tiene 60 años o más",
    "pregnancy": "Está gestando",
    "disability": "Tiene una discapacidad",
    "small_child": "Cuida a un niño pequeño",
    "veteran": "Es veterano de guerra o de la pacificación",
}
CHANNEL_ICONS = {
    Channel.COUNTER: "users",
    Channel.PHONE: "phone",
    Channel.EMAIL: "envelope-simple",
    Channel.APP: "device-mobile",
}
OUTCOMES = {
    Outcome.SOLVED: "Resuelto",
    Outcome.EXPLAINED: "Explicado",
    Outcome.NOT_POSSIBLE: "No es posible, y por qué",
    Outcome.FORWARDED: "Enviado a otra entidad",
    Outcome.DUPLICATE: "Repetido de otro caso",
    Outcome.WITHDRAWN: "Retirado por la persona",
}
CAUSES = {
    Cause.MAINTENANCE: "Falta de mantenimiento",
    Cause.BACKLOG: "Trabajo acumulado",
    Cause.INFORMATION: "Faltó información",
    Cause.DATA_ERROR: "Dato equivocado",
    Cause.SYSTEM_FAILURE: "Falla de un sistema",
    Cause.STAFF_CONDUCT: "Trato del personal",
    Cause.CONTRACTOR: "Empresa contratista",
    Cause.THIRD_PARTY: "Un tercero",
    Cause.OUTSIDE_ENTITY: "Otra entidad",
    Cause.WEATHER: "Clima",
    Cause.NO_FAULT: "Nadie tuvo la culpa",
}
CLOSURES = {
    Closure.CONFIRMED: "la persona lo confirmó",
    Closure.ON_THE_SPOT: "resuelto en el momento",
    Closure.WITHOUT_CONFIRMATION: "sin respuesta de la persona",
    Closure.DRILL_OVER: "fin del simulacro",
    Closure.NOTIFIED: "con su notificación",
    Closure.WITHDRAWN: "retirado por la persona",
}
# In the place of the title of a case that has none to show.
_RESERVED, _HIDDEN, _UNTITLED = "Caso reservado", "Oculto para su rol", "Sin título"
# How something was said or sent, as a choice and in a sentence.
INTERPRETED = {
    InterpretedLanguage.QUECHUA.value: "Quechua",
    InterpretedLanguage.AYMARA.value: "Aimara",
    InterpretedLanguage.SIGN_LANGUAGE.value: "Lengua de señas peruana",
    InterpretedLanguage.SHIPIBO.value: "Shipibo-konibo",
    InterpretedLanguage.ASHANINKA.value: "Asháninka",
    InterpretedLanguage.AWAJUN.value: "Awajún",
    InterpretedLanguage.OTHER.value: "Otra lengua",
}

MEANS = {
    Means.PHONE.value: "Por teléfono",
    Means.COUNTER.value: "En persona",
    Means.EMAIL.value: "Por correo",
    Means.LETTER.value: "Por carta",
}
MEANS_WAYS = {means: text[:1].lower() + text[1:] for means, text in MEANS.items()}
TASKS = {
    TaskKind.INTERPRETER: "Pedir intérprete",
    TaskKind.MOVE_TO_PLATFORM: "Pasar al Libro del Estado",
    TaskKind.NOTIFY_IN_PERSON: "Notificar por cédula",
    TaskKind.DECIDE_ABSTENTION: "Decidir una abstención",
    TaskKind.READ_MESSAGE: "Leer un mensaje en un caso cerrado",
    TaskKind.LOW_OPINION: "Revisar una opinión baja",
    TaskKind.REACH_OTHERWISE: "Comunicarse por otro medio",
    TaskKind.REVIEW: "Por revisar: llegó junto con muchos otros",
    TaskKind.ASK_IDENTITY: "Pedir nombre y documento",
}
CLOCKS = {
    ClockKind.FIRST_RESPONSE.value: "Primera respuesta",
    ClockKind.RESOLUTION.value: "Resolución",
    ClockKind.STATUTORY.value: "Plazo de la ley",
    ClockKind.DATED.value: "Fecha prometida",
    ClockKind.DERIVE.value: "Derivación",
    ClockKind.DECIDE.value: "Decisión de la abstención",
    ClockKind.NOTIFY.value: "Notificación",
}
NEWS = {
    EventType.RECEIVED: "Recién llegado",
    EventType.REGISTERED: "Recién registrado",
    EventType.REFERRED: "Derivado al área",
    EventType.HANDED_BACK: "Devuelto por el área",
    EventType.REFERRAL_UNDONE: "Derivación deshecha",
    EventType.TAKEN: "Lo tomó el área",
    EventType.ASSIGNED: "Asignado",
    EventType.NOTED: "Nota interna",
    EventType.ACTED: "Se hizo una acción",
    EventType.WROTE: "Le escribimos",
    EventType.SPOKE: "Hablamos con la persona",
    EventType.PROMISED: "Se prometió una fecha",
    EventType.FORWARDED: "Enviado a otra entidad",
    EventType.ANSWERED: "Respondido",
    EventType.CONFIRMATION_ATTEMPTED: "Se pidió confirmación",
    EventType.CONFIRMED: "Confirmó la persona",
    EventType.CLOSED: "Cerrado",
    EventType.CONTESTED: "No quedó resuelto",
    EventType.WITHDRAWN: "Retirado",
    EventType.REOPENED: "Reabierto",
    EventType.MERGED: "Unido a otro caso",
    EventType.ABSORBED: "Se le unió un caso",
    EventType.FOLLOWED: "Sigue a su caso principal",
    EventType.LINKED: "Vinculado a otro caso",
    EventType.NOTIFIED: "Notificación enviada",
    EventType.NOTIFICATION_RECORDED: "Resultado de la notificación",
    EventType.RECLASSIFIED: "Cambió de prioridad",
    EventType.NATURE_SET: "Cambió su naturaleza legal",
    EventType.PLATFORM_CODE_RECORDED: "Pasado al Libro del Estado",
    EventType.ATTACHED: "Llegó un archivo",
    EventType.INTERPRETER_REQUESTED: "Se pidió intérprete",
    EventType.TASK_OPENED: "Tarea pendiente",
    EventType.TASK_FINISHED: "Tarea hecha",
    EventType.STAFF_IDENTIFIED: "Persona identificada",
    EventType.ABSTAINED: "Alguien se abstuvo",
    EventType.ABSTENTION_DECIDED: "Abstención decidida",
    EventType.MESSAGE_RECEIVED: "Escribió la persona",
    EventType.ACCESS_REVOKED: "Código anulado",
    EventType.PROMISE_MOVED: "Se movió el plazo",
    EventType.OPINION_GIVEN: "Dio su opinión",
    EventType.ERASED: "Datos borrados",
    EventType.CRITICAL_PROPOSED: "Posible peligro",
    EventType.CRITICAL_MARKED: "Marcado como crítico",
    EventType.CRITICAL_REJECTED: "No es crítico",
    EventType.LOWERING_ASKED: "Piden que deje de ser crítico",
    EventType.LOWERING_DECIDED: "Se decidió si sigue siendo crítico",
    EventType.ALARM_RAISED: "Suena la alarma",
    EventType.ALARM_ESCALATED: "La alarma pasó a otra persona",
    EventType.ALARM_ACKNOWLEDGED: "Alguien se hizo cargo",
    EventType.CHECKED_IN: "Revisado",
    EventType.DANGER_REMOVED: "Ya no hay peligro",
    EventType.WARNED: "Aviso de plazo",
    EventType.PROMISE_KEPT: "Promesa cumplida",
    EventType.IDENTITY_RECORDED: "Se anotó quién es la persona",
    EventType.CALL_ATTENDED: "Se atendió una llamada",
}


def title_words(title: str, *, is_restricted: bool, is_known: bool) -> str:
    """Return the title of a case, or why there is none to read: it is restricted, or not for this role."""
    return title or (_RESERVED if is_restricted else _UNTITLED if is_known else _HIDDEN)
