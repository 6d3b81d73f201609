"""Tickets on the printer of the waiting room: ordered in the transaction, printed by the worker."""

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from cercana.channels.counter.models import Room, Turn
from cercana.channels.counter.slips import PrinterSilent, print_slip, ticket_slip

TICKET_TASK = "cercana.print_ticket"
QUEUE = "notify"


def order_ticket(turn: Turn, room: Room) -> None:
    """Have a ticket printed once this transaction is through; nothing happens where there is no printer."""
    if room.printer_host:
        jobs.configure_task(TICKET_TASK, queue=QUEUE).defer(turn_id=turn.pk)


def print_ticket(*, turn_id: int, now: datetime) -> None:
    """Print the ticket of a turn that waits, once; raise PrinterSilent, so that the job tries again."""
    # Claimed first: a ticket printed twice confuses a whole room, and a lock would keep windows from calling it.
    if not Turn.objects.filter(pk=turn_id, printed_at=None, ended_at=None).update(printed_at=now):
        return
    turn = Turn.objects.select_related("room__site").get(pk=turn_id)
    try:
        print_slip(turn.room, ticket_slip(turn))
    except PrinterSilent as silence:
        Turn.objects.filter(pk=turn_id).update(printed_at=None)
        Room.objects.filter(pk=turn.room_id).update(printer_error=silence.reason)
        raise
    Room.objects.filter(pk=turn.room_id).exclude(printer_error="").update(printer_error="")
