"""Help for whoever attends a conversation that turns abusive: the call to the supervisor, and what happened (M3.3a)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cercana.accounts import queries as accounts
from cercana.rules.access import Actor, Role
from cercana.rules.entitlements import may_ask_for_support, may_read_incidents
from cercana.rules.promises import to_lima
from cercana.workplace.errors import IncidentEmpty, SupportClosed
from cercana.workplace.models import SupportCall

if TYPE_CHECKING:
    from django.db.models import QuerySet

PLACES = {"phone": "al teléfono", "counter": "en la ventanilla", "": "en su mesa"}
_RINGS_FOR = timedelta(minutes=30)
# Who is above the nearest supervisors is called when none of those said that they go.
_THEN_ABOVE = timedelta(minutes=2)
_SHOWN_FOR = timedelta(days=90)
_LONGEST = 2_000
_ATTENDING = (Role.AGENT, Role.AREA_OFFICER, Role.SUPERVISOR, Role.DUTY_OFFICER)


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help as supervisors hear it; ``hurt`` and ``said`` are what happened, if it was noted."""

    id: int
    name: str
    area: str
    place: str
    began_at: datetime
    called_at: datetime | None
    answered_at: datetime | None = None
    answered_by: str = ""
    hurt: str = ""
    said: str = ""

    @property
    def name_of_alarm(self) -> str:
        """What tells this call from others on a desk that has it already."""
        return f"apoyo:{self.id}"


@dataclass(frozen=True, slots=True)
class Nearest:
    """Whom a call reaches first, by name, and whose colleagues may take over."""

    area: str
    rung: str
    supervisors: tuple[str, ...]
    colleagues: tuple[str, ...]


def nearest_help(actor: Actor, now: datetime) -> Nearest:
    """Return who is called first, and who of the same area may take over; raise SupportClosed to who attends nobody."""
    if not may_ask_for_support(actor).allowed:
        raise SupportClosed
    area = next(each.area for each in actor.memberships if each.role in _ATTENDING)
    chain = accounts.chain_of_command(area, now)
    heads = [(each.area, tuple(who.name for who in each.people if who.staff_id != actor.staff_id)) for each in chain]
    rung, names = next(((code, names) for code, names in heads if names), (area, ()))
    apart = {actor.staff_id, *(who.staff_id for each in chain for who in each.people)}
    colleagues = [each.full_name for each in accounts.members_of(area, to_lima(now).date()) if each.pk not in apart]
    return Nearest(area, rung, names, tuple(colleagues))


def call_supervisor(*, actor: Actor, place: str, now: datetime) -> None:
    """Let the nearest supervisor's desk ring now; a call that still rings is not made twice."""
    if _of(actor, now).filter(called_at__isnull=False, answered_at=None).exists():
        return
    help_ = nearest_help(actor, now)
    SupportCall.objects.create(
        asked_by_id=actor.staff_id or 0,
        area=help_.area,
        rung=help_.rung,
        place=place if place in PLACES else "",
        began_at=now,
        called_at=now,
    )


def note_incident(*, actor: Actor, hurt: str, said: str, place: str, now: datetime) -> None:
    """Keep what happened, with the call of just now if there is one; raise IncidentEmpty if nothing was written."""
    if not (hurt.strip() or said.strip()):
        raise IncidentEmpty
    help_ = nearest_help(actor, now)
    call = _of(actor, now).filter(hurt="", said="").order_by("-began_at").first()
    if call is None:
        where = place if place in PLACES else ""
        call = SupportCall(asked_by_id=actor.staff_id or 0, area=help_.area, rung=help_.rung, place=where, began_at=now)
    call.hurt, call.said = hurt.strip()[:200], said.strip()[:_LONGEST]
    call.save()


def latest_call(actor: Actor, now: datetime) -> Call | None:
    """Return the call of ``actor`` that rings or was just answered, if there is one."""
    row = _of(actor, now).filter(called_at__isnull=False).order_by("-called_at").first()
    return None if row is None else _calls([row])[0]


def calls_heard_by(actor: Actor, now: datetime) -> list[Call]:
    """Return the calls that ring on this desk now: of the areas below, and for who is further above, after a while."""
    if not may_read_incidents(actor).allowed:
        return []
    own = {each.area for each in actor.memberships if each.role is Role.SUPERVISOR}
    rows = SupportCall.objects.filter(answered_at=None, called_at__gt=now - _RINGS_FOR).exclude(
        asked_by_id=actor.staff_id
    )
    below = rows.filter(area__in=actor.areas(Role.SUPERVISOR)).order_by("called_at")
    return _calls([row for row in below if row.rung in own or _waits_long(row, now)])


def go_to(*, id_: int, actor: Actor, now: datetime) -> None:
    """Record that this supervisor goes; the desk of whoever asked says so, and nobody else's rings on."""
    if id_ in {each.id for each in calls_of(actor, now)}:
        SupportCall.objects.filter(pk=id_, answered_at=None).update(answered_at=now, answered_by_id=actor.staff_id)


def calls_of(actor: Actor, now: datetime) -> list[Call]:
    """Return who needed help in the areas below, the last first; raise SupportClosed to who supervises none."""
    if not may_read_incidents(actor).allowed:
        raise SupportClosed
    rows = SupportCall.objects.filter(area__in=actor.areas(Role.SUPERVISOR), began_at__gt=now - _SHOWN_FOR)
    return _calls(list(rows.exclude(asked_by_id=actor.staff_id).order_by("-began_at")))


def _of(actor: Actor, now: datetime) -> "QuerySet[SupportCall]":
    return SupportCall.objects.filter(asked_by_id=actor.staff_id, began_at__gt=now - _RINGS_FOR)


def _waits_long(row: SupportCall, now: datetime) -> bool:
    return row.called_at is not None and now - row.called_at >= _THEN_ABOVE


def _calls(rows: list[SupportCall]) -> list[Call]:
    names = (
        accounts.names_of(id_ for row in rows for id_ in (row.asked_by_id, row.answered_by_id) if id_) if rows else {}
    )
    return [
        Call(
            row.pk,
            names.get(row.asked_by_id, ""),
            row.area,
            PLACES[row.place],
            row.began_at,
            row.called_at,
            row.answered_at,
            names.get(row.answered_by_id or 0, ""),
            row.hurt,
            row.said,
        )
        for row in rows
    ]
