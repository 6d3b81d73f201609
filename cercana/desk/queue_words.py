"""What the views of the queue are called, and what an empty one says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cercana.cases.queries import PAGE_SIZE, QueuePage, Selection, View
from cercana.workplace.queries import KeptView

_MINE, _TEAM = "Mi trabajo", "Todo el equipo"

# Name, icon and heading of each view, in the order of the page.
VIEWS: Mapping[View, tuple[str, str, str]] = {
    View.MINE: ("Mis casos", "user", _MINE),
    View.TODAY: ("Por vencer hoy", "hourglass-high", _MINE),
    View.WAITING: ("Esperando al ciudadano", "pause-circle", _MINE),
    View.TASKS: ("Tareas", "list-checks", _MINE),
    View.ALL: ("Todos los abiertos", "rows", _TEAM),
    View.CRITICAL: ("Críticos", "warning-octagon", _TEAM),
    View.UNREFERRED: ("Sin derivar", "signpost", _TEAM),
    View.OVERDUE: ("Vencidos", "warning", _TEAM),
    View.TO_CONFIRM: ("Por confirmar cierre", "seal-check", _TEAM),
    View.CLOSED: ("Cerrados", "archive", _TEAM),
}

EMPTY: Mapping[View, tuple[str, str]] = {
    View.MINE: ("No tiene casos pendientes", "Los casos que tome o registre aparecen aquí."),
    View.TODAY: ("Nada suyo vence hoy", "Lo que vence antes aparece siempre arriba en «Mis casos»."),
    View.WAITING: ("Nadie le debe una respuesta", "Aquí esperan los casos que usted respondió, hasta su confirmación."),
    View.TASKS: ("No hay tareas pendientes", "Aquí aparece lo que falta hacer en los casos de su área."),
    View.ALL: ("No hay casos abiertos", "Cuando llegue uno que usted deba ver, aparecerá aquí solo."),
    View.CRITICAL: ("No hay casos críticos", "Si llega uno, aparece aquí y en el contador de arriba."),
    View.UNREFERRED: ("Todo está derivado", "Los casos nuevos aparecen aquí hasta que lleguen a su área."),
    View.OVERDUE: ("Nada está vencido", "Todos los plazos que usted ve se están cumpliendo."),
    View.TO_CONFIRM: ("Nadie está por confirmar", "Aquí esperan los casos respondidos, hasta que la persona diga sí."),
    View.CLOSED: ("Todavía no hay casos cerrados", "Los últimos en cerrarse aparecen primero."),
}
_ORDER = "Primero lo crítico y lo que vence antes."


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the list and the line below it."""

    title: str
    text: str


def heading(selection: Selection, page: QueuePage, kept: Sequence[KeptView]) -> Heading:
    """Return the heading of a list: the name it is kept under, or that of its view."""
    names = [each.name for each in kept if each.selection == selection]
    title = names[0] if names else VIEWS[selection.view][0]
    if selection.view is View.CLOSED:
        return Heading(title, "Los últimos en cerrarse, primero.")
    total = len(page.rows) if page.next_place is None else None
    if total is None:
        return Heading(title, f"Más de {PAGE_SIZE} casos. {_ORDER}")
    return Heading(title, f"{total} {'caso' if total == 1 else 'casos'}. {_ORDER}")
