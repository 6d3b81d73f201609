"""The queue in addresses: which parameter means what, read and written in one place."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from cercana.cases.queries import Filters, Place, Selection, View
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, Channel, RequestKind
from cercana.rules.lifecycle import Stage

# The order is that of the filters on the page.
PARAMETERS: Mapping[str, str] = {
    "class_": "clase",
    "channel": "canal",
    "area": "area",
    "stage": "etapa",
    "category": "motivo",
    "kind": "tipo",
}
_KNOWN: Mapping[str, Collection[str]] = {
    "class_": list(CaseClass),
    "channel": list(Channel),
    "stage": list(Stage),
    "kind": list(RequestKind),
}


def selection_in(given: QueryDict, actor: Actor) -> Selection:
    """Return what an address or a form asks to see; what it does not name, or names wrongly, is the usual."""
    asked = given.get("vista", "")
    view = View(asked) if asked in list(View) else usual_view(actor)
    values = {name: given.get(parameter, "") for name, parameter in PARAMETERS.items()}
    return Selection(
        view, Filters(**{name: value for name, value in values.items() if value in _KNOWN.get(name, [value])})
    )


def usual_view(actor: Actor) -> View:
    """Return where somebody's day begins: what waits for referral, or everything open that is theirs to see."""
    return View.UNREFERRED if actor.has(Role.AGENT) else View.ALL


def place_in(given: QueryDict) -> Place | None:
    """Return where the asked page begins; None for the first."""
    return Place.parse(given.get("desde", ""))


def query_of(selection: Selection, place: Place | None = None) -> str:
    """Return the query of the address that shows ``selection`` from ``place`` on."""
    given = {PARAMETERS[name]: getattr(selection.filters, name) for name in PARAMETERS}
    pairs = {"vista": selection.view.value, **given, "desde": "" if place is None else str(place)}
    return urlencode({name: value for name, value in pairs.items() if value})


def without(selection: Selection, name: str) -> Selection:
    """Return ``selection`` without the filter called ``name``."""
    return replace(selection, filters=replace(selection.filters, **{name: ""}))
