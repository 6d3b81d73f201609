"""What stands before whoever calls turns: their window, who is there, who waits, and who did not come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.channels.counter.errors import TurnsClosed
from cercana.channels.counter.models import Room, Turn, WaitAnswer, Window
from cercana.channels.counter.waiting import waiting_in
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor, Role
from cercana.rules.promises import to_lima
from cercana.rules.turns import Topic, TurnState, in_order, is_beyond, ticket_of

# Whoever says that they see to it needs a while to open a window.
_QUIET_AFTER_ANSWER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Seat:
    """A window that may be chosen; ``person`` attends there now, or None."""

    id: int
    site: str
    room: str
    name: str
    person: int | None


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn as staff see it; ``document``, ``note`` and ``case_number`` are of today alone."""

    id: int
    ticket: str
    topic: Topic
    is_preferential: bool
    language: str
    arrived_at: datetime
    calls: int = 0
    document: str = ""
    note: str = ""
    case_number: str = ""
    passed_to: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The turns before one window; without a seat there is the choice of one, and ``may_free`` those left behind."""

    seat: Seat | None
    seats: Sequence[Seat]
    may_free: bool = False
    called: TurnLine | None = None
    waiting: Sequence[TurnLine] = ()
    absent: Sequence[TurnLine] = ()
    attended: Sequence[TurnLine] = ()


@dataclass(frozen=True, slots=True)
class LongWait:
    """A room in which somebody waits past the bound, in minutes: another window must open."""

    site: str
    room: str
    minutes: int
    people: int

    @property
    def name_of_alarm(self) -> str:
        """What tells this call from others on a desk that has it already."""
        return f"espera:{self.site}"


def desk_of(actor: Actor, now: datetime) -> Desk:
    """Return the turns before the window of ``actor``; raise TurnsClosed to who attends nobody."""
    if not entitlements.may_attend_turns(actor).allowed:
        raise TurnsClosed
    seats = _seats()
    seat = next((each for each in seats if each.person is not None and each.person == actor.staff_id), None)
    if seat is None:
        return Desk(None, seats, may_free=_may_free(actor))
    room = Room.objects.get(pk=seat.site)
    lines = _lines(room, now)
    order = [each.id for each in in_order(waiting_in(room, now))]
    called = Turn.objects.filter(window=seat.id, state=TurnState.CALLED).values_list("pk", flat=True).first()
    return Desk(
        seat=seat,
        seats=seats,
        called=lines[TurnState.CALLED].get(called) if called else None,
        waiting=[lines[TurnState.WAITING][each] for each in order if each in lines[TurnState.WAITING]],
        absent=list(lines[TurnState.ABSENT].values()),
        attended=[each for each in lines[TurnState.ATTENDED].values() if each.case_number],
    )


def called_turn(actor: Actor, id_: int) -> TurnLine | None:
    """Return the turn that is at the window of ``actor``, if it is this one."""
    rows = Turn.objects.select_related("detail", "passed_to", "room")
    turn = rows.filter(pk=id_, state=TurnState.CALLED, window__attended_by_id=actor.staff_id).first()
    return None if turn is None else _line(turn)


def waits_heard_by(actor: Actor, now: datetime) -> list[LongWait]:
    """Return the rooms whose wait is past its bound, for who can open another window; nothing for anybody else."""
    # Every open desk asks each second: most are told nothing without a look.
    if not actor.areas(Role.SUPERVISOR) or not (late := _late(now)):
        return []
    if not _may_free(actor):
        return []
    return [LongWait(site, name, bound, people) for (site, name, bound), people in Counter(late).items()]


def _late(now: datetime) -> list[tuple[str, str, int]]:
    """Return the room of everybody who waits too long and whom nobody sees to: site, name and bound, one row each."""
    waiting = Turn.objects.filter(day=to_lima(now).date(), state=TurnState.WAITING, room__is_active=True)
    answered = WaitAnswer.objects.filter(answered_at__gt=now - _QUIET_AFTER_ANSWER).values("room")
    rows = waiting.exclude(room__in=answered).order_by("room")
    return [
        (site, name, bound)
        for site, name, bound, arrived_at in rows.values_list(
            "room", "room__site__name", "room__longest_wait", "arrived_at"
        )
        if is_beyond(arrived_at, timedelta(minutes=bound), now)
    ]


def _may_free(actor: Actor) -> bool:
    return entitlements.may_open_windows(actor, organization.municipality().intake_area_id).allowed


def _seats() -> list[Seat]:
    rows = Window.objects.filter(is_active=True, room__is_active=True).order_by("room__site__name", "pk")
    return [Seat(*row) for row in rows.values_list("pk", "room", "room__site__name", "name", "attended_by")]


def _lines(room: Room, now: datetime) -> dict[TurnState, dict[int, TurnLine]]:
    found: dict[TurnState, dict[int, TurnLine]] = {state: {} for state in TurnState}
    bound = timedelta(minutes=room.longest_wait)
    rows = Turn.objects.select_related("detail", "passed_to").filter(room=room, day=to_lima(now).date())
    for turn in rows.order_by("-called_at", "pk"):
        is_late = turn.state == TurnState.WAITING and is_beyond(turn.arrived_at, bound, now)
        found[TurnState(turn.state)][turn.pk] = _line(turn, is_late=is_late)
    return found


def _line(turn: Turn, *, is_late: bool = False) -> TurnLine:
    detail = getattr(turn, "detail", None)
    return TurnLine(
        id=turn.pk,
        ticket=ticket_of(turn.letter, turn.number),
        topic=Topic(turn.topic),
        is_preferential=turn.is_preferential,
        language=turn.language,
        arrived_at=turn.arrived_at,
        calls=turn.calls,
        document=detail.document if detail else "",
        note=detail.note if detail else "",
        case_number=detail.case_number if detail else "",
        passed_to=turn.passed_to.name if turn.passed_to else "",
        is_late=is_late,
    )
