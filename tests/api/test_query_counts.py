"""How many statements a call costs, however much there is: what grows with the data would show here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cercana.rules.access import Role
from cercana.rules.calls import CallEvent
from cercana.rules.lifecycle import Stage
from tests.api.calling import System, connect, make_case_given
from tests.channels.counter.hall import SITE, make_room
from tests.channels.phone.calling import tell
from tests.factories import make_case, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

# Each with the token, the counter of calls (three) and, for the staff, memberships and chain of command.
MOST_STATEMENTS = {
    "catalogue": 12, "register": 45, "list": 10, "case": 16, "search": 10, "callbacks": 16, "calls": 14, "turns": 12,
    "rooms": 11, "turn": 9,
}  # fmt: skip


@pytest.fixture
def head() -> System:
    """Return a system that acts as a head of everything, and has called before."""
    system = connect(make_user(Role.SUPERVISOR, "alcaldia"))
    system.get("/catalogue")
    return system


class TestACall:
    @pytest.mark.parametrize("cases", [1, 12])
    def test_costs_no_more_statements_with_more_cases(self, head: System, cases: int) -> None:
        numbers = [make_case(Stage.IN_FOLLOW_UP).number for _ in range(cases)]
        turn = _let_people_come(head, cases)
        calls: dict[str, Callable[[], object]] = {
            "catalogue": lambda: head.get("/catalogue"),
            "register": lambda: head.post("/citizen/cases", make_case_given()),
            "list": lambda: head.get("/cases"),
            "case": lambda: head.get(f"/cases/{numbers[0]}"),
            "search": lambda: head.post("/cases/search", {"q": "bache"}),
            "callbacks": lambda: head.get("/callbacks"),
            "calls": lambda: head.get("/calls"),
            "turns": lambda: head.get("/turns"),
            "rooms": lambda: head.get("/citizen/rooms"),
            "turn": lambda: head.get(f"/citizen/turns/{turn}"),
        }
        counts = {}
        for name, call in calls.items():
            with CaptureQueriesContext(connection) as captured:
                call()
            counts[name] = len(captured)

        assert {name: count for name, count in counts.items() if count > MOST_STATEMENTS[name]} == {}


def _let_people_come(head: System, many: int) -> str:
    """Let so many people call whom nobody attends, and so many wait in a hall; return the key of the last turn."""
    room = make_room()
    head.post(f"/windows/{room.windows.get(name='1').pk}/sit")
    for number in range(many):
        tell(CallEvent.RINGING, CallEvent.MISSED, now=timezone.now() - timedelta(hours=1), caller=f"9876543{number:02}")
    turns = [head.post("/citizen/turns", {"site": SITE, "topic": "inquiry"}).json["key"] for _ in range(many)]
    return str(turns[-1])
