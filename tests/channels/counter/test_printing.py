"""Tickets and receipts on a printer of the network: a server that takes bytes as such a printer does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.cases.commands import register_case
from cercana.cases.errors import CaseNotFound
from cercana.channels.counter import commands
from cercana.channels.counter.errors import PrinterMissing
from cercana.channels.counter.models import Room, Turn
from cercana.channels.counter.slips import PrinterSilent
from cercana.rules.classification import Channel
from cercana.rules.turns import PreferentialGroup
from tests.channels.counter.hall import make_device, make_room, seated, take
from tests.factories import NOW, make_reception

pytestmark = pytest.mark.usefixtures("municipality")
# ESC/POS: QR codes are stored and printed by these functions, and paper is cut by the last.
_STORE_QR, _CUT = b"\x1d(k", b"\x1dV"


class Printer:
    """A printer that listens on a port of this machine and keeps what it was sent."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.printed: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._server.accept()
            with connection, connection.makefile("rb") as sent:
                if not (told := sent.read()):
                    return
                self.printed.append(told)

    def close(self) -> None:
        """Be switched off, once everything that was sent before is printed: nothing at all comes after it."""
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(10)
        self._server.close()


@contextmanager
def printer() -> Iterator[Printer]:
    """Switch a printer on; what it printed is complete once it is off again."""
    on = Printer()
    try:
        yield on
    finally:
        on.close()


class TestATicket:
    def test_is_ordered_with_the_turn_where_there_is_a_printer(self) -> None:
        room = make_room()
        kiosk = make_device(room)
        take(kiosk)
        assert not ProcrastinateJob.objects.exists()
        Room.objects.update(printer_host="impresora.local")

        turn = take(kiosk)

        job = ProcrastinateJob.objects.get()
        assert (job.task_name, job.args) == ("cercana.print_ticket", {"turn_id": turn.pk})

    def test_carries_turn_and_code_and_is_printed_once(self) -> None:
        with printer() as on:
            room = make_room(printer_host="127.0.0.1", printer_port=on.port)
            turn = take(make_device(room), group=PreferentialGroup.OLDER_ADULT)
            for _ in range(2):
                commands.print_ticket(turn_id=turn.pk, now=NOW)

        assert len(on.printed) == 1
        paper = on.printed[0]
        assert b"P 001" in paper
        assert f"/turnos/mi-turno/{turn.key}/".encode() in paper
        assert _STORE_QR in paper
        assert _CUT in paper
        # The accents of Spanish, in the code page that the printer was told to use.
        assert "Atención preferente".encode("cp437") in paper

    def test_speaks_the_language_that_was_pressed(self) -> None:
        with printer() as on:
            room = make_room(printer_host="127.0.0.1", printer_port=on.port)
            turn = take(make_device(room), language="en")
            commands.print_ticket(turn_id=turn.pk, now=NOW)

        assert b"Your turn" in on.printed[0]

    def test_that_did_not_come_out_is_tried_again_and_the_administrator_is_told(self) -> None:
        with printer() as off:
            pass
        room = make_room(printer_host="127.0.0.1", printer_port=off.port)
        turn = take(make_device(room))
        with pytest.raises(PrinterSilent):
            commands.print_ticket(turn_id=turn.pk, now=NOW)
        room.refresh_from_db()
        assert room.printer_error

        with printer() as on:
            Room.objects.update(printer_port=on.port)
            commands.print_ticket(turn_id=turn.pk, now=NOW)

        assert len(on.printed) == 1
        room.refresh_from_db()
        assert not room.printer_error
        assert Turn.objects.get().printed_at == NOW


class TestAReceipt:
    def test_is_printed_in_the_room_of_whoever_registered_the_case(self) -> None:
        with printer() as on:
            room = make_room(printer_host="127.0.0.1", printer_port=on.port)
            agent = seated(room)
            case = register_case(make_reception(channel=Channel.COUNTER), actor=agent, now=NOW)
            commands.order_receipt(number=case.number, actor=agent, now=NOW)
            ordered = ProcrastinateJob.objects.get(task_name="cercana.print_receipt").args
            commands.print_receipt(**ordered, now=NOW)

        paper = on.printed[0]
        assert case.number.encode() in paper
        assert "Código para seguir tu caso: ".encode("cp437") in paper
        assert b"/caso/" in paper
        # Two times as large, so that the number stands in one line.
        assert b"\x1d!\x11" in paper
        assert "code" not in ordered

    def test_is_nobody_elses_to_print(self) -> None:
        room = make_room(printer_host="127.0.0.1")
        agent, colleague = seated(room, "1"), seated(room, "2")
        case = register_case(make_reception(channel=Channel.COUNTER), actor=agent, now=NOW)

        with pytest.raises(CaseNotFound):
            commands.order_receipt(number=case.number, actor=colleague, now=NOW)

    def test_needs_a_printer_in_the_room(self) -> None:
        agent = seated(make_room())
        case = register_case(make_reception(channel=Channel.COUNTER), actor=agent, now=NOW)

        with pytest.raises(PrinterMissing):
            commands.order_receipt(number=case.number, actor=agent, now=NOW)
