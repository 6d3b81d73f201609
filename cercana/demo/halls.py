"""The waiting rooms of the days before: who came, whom each window called, and who had gone when called."""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from cercana.accounts import queries as accounts
from cercana.channels.counter import commands as counter
from cercana.channels.counter.commands import Wish
from cercana.channels.counter.queries import Device, DeviceKind, linked_rooms, room_of
from cercana.demo.crew import crew
from cercana.demo.dice import Dice
from cercana.demo.errors import DemonstrationMissing
from cercana.demo.offices import Offices
from cercana.demo.script import script_key
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima
from cercana.rules.turns import MOST_CALLS, PreferentialGroup, Topic

_DAYS = 3
# Enough for figures; each turn costs a handful of statements.
_MOST_WINDOWS = 2
_OPENS, _LAST_TICKET = time(8), time(16, 15)
_MINUTES_BETWEEN, _MINUTES_ATTENDED = 16.0, 14.0
_ANOTHER_CALL = timedelta(seconds=40)
_PREFERENTIAL, _ABSENT = 0.22, 0.05
_TOPICS, _WEIGHTS = (Topic.CLAIM, Topic.INQUIRY, Topic.FOLLOW_UP), (5, 3, 4)


@dataclass(frozen=True, slots=True)
class _Hall:
    """A waiting room of one day: its kiosk, and who attends at which window."""

    kiosk: Device
    windows: dict[int, Actor]


@transaction.atomic
def play_halls(*, seed: int, now: datetime, offices: Offices) -> None:
    """Play the waiting rooms of the three working days before today, once, so that turns have figures (M2.3a)."""
    administrator = _actor(crew().administrator, now)
    if any(room.devices for room in linked_rooms(administrator)):
        return
    for site in sorted({each.site for each in crew().agents if each.site}):
        kiosk = counter.make_device(site=site, kind=DeviceKind.KIOSK, name="", actor=administrator, now=now)
        counter.make_device(site=site, kind=DeviceKind.SCREEN, name="", actor=administrator, now=now)
        for day in _days_before(to_lima(now).date(), offices):
            _play_day(_hall(kiosk, site, day), day, Dice(f"{seed}/{site}/{day}"), seed)


def _days_before(today: date, offices: Offices) -> list[date]:
    days = (today - timedelta(days=back) for back in range(1, 30))
    return [day for day in days if offices.calendar.is_working_day(day)][:_DAYS][::-1]


def _hall(kiosk: Device, site: str, day: date) -> _Hall:
    agents = [each.email for each in crew().agents if each.site == site][:_MOST_WINDOWS]
    windows = room_of(site).windows.filter(is_active=True).values_list("pk", flat=True)
    return _Hall(kiosk, {pk: _actor(email, _at(day, _OPENS)) for pk, email in zip(windows, agents, strict=False)})


def _play_day(hall: _Hall, day: date, dice: Dice, seed: int) -> None:
    """Let people come one after the other, and each window call the next as soon as it is free."""
    for window, actor in hall.windows.items():
        counter.sit_at(window=window, actor=actor, now=_at(day, _OPENS))
    free = [(_at(day, _OPENS), window) for window in hall.windows]
    heapq.heapify(free)
    waiting = deque[datetime]()
    for position, at in enumerate(_arrivals(day, dice, len(hall.windows))):
        _attend(hall, free, waiting, dice, until=at)
        wish = _wish(dice, key_of=f"{hall.kiosk.room_id} {day}", position=position, seed=seed)
        counter.give_turn(wish, site=hall.kiosk.room_id, now=at)
        waiting.append(at)
    _attend(hall, free, waiting, dice, until=_at(day, time(23)))
    for last, window in free:
        counter.stand_up(actor=hall.windows[window], now=last)


def _arrivals(day: date, dice: Dice, windows: int) -> Iterator[datetime]:
    at = _at(day, _OPENS)
    while (at := at + dice.minutes(_MINUTES_BETWEEN / windows, least=0.5)) < _at(day, _LAST_TICKET):
        yield at


def _attend(
    hall: _Hall, free: list[tuple[datetime, int]], waiting: deque[datetime], dice: Dice, *, until: datetime
) -> None:
    """Let the windows that are free before ``until`` call whoever waits."""
    while waiting and max(free[0][0], waiting[0]) < until:
        at, window = heapq.heappop(free)
        at, actor = max(at, waiting.popleft()) + _ANOTHER_CALL, hall.windows[window]
        counter.call_next(actor=actor, now=at)
        if dice.chance(_ABSENT):
            for _ in range(MOST_CALLS - 1):
                at += _ANOTHER_CALL
                counter.call_again(actor=actor, now=at)
            counter.mark_absent(actor=actor, now=at)
        else:
            at += dice.minutes(_MINUTES_ATTENDED)
            counter.end_turn(actor=actor, now=at)
        heapq.heappush(free, (at, window))


def _wish(dice: Dice, *, key_of: str, position: int, seed: int) -> Wish:
    group = dice.pick(list(PreferentialGroup)) if dice.chance(_PREFERENTIAL) else None
    return Wish(key=script_key(seed, key_of, position), topic=dice.pick(_TOPICS, _WEIGHTS), group=group)


def _actor(email: str, now: datetime) -> Actor:
    user = accounts.active_by_address(email)
    if user is None:
        raise DemonstrationMissing
    return accounts.actor_for(user, now)


def _at(day: date, clock: time) -> datetime:
    return to_lima(datetime.combine(day, clock))
