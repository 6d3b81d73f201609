"""The figures of turns: of one room or all, over some days, never of a person or a member of staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from cercana.channels.counter.errors import FiguresClosed
from cercana.channels.counter.models import PreferentialCount, Room, Turn
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima
from cercana.rules.turn_figures import TurnFigures, TurnRecord, by_hour, figures_of
from cercana.rules.turns import PreferentialGroup, TurnState, is_beyond


@dataclass(frozen=True, slots=True)
class RoomFigures:
    """The turns of the last ``days`` with the hours they came at, and how many came of each preferential group."""

    days: int
    site: str
    rooms: Mapping[str, str]
    whole: TurnFigures
    hours: Mapping[int, TurnFigures]
    groups: Mapping[PreferentialGroup, int]


def room_figures(actor: Actor, *, site: str, days: int, now: datetime) -> RoomFigures:
    """Return the figures of a room, or of all without a ``site``; raise FiguresClosed to who may not see them."""
    if not entitlements.may_read_figures(actor).allowed:
        raise FiguresClosed
    rooms = dict(Room.objects.order_by("site__name").values_list("pk", "site__name"))
    chosen = [site] if site in rooms else list(rooms)
    first = to_lima(now).date() - timedelta(days=days - 1)
    turns = Turn.objects.select_related("room").filter(room__in=chosen, day__gte=first)
    records = [_record(each, now) for each in turns.iterator()]
    counted = PreferentialCount.objects.filter(room__in=chosen, day__gte=first).values_list("group")
    groups = dict(counted.annotate(many=Sum("count")))
    return RoomFigures(
        days=days,
        site=site if site in rooms else "",
        rooms=rooms,
        whole=figures_of(records),
        hours=by_hour(records),
        groups={group: groups[group.value] for group in PreferentialGroup if group.value in groups},
    )


def _record(turn: Turn, now: datetime) -> TurnRecord:
    state = TurnState(turn.state)
    called_at, ended_at = turn.first_called_at, turn.ended_at
    attention = ended_at - turn.called_at if state is TurnState.ATTENDED and ended_at and turn.called_at else None
    return TurnRecord(
        hour=to_lima(turn.arrived_at).hour,
        state=state,
        is_preferential=turn.is_preferential,
        wait=called_at - turn.arrived_at if called_at else None,
        attention=attention,
        became_case=turn.became_case,
        is_late=is_beyond(turn.arrived_at, timedelta(minutes=turn.room.longest_wait), called_at or ended_at or now),
    )
