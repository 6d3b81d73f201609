"""The places of the desk that belong to a role: in the rail and in the palette of whoever holds it, of nobody else."""

from dataclasses import dataclass

from django.urls import reverse

from cercana.rules.access import Actor, Role
from cercana.ui.shell import Place


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of one role: its name, its word in the rail and its title, and other ``words`` to find it by."""

    role: Role
    name: str
    text: str
    title: str
    address: str
    icon: str
    words: str


UNREGISTERED = "unregistered"
_PLACES = (
    OwnPlace(
        Role.AGENT,
        "turns",
        "Turnos",
        "Turnos de mi ventanilla",
        "desk:turns",
        "users",
        "ventanilla llamar siguiente sala espera",
    ),
    *(
        OwnPlace(
            role,
            "turn-figures",
            "Esperas",
            "Turnos en cifras",
            "desk:turn-figures",
            "hourglass-medium",
            "ventanilla espera atencion abandonados hora",
        )
        for role in (Role.SUPERVISOR, Role.ANALYST)
    ),
    OwnPlace(
        Role.ADMINISTRATOR,
        "turn-devices",
        "Equipos",
        "Equipos de la sala",
        "desk:turn-devices",
        "device-mobile",
        "quiosco pantalla impresora turnos ventanilla",
    ),
    OwnPlace(
        Role.AGENT,
        UNREGISTERED,
        "Por registrar",
        "Por registrar: correos y llamadas sin caso",
        "desk:unregistered",
        "tray",
        "correo llamada perdida mensaje de voz sin caso",
    ),
    OwnPlace(
        Role.SUPERVISOR,
        "rejections",
        "No críticos",
        "Casos que no eran críticos",
        "desk:rejections",
        "flag",
        "rechazo peligro rechazado propuesta critico",
    ),
    *(
        OwnPlace(
            role,
            "triage",
            "Triaje",
            "Qué tan bien propone el triaje",
            "desk:triage-quality",
            "check-circle",
            "clasificacion sugerida acierto correcciones calidad",
        )
        for role in (Role.SUPERVISOR, Role.ANALYST)
    ),
    *(
        OwnPlace(
            role,
            "phrases",
            "Frases",
            "Cuánto se usan las frases",
            "desk:phrase-figures",
            "article",
            "respuesta plantilla texto mensaje uso opinion",
        )
        for role in (Role.ANALYST, Role.TRAINER)
    ),
    OwnPlace(
        Role.SUPERVISOR,
        "drills",
        "Simulacros",
        "Simulacros del protocolo crítico",
        "desk:drills",
        "megaphone-simple",
        "simulacro ensayo practica alarma protocolo",
    ),
    OwnPlace(
        Role.SUPERVISOR,
        "roster",
        "Guardia",
        "Turnos de guardia",
        "desk:roster",
        "phone-call",
        "turno semana reemplazo ausencia hueco critico",
    ),
    OwnPlace(
        Role.SUPERVISOR,
        "incidents",
        "Apoyo",
        "Apoyo al equipo",
        "desk:incidents",
        "hand-heart",
        "incidente insulto agresion pidio ayuda",
    ),
    OwnPlace(
        Role.DUTY_OFFICER,
        "roster",
        "Guardia",
        "Turnos de guardia",
        "desk:roster",
        "phone-call",
        "turno semana reemplazo ausencia hueco critico",
    ),
    OwnPlace(
        Role.TRAINER,
        "guide",
        "Guía",
        "Situaciones de la guía",
        "desk:guide",
        "article",
        "frases palabras decir capacitacion situaciones",
    ),
    OwnPlace(
        Role.ADMINISTRATOR,
        "calendar",
        "Plazos",
        "Plazos que mueve el calendario",
        "desk:moved-promises",
        "clock-countdown",
        "feriado dia no laborable añadido",
    ),
    OwnPlace(
        Role.ADMINISTRATOR,
        "configuration",
        "Ajustes",
        "Configurar la municipalidad",
        "admin:index",
        "wrench",
        "administracion cuentas cargos areas motivos feriados textos",
    ),
    OwnPlace(
        Role.AUDITOR,
        "changes",
        "Cambios",
        "Registro de cambios",
        "admin:accounts_changerecord_changelist",
        "article",
        "auditoria configuracion historial quien cambio",
    ),
    OwnPlace(
        Role.DATA_PROTECTION,
        "erasure",
        "Datos",
        "Borrar los datos de una persona",
        "desk:erase-person",
        "lock-simple",
        "cancelar eliminar derecho personales",
    ),
)


def own_places(actor: Actor) -> list[OwnPlace]:
    """Return the places that the roles of ``actor`` open, each once."""
    found = {each.name: each for each in _PLACES if actor.has(each.role)}
    return list(found.values())


def places_of(actor: Actor, *, unregistered: int = 0) -> tuple[Place, ...]:
    """Return them as the rail shows them; ``unregistered`` is how many wait for a case (M4.1a)."""
    totals = {UNREGISTERED: unregistered}
    return tuple(
        Place(each.name, each.text, reverse(each.address), each.icon, totals.get(each.name, 0))
        for each in own_places(actor)
    )
