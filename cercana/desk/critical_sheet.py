"""The sheet for the hours without a network: the open critical cases and the protocol on paper."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cercana.cases.queries import WallCase
from cercana.desk.labels import NEWS, title_words
from cercana.rules.classification import ClockKind
from cercana.rules.promises import to_lima
from cercana.ui.moments import clock, moment
from cercana.ui.paper import typeset
from cercana.ui.sentences import ended

_PAGE = Path(__file__).with_suffix(".typ")
PROTOCOL = (
    "Llame por teléfono a quien está de guardia. Si en 10 minutos no contesta, llame a la jefatura del área.",
    "Después llame a la jefatura superior y a la gerencia municipal. Dé 10 minutos a cada una y vuelva a empezar.",
    "Quien atiende anota su nombre y la hora: se hace cargo.",
    "Hable con la persona antes de las 2 horas. Anote la hora y lo que le dijo.",
    "Cada 2 horas anote qué se hizo y qué sigue. Repetir lo mismo no cuenta.",
    "El caso debe resolverse en 24 horas. Pregunte a la persona, de viva voz, si quedó resuelto.",
    "Cuando vuelva la red, pase cada anotación a Cercana con su hora verdadera y diga que viene de esta hoja.",
)

ENTRY_COLUMNS = ("Caso", "Hora", "Quién", "Qué se hizo y qué sigue", "Firma")


class House(Protocol):
    """What the sheet says of the municipality."""

    name: str


def critical_sheet(cases: Iterable[WallCase], house: House, now: datetime) -> bytes:
    """Return the sheet as PDF/UA-1: what the wall shows of ``cases``, the protocol, and lines to write on."""
    return typeset(_PAGE, sheet_texts(cases, house, now))


def sheet_texts(cases: Iterable[WallCase], house: House, now: datetime) -> dict[str, object]:
    """Return what the sheet says, under the names by which critical_sheet.typ knows it."""
    return {
        "title": "Casos críticos abiertos",
        "house": house.name,
        "made": ended(f"Impreso el {moment(now)}"),
        "none": "Ningún caso crítico abierto a esta hora.",
        "columns": ["Caso", "Qué pasa y dónde", "Primera respuesta", "Resolver", "A cargo y última novedad"],
        "cases": sheet_rows(cases),
        "protocol_title": "Sin red, siga estos pasos",
        "protocol": list(PROTOCOL),
        "entries_title": "Anotaciones en papel",
        "entries_note": "Una línea por cada cosa que se hace. Escriba la hora en que ocurrió.",
        "entry_columns": list(ENTRY_COLUMNS),
        "foot": "Tiene datos de casos abiertos: guárdela y destrúyala cuando ya no haga falta.",
    }


def sheet_rows(cases: Iterable[WallCase]) -> list[dict[str, str]]:
    """Return the lines of the table of cases, under the names of its columns."""
    return [_row(case) for case in cases]


def _row(case: WallCase) -> dict[str, str]:
    last = case.last_words or NEWS[case.last_type]
    return {
        "number": case.number,
        "state": f"{'posible, ' if case.is_proposed else ''}desde {_brief(case.critical_since)}",
        "title": title_words(case.title, is_restricted=case.is_restricted, is_known=case.is_known),
        "place": case.place,
        "response": _until(case, ClockKind.FIRST_RESPONSE, "Respondido"),
        "resolution": _until(case, ClockKind.RESOLUTION, "Espera el sí"),
        "owner": f"{case.owner or 'Sin responsable'}, {case.area}",
        "last": f"{last}, {_brief(case.last_at)}",
    }


def _until(case: WallCase, kind: ClockKind, done: str) -> str:
    found = case.clocks.get(kind)
    if found is None or found.ended_at is not None or found.suspended_at is not None:
        return done
    return f"hasta {_brief(found.due_at)}"


def _brief(at: datetime) -> str:
    return f"{to_lima(at):%d/%m}, {clock(at)}"
