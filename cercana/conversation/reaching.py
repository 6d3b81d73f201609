"""The task that begins when a person cannot be reached by mail."""

from datetime import datetime

from cercana.cases import commands as cases
from cercana.cases import queries
from cercana.rules.access import SYSTEM
from cercana.rules.acts import Act
from cercana.rules.classification import TaskKind


def ask_to_reach(number: str, now: datetime) -> None:
    """Open the task to reach the person of a case otherwise, unless it is open already; inside a transaction."""
    case = queries.case_for(SYSTEM, Act.VIEW, number=number, lock=True)
    tasks = queries.state_of(case).tasks
    if not any(task.kind is TaskKind.REACH_OTHERWISE and task.finished_at is None for task in tasks):
        cases.open_task(number=number, task=TaskKind.REACH_OTHERWISE, actor=SYSTEM, now=now)
