"""Windows that call at the same instant, in transactions of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cercana.channels.counter import commands
from cercana.rules.access import Actor
from cercana.rules.turns import ticket_of
from tests.channels.counter.hall import make_device, make_room, seated, take
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("committed")


def call(agent: Actor) -> str:
    turn = commands.call_next(actor=agent, now=NOW)
    return ticket_of(turn.letter, turn.number) if turn else ""


class TestManyAtOnce:
    def test_never_get_the_same_turn(self) -> None:
        windows, people = 8, 24
        room = make_room(windows=windows)
        kiosk = make_device(room)
        agents = [seated(room, str(number + 1)) for number in range(windows)]
        start = Barrier(windows)

        def take_some(_: int) -> None:
            start.wait()
            for _turn in range(people // windows):
                take(kiosk)
            connection.close()

        def call_some(agent: Actor) -> list[str]:
            start.wait()
            found = [call(agent) for _turn in range(people // windows)]
            connection.close()
            return found

        with ThreadPoolExecutor(windows) as pool:
            list(pool.map(take_some, range(windows)))
            called = [ticket for some in pool.map(call_some, agents) for ticket in some]

        assert sorted(called) == [ticket_of("C", number + 1) for number in range(people)]
