"""Proof that the rows are what the histories say: every chain checked, every case replayed and compared."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg import Connection

from cercana.cases.models import Case, Clock, Referral, Task
from cercana.cases.models import Event as EventRow
from cercana.cases.proof import OWN_COLUMNS, CaseRange, Checked, Discrepancy, Statements, check_range
from cercana.cases.rows import column
from cercana.cases.shared_proof import Moment, check_shared
from cercana.rules.case_state import ReferralState, TaskState
from cercana.rules.projected_clocks import ClockState
from cercana.rules.stored_history import StoredEvent

_BATCH = 500
# Starting a process costs what some batches cost: for fewer than these it is not worth it.
_BATCHES_WORTH_A_PROCESS = 8
# Stands for the range in statements that are kept as text.
_ANY = (0, 0)
_RANGES = """
    SELECT min(id), max(id)
    FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS batch FROM cases_case) AS counted
    GROUP BY batch ORDER BY batch
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a verification has come, and what it found in the last batch."""

    cases: int
    events: int
    found: tuple[Discrepancy, ...]


def count_cases() -> int:
    """Return how many cases there are to verify."""
    return Case.objects.count()


def verify_cases(*, processes: int = 1, batch: int = _BATCH) -> Iterator[Progress]:
    """
    Replay every case as it is at this moment, in the order of their ids; yield after each batch, with totals so far.

    Up to ``processes`` share the work if there is enough of it. Within a transaction of the caller there is one, as
    no other would see what the caller has not committed. Raise ProofCutOff if one of them ends early.
    """
    if connection.in_atomic_block:
        processes = 1
    with _one_moment() as raw:
        ranges = [CaseRange(*row) for row in raw.execute(_RANGES, [batch]).fetchall()]
        cases = events = 0
        for checked in _check(raw, ranges, processes):
            cases, events = cases + checked.cases, events + checked.events
            yield Progress(cases, events, checked.found)


@contextmanager
def _one_moment() -> Iterator[Connection[Any]]:
    """Hold the database as it is now; within a transaction of the caller, as that one sees it."""
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield connection.connection
        return
    with transaction.atomic():
        connection.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # The processes beside may work for longer than a server lets a transaction wait.
        connection.connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection.connection


def _check(raw: Connection[Any], ranges: Sequence[CaseRange], processes: int) -> Iterator[Checked]:
    statements = _statements()
    shared = min(processes, len(ranges) // _BATCHES_WORTH_A_PROCESS)
    if shared < 2:
        return (check_range(raw, statements, ids) for ids in ranges)
    return check_shared(Moment.seen_by(raw), statements, ranges, shared)


def _statements() -> Statements:
    own, referral, task = (map(column, names) for names in (OWN_COLUMNS, ReferralState._fields, TaskState._fields))
    cases = Case.objects.filter(pk__range=_ANY).order_by("pk")
    events = EventRow.objects.filter(case__pk__range=_ANY).order_by("case_id", "sequence")
    clocks = Clock.objects.filter(case__pk__range=_ANY).order_by("id")
    referrals = Referral.objects.filter(case__pk__range=_ANY).order_by("ordinal")
    tasks = Task.objects.filter(case__pk__range=_ANY).order_by("ordinal")
    return Statements(
        cases=_text(cases.values_list("pk", "number", "last_hash", "attention_due_at", *own)),
        events=_text(events.values_list("case_id", *StoredEvent._fields)),
        clocks=_text(clocks.values_list("case_id", *ClockState._fields)),
        referrals=_text(referrals.values_list("case_id", *referral)),
        tasks=_text(tasks.values_list("case_id", *task)),
    )


def _text(rows: QuerySet[Any, Any]) -> str:
    """Return the statement of ``rows``, which leaves open the ids of the range it asks for."""
    statement, _ = rows.query.sql_with_params()
    return statement
