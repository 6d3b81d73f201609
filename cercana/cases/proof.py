"""
The proof of some cases: every chain followed, every history replayed and compared with the rows.

Nothing here needs Django, so that a process which shares the work starts at once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection, Cursor

from cercana.rules.case_state import CaseState, ReferralState, TaskState
from cercana.rules.projected_clocks import ClockState
from cercana.rules.projection import project
from cercana.rules.stored_history import ChainCut, EventRewritten, StoredEvent, follow_chain

CHILDREN = ("clocks", "referrals", "tasks")
# The columns of a state that stand in the row of its case, in the order in which they are read.
OWN_COLUMNS = tuple(name for name in CaseState._fields if name not in CHILDREN)
_LISTS = ("attempts", "abstained", "attended")

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """
    How the rows are asked for; each statement takes the first and the last id of a range of cases.

    ``cases`` gives id, number, last hash, attention_due_at and OWN_COLUMNS; the others the id of the case and the
    fields of StoredEvent, ClockState, ReferralState and TaskState, in their order.
    """

    cases: str
    events: str
    clocks: str
    referrals: str
    tasks: str


class CaseRange(NamedTuple):
    """The cases from the id ``first`` to the id ``last``."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A case whose row or chain is not what its history says; ``what`` names the columns or the broken link."""

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the proof of one range came to."""

    cases: int
    events: int
    found: tuple[Discrepancy, ...]


def check_range(raw: Connection[Any], statements: Statements, ids: CaseRange) -> Checked:
    """Replay the cases of a range, in the order of their ids, and tell in which the rows differ."""
    cases = _read(raw, statements.cases, ids)
    histories = _by_case(raw, statements.events, ids)
    children = [_by_case(raw, each, ids) for each in (statements.clocks, statements.referrals, statements.tasks)]
    found = []
    for id_, number, last_hash, attention_due_at, *own in cases:
        stored = _stored_state(own, *(rows[id_] for rows in children))
        what = _fault_of(stored, last_hash, attention_due_at, histories[id_])
        if what:
            found.append(Discrepancy(number, what))
    return Checked(len(cases), sum(map(len, histories.values())), tuple(found))


def _read(raw: Connection[Any], statement: str, ids: CaseRange) -> list[Row]:
    # In binary, instants and hashes need no parsing. Not the cursor of Django, which reads texts.
    with Cursor(raw) as cursor:
        cursor.execute(statement, ids, binary=True)
        return cursor.fetchall()


def _by_case(raw: Connection[Any], statement: str, ids: CaseRange) -> Mapping[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in _read(raw, statement, ids):
        grouped[row[0]].append(row[1:])
    return grouped


def _stored_state(
    own: Sequence[Any], clocks: Sequence[Row], referrals: Sequence[Row], tasks: Sequence[Row]
) -> CaseState:
    """
    Return the state that the rows hold.

    Words of an enumeration stay text, which is equal to its member: one that is in no enumeration is a difference.
    """
    values = dict(zip(OWN_COLUMNS, own, strict=True))
    values |= {name: tuple(values[name]) for name in _LISTS}
    values |= {"key": str(values["key"]), "citizen": str(values["citizen"])}
    return CaseState(
        **values,
        clocks=tuple(map(ClockState._make, clocks)),
        referrals=tuple(map(ReferralState._make, referrals)),
        tasks=tuple(map(TaskState._make, tasks)),
    )


def _fault_of(stored: CaseState, last_hash: bytes, attention_due_at: datetime | None, history: Sequence[Row]) -> str:
    """Return what is wrong with a case, or "" if chain and projection hold."""
    if not history:
        return "no tiene historia"
    try:
        proven = follow_chain(stored.key, [StoredEvent._make(row) for row in history])
    except ChainCut as cut:
        return f"la cadena se corta en el registro {cut.position}"
    except EventRewritten as rewritten:
        return f"el registro {rewritten.position} no es el que se guardó"
    if last_hash != proven.last_hash:
        return "la fila no termina donde su historia"
    return _difference(project(proven.events), stored, attention_due_at)


def _difference(replayed: CaseState, stored: CaseState, attention_due_at: datetime | None) -> str:
    if replayed == stored and replayed.attention_due_at == attention_due_at:
        return ""
    pairs = zip(CaseState._fields, replayed, stored, strict=True)
    differing = [name for name, told, kept in pairs if told != kept]
    if replayed.attention_due_at != attention_due_at:
        differing.append("attention_due_at")
    return f"difiere en {', '.join(differing)}"
