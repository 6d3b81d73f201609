"""Tickets and receipts on the printer of the waiting room: ordered in the transaction, printed by the worker."""

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from cercana.accounts import queries as accounts
from cercana.channels.counter.case_slips import case_slip
from cercana.channels.counter.errors import PrinterMissing
from cercana.channels.counter.models import Room, Turn
from cercana.channels.counter.rooms import attended_room
from cercana.channels.counter.slips import PrinterSilent, Slip, print_slip, ticket_slip
from cercana.rules.access import Actor

TICKET_TASK = "cercana.print_ticket"
RECEIPT_TASK = "cercana.print_receipt"
QUEUE = "notify"


def order_ticket(turn: Turn, room: Room) -> None:
    """Have a ticket printed once this transaction is through; nothing happens where there is no printer."""
    if room.printer_host:
        jobs.configure_task(TICKET_TASK, queue=QUEUE).defer(turn_id=turn.pk)


def order_receipt(*, number: str, actor: Actor, now: datetime) -> None:
    """
    Have the receipt of a case that ``actor`` registered just now printed in the room where they sit.

    Raise CaseNotFound for any other case, or PrinterMissing where there is no printer.
    """
    case_slip(actor, number, now=now)
    room = attended_room(actor)
    if room is None or not room.printer_host:
        raise PrinterMissing
    jobs.configure_task(RECEIPT_TASK, queue=QUEUE).defer(number=number, site=room.pk, staff_id=actor.staff_id)


def print_ticket(*, turn_id: int, now: datetime) -> None:
    """Print the ticket of a turn that waits, once; raise PrinterSilent, so that the job tries again."""
    # Claimed first: a ticket printed twice confuses a whole room, and a lock would keep windows from calling it.
    if not Turn.objects.filter(pk=turn_id, printed_at=None, ended_at=None).update(printed_at=now):
        return
    turn = Turn.objects.select_related("room__site").get(pk=turn_id)
    try:
        _print(turn.room, ticket_slip(turn))
    except PrinterSilent:
        Turn.objects.filter(pk=turn_id).update(printed_at=None)
        raise


def print_receipt(*, number: str, site: str, staff_id: int, now: datetime) -> None:
    """Print the receipt that a member of staff ordered; raise PrinterSilent, so that the job tries again."""
    user = accounts.active_user(staff_id)
    if user is not None:
        slip = case_slip(accounts.actor_for(user, now), number, now=now).on_paper()
        _print(Room.objects.get(pk=site), slip)


def _print(room: Room, slip: Slip) -> None:
    """Print, and keep for the administrator whether the printer answered."""
    try:
        print_slip(room, slip)
    except PrinterSilent as silence:
        Room.objects.filter(pk=room.pk).update(printer_error=silence.reason)
        raise
    Room.objects.filter(pk=room.pk).exclude(printer_error="").update(printer_error="")
