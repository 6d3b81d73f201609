"""The receipt of a case on a strip of paper, for whoever came to a window: number, code, promise, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cercana.cases import queries as cases
from cercana.cases.errors import CaseNotFound
from cercana.cases.queries import Receipt
from cercana.channels.counter.slips import Slip
from cercana.conversation.queries import Access, Purpose, link_to
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.classification import ClockKind, CriticalState
from cercana.rules.promises import to_lima
from cercana.rules.time_words import due_words
from cercana.ui import moments
from cercana.ui.sentences import ended


@dataclass(frozen=True, slots=True)
class CaseSlip:
    """What the receipt says, to the citizen; ``link`` opens the case without its code."""

    title: ClassVar[str] = "Constancia de tu caso"
    code_label: ClassVar[str] = "Código para seguir tu caso"
    link_note: ClassVar[str] = "Apunta con la cámara para abrir tu caso."

    house: str
    number: str
    code: str
    promise: str
    taken: str
    link: str

    def on_paper(self) -> Slip:
        """Return it for a printer."""
        lines = [
            f"{self.code_label}: {self.code}",
            self.promise,
            self.taken,
            "Guarda este papel: con él sigues tu caso.",
        ]
        return Slip([self.house, self.title], self.number, [line for line in lines if line], self.link)


def case_slip(actor: Actor, number: str, *, now: datetime) -> CaseSlip:
    """Return the receipt of a case that ``actor`` registered just now; raise CaseNotFound for any other."""
    receipt = cases.receipt_of(actor, number, now=now)
    entrance = cases.entrance_by_number(number)
    if entrance is None:
        raise CaseNotFound(number=number)
    return CaseSlip(
        house=organization.municipality().name,
        number=receipt.number,
        code=receipt.code,
        promise=_promise(receipt),
        taken=f"{to_lima(now):%d/%m/%Y}, {moments.clock(now)}",
        link=link_to(Purpose.CASE, Access(entrance.key, entrance.generation)),
    )


def _promise(receipt: Receipt) -> str:
    if receipt.critical_state == CriticalState.PROPOSED:
        return "Lo estamos revisando ahora por posible peligro."
    due = receipt.promises.get(ClockKind.RESOLUTION)
    return ended(f"Te respondemos {due_words(due)}") if due else ""
