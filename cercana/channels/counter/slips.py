"""What stands on paper: the ticket of a turn and the receipt of a case, as ESC/POS printers understand them."""

import socket
import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cercana.channels.counter.models import Room, Turn
from cercana.organization import queries as organization
from cercana.rules.turns import ticket_of
from cercana.ui import moments
from cercana.ui.environment import active_language

if TYPE_CHECKING:
    from escpos.escpos import Escpos

_TIMEOUT_SECONDS = 8
_QR_DOTS = 6
# What fits on paper of 80 mm, and how much larger the number stands.
_COLUMNS = 42
_LARGE, _MEDIUM = 4, 2


class PrinterSilent(Exception):
    """The printer did not answer; ``reason`` says so in a few words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Slip:
    """A strip of paper: ``head`` above what is ``large``, ``lines`` below, and the address behind the QR code."""

    head: Sequence[str]
    large: str
    lines: Sequence[str]
    link: str = ""


def follow_link(key: uuid.UUID) -> str:
    """Return the address at which a phone follows the turn with this key."""
    return f"{settings.PUBLIC_URL}{reverse('turns:follow', kwargs={'key': key})}"


def ticket_slip(turn: Turn) -> Slip:
    """Return the ticket of a turn, in the language that was pressed."""
    house = organization.municipality()
    with override("en" if turn.language == "en" else "es"):
        taken = f"{turn.day:%d/%m/%Y}, {moments.clock(turn.arrived_at, active_language())}"
        lines = [_("Te llamamos por la pantalla y por la voz."), taken]
        if turn.is_preferential:
            lines.insert(0, _("Atención preferente"))
        head = [house.name, str(turn.room.site), _("Tu turno")]
        return Slip(
            head, ticket_of(turn.letter, turn.number), [*lines, _("Síguelo en tu celular:")], follow_link(turn.key)
        )


def print_slip(room: Room, slip: Slip) -> None:
    """Send a slip to the printer of a room, and have it cut off; raise PrinterSilent if it does not answer."""
    try:
        with socket.create_connection((room.printer_host, room.printer_port), _TIMEOUT_SECONDS) as printer:
            printer.sendall(_paper(slip))
    except OSError as error:
        raise PrinterSilent(type(error).__name__) from error


def _paper(slip: Slip) -> bytes:
    """Return a slip as ESC/POS: what a printer of the network is sent, whatever its maker."""
    # Read late: its tables of printers take a quarter of a second, and no page prints.
    from escpos.printer import Dummy

    paper = Dummy()
    _write(paper, slip)
    written: bytes = paper.output
    return written


def _write(paper: "Escpos", slip: Slip) -> None:
    paper.hw("INIT")
    paper.set(align="center")
    _write_lines(paper, slip.head)
    size = _LARGE if len(slip.large) * _LARGE <= _COLUMNS else _MEDIUM
    paper.set(align="center", bold=True, custom_size=True, width=size, height=size)
    paper.textln(slip.large)
    paper.set(align="center", bold=False, normal_textsize=True)
    _write_lines(paper, slip.lines)
    if slip.link:
        paper.qr(slip.link, native=True, size=_QR_DOTS)
    paper.cut()


def _write_lines(paper: "Escpos", texts: Sequence[str]) -> None:
    """Write texts in lines that break between words: printers break anywhere."""
    for text in texts:
        for line in textwrap.wrap(text, _COLUMNS):
            paper.textln(line)
