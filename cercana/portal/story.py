"""«Qué hicimos»: each entry of a history as a title and a line for the citizen."""

from datetime import datetime

from django.utils.translation import gettext as _

from cercana.cases.queries import Happening
from cercana.rules.classification import CaseClass
from cercana.rules.history import EventType, parse_instant
from cercana.ui import moments
from cercana.ui.bilingual import worded
from cercana.ui.environment import active_language

_LONGEST_LINE = 160
_SAY_THE_CLASS = (EventType.RECLASSIFIED, EventType.CRITICAL_REJECTED, EventType.LOWERING_DECIDED)


def told(happening: Happening, now: datetime) -> tuple[str, str]:
    """Return title and line of one entry; both are "" for what the conversation shows already."""
    return _title(happening), _line(happening, now)


def _title(happening: Happening) -> str:
    if happening.type is EventType.RECLASSIFIED:
        return _("Revisamos de qué trata tu caso")
    if happening.type is EventType.LOWERING_DECIDED:
        return _("Revisamos la prioridad de tu caso") if happening.facts["granted"] else ""
    if happening.type is EventType.WITHDRAWN:
        return _("Retiraste tu caso")
    if happening.type is EventType.REOPENED:
        return _("Reabriste tu caso") if happening.is_mine else _("Reabrimos tu caso")
    titles = {
        EventType.RECEIVED: _("Recibimos tu caso"),
        EventType.REGISTERED: _("Lo registramos"),
        EventType.REFERRED: _("Lo pasamos al área que corresponde"),
        EventType.HANDED_BACK: _("Buscamos el área correcta"),
        EventType.TAKEN: _("Una persona se hizo cargo"),
        EventType.ASSIGNED: _("Una persona se hizo cargo"),
        EventType.ACTED: _("Avanzamos con tu caso"),
        EventType.WROTE: _("Te escribimos"),
        EventType.SPOKE: _("Conversamos contigo"),
        EventType.PROMISED: _("Te prometimos algo con fecha"),
        EventType.PROMISE_KEPT: _("Cumplimos lo que te prometimos"),
        EventType.FORWARDED: _("Lo enviamos a la entidad que corresponde"),
        EventType.ANSWERED: _("Te respondimos"),
        EventType.CONFIRMATION_ATTEMPTED: _("Te preguntamos si quedó resuelto"),
        EventType.CONFIRMED: _("Confirmaste que quedó resuelto"),
        EventType.CLOSED: _("Cerramos el caso"),
        EventType.CONTESTED: _("Nos dijiste que no quedó resuelto"),
        EventType.MERGED: _("Lo unimos a otro caso igual"),
        EventType.NOTIFIED: _("Te entregamos la respuesta por escrito"),
        EventType.PLATFORM_CODE_RECORDED: _("Anotamos el código del Libro de Reclamaciones"),
        EventType.INTERPRETER_REQUESTED: _("Pedimos un intérprete"),
        EventType.ACCESS_REVOKED: _("Cambiaste el código de seguimiento"),
        EventType.PROMISE_MOVED: _("Cambió el plazo por un feriado"),
        EventType.OPINION_GIVEN: _("Nos diste tu opinión. Gracias"),
        EventType.CRITICAL_PROPOSED: _("Lo revisamos por posible peligro"),
        EventType.CRITICAL_MARKED: _("Confirmamos que va primero"),
        EventType.CRITICAL_REJECTED: _("Revisamos la prioridad de tu caso"),
    }
    return titles.get(happening.type, "")


def _line(happening: Happening, now: datetime) -> str:
    facts, language = happening.facts, active_language()
    if happening.type is EventType.REFERRED:
        return worded(happening, "area", active_language())
    if happening.type in (EventType.TAKEN, EventType.ASSIGNED, EventType.WROTE, EventType.ANSWERED, EventType.SPOKE):
        return _by_whom(happening)
    if happening.type in (EventType.ACTED, EventType.PROMISE_KEPT):
        return _shortened(happening.texts.get("text", ""))
    if happening.type is EventType.PROMISED:
        day = moments.day(parse_instant(facts["due_at"]), language, now=now)
        return _("%(text)s Para el %(day)s.") % {"text": _shortened(happening.texts.get("text", "")), "day": day}
    if happening.type is EventType.FORWARDED:
        return str(facts.get("entity", ""))
    if happening.type is EventType.PLATFORM_CODE_RECORDED:
        return str(facts.get("code", ""))
    if happening.type is EventType.MERGED:
        return _("Conserva su número y su plazo, y tendrá su propia respuesta.")
    if happening.type is EventType.CRITICAL_MARKED:
        return _("Es un caso crítico: va primero.")
    if happening.type in _SAY_THE_CLASS and "class" in facts:
        return {
            CaseClass.SIMPLE: _("Es un caso simple."),
            CaseClass.COMPLEX: _("Es un caso complejo."),
            CaseClass.CRITICAL: _("Es un caso crítico: va primero."),
        }[CaseClass(str(facts["class"]))]
    return ""


def _by_whom(happening: Happening) -> str:
    area = worded(happening, "area", active_language())
    if not happening.author or not area:
        return happening.author
    return _("%(name)s, de %(area)s.") % {"name": happening.author, "area": area}


def _shortened(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= _LONGEST_LINE else f"{tidy[:_LONGEST_LINE].rsplit(' ', 1)[0]}…"
