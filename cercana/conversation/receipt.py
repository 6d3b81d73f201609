"""The receipt of a case as an accessible PDF of one page."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import segno
from django.utils.translation import gettext as _

from cercana.cases.queries import TrackedCase
from cercana.conversation.links import Access, Purpose, code_for, link_to
from cercana.conversation.promise_words import PromiseInWords, title_of
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima
from cercana.ui import moments
from cercana.ui.bilingual import worded
from cercana.ui.contacts import phone
from cercana.ui.environment import active_language
from cercana.ui.paper import typeset
from cercana.ui.sentences import ended

_PAGE = Path(__file__).parent / "receipt.typ"


class House(Protocol):
    """What the receipt says of the municipality."""

    name: str
    address: str
    phone: str
    opening_hours: str
    opening_hours_en: str


def receipt_pdf(case: TrackedCase, house: House, promises: Sequence[PromiseInWords], now: datetime) -> bytes:
    """Return the receipt in the language that is active, as PDF/UA-1."""
    link = link_to(Purpose.CASE, Access(case.key, case.generation))
    code = segno.make(link, error="m", micro=False).svg_inline(scale=4, border=1)
    return typeset(_PAGE, receipt_texts(case, house, promises, now), picture=code)


def receipt_texts(
    case: TrackedCase, house: House, promises: Sequence[PromiseInWords], now: datetime
) -> dict[str, object]:
    """Return what the receipt says, under the names by which receipt.typ knows it."""
    return {
        "language": active_language(),
        "title": _("Constancia de tu caso"),
        "house": house.name,
        "address": house.address,
        "number_label": _("Tu número de caso"),
        "number": case.number,
        "code_label": _("Tu código de seguimiento"),
        "code": code_for(Access(case.key, case.generation)),
        "code_note": _code_note(case),
        "qr_label": _("Código QR para abrir tu caso en el celular"),
        "qr_note": _("Apunta con la cámara para abrir tu caso."),
        "parts": _parts(case, promises),
        "foot": _foot(house, now),
    }


def _parts(case: TrackedCase, promises: Sequence[PromiseInWords]) -> list[dict[str, object]]:
    received = case.newest(EventType.RECEIVED)
    texts = received.texts if received else {}
    told = [
        (_("Asunto"), title_of(case)),
        (_("De qué se trata"), worded(case, "category", active_language())),
        (_("Recibido"), _dated(case.received_at)),
        (_("Lugar"), texts.get("place", "")),
    ]
    return [
        {"title": _("Tu caso"), "rows": [[name, value] for name, value in told if value]},
        {
            "title": _("Nuestra promesa contigo"),
            "rows": [
                *([[_("Ahora"), _("Lo estamos revisando ahora por posible peligro.")]] if case.is_in_review else []),
                *([each.label, f"{each.until} {each.sum_}".strip()] for each in promises),
            ],
        },
    ]


def _code_note(case: TrackedCase) -> str:
    note = _("Con el número y el código puedes ver tu caso. No los compartas.")
    if case.emails or case.phones:
        return note
    return f"{note} " + _("Sin contacto, es la única forma de volver a tu caso.")


def _foot(house: House, now: datetime) -> str:
    reached = {"phone": phone(house.phone), "hours": worded(house, "opening_hours", active_language())}
    help_ = ended(_("Si necesitas ayuda, llámanos al %(phone)s, %(hours)s") % reached)
    issued = ended(_("Constancia emitida el %(when)s") % {"when": _dated(now)})
    return f"{help_} {issued}"


def _dated(moment: datetime) -> str:
    """Return a moment with its year, as papers say it."""
    return f"{to_lima(moment):%d/%m/%Y}, {moments.clock(moment, active_language())}"
