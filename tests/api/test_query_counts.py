"""How many statements a call costs, however much there is: what grows with the data would show here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.api.calling import System, connect, make_case_given
from tests.factories import make_case, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

# Each with the token, the counter of calls (three) and, for the staff, memberships and chain of command.
MOST_STATEMENTS = {"catalogue": 12, "register": 45, "list": 10, "case": 16, "search": 10}


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
        calls: dict[str, Callable[[], object]] = {
            "catalogue": lambda: head.get("/catalogue"),
            "register": lambda: head.post("/citizen/cases", make_case_given()),
            "list": lambda: head.get("/cases"),
            "case": lambda: head.get(f"/cases/{numbers[0]}"),
            "search": lambda: head.post("/cases/search", {"q": "bache"}),
        }
        counts = {}
        for name, call in calls.items():
            with CaptureQueriesContext(connection) as captured:
                call()
            counts[name] = len(captured)

        assert {name: count for name, count in counts.items() if count > MOST_STATEMENTS[name]} == {}
