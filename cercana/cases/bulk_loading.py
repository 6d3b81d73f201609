"""One transaction for very many rows: what slows each of them down is taken away before and put back after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

from psycopg import Connection

_LOADED = [
    "citizens_citizen",
    "citizens_contactpoint",
    "citizens_personalvalue",
    "cases_case",
    "cases_event",
    "cases_reaction",
    "cases_clock",
    "cases_referral",
    "cases_task",
    "cases_casetext",
]
_FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])"
)
# A key that a foreign key of another table still needs stays.
_UNIQUE = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint AS own"
    " WHERE contype IN ('p', 'u') AND conrelid = ANY (%s::regclass[])"
    " AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conindid = own.conindid)"
)
_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
    " WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique"
)


@contextmanager
def bulk_loading(raw: Connection[Any]) -> Iterator[None]:
    """
    Open one transaction in which many rows are taken in quickly; cut off, it leaves everything as it was.

    At its end keys are checked and indexes built once, for all rows together; until then nobody else reaches the
    tables.
    """
    with raw.transaction():
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Sorting for an index shares this among its processes.
        raw.execute("SET LOCAL maintenance_work_mem = '256MB'")
        foreign_keys = _drop_constraints(raw, _FOREIGN_KEYS)
        unique = _drop_constraints(raw, _UNIQUE)
        indexes = raw.execute(_INDEXES, [_LOADED]).fetchall()
        for name, _ in indexes:
            raw.execute(f"DROP INDEX {name}")
        yield
        for statement in [*unique, *(definition for _, definition in indexes), *foreign_keys]:
            raw.execute(statement)


def _drop_constraints(raw: Connection[Any], query: LiteralString) -> list[str]:
    """Drop the constraints that ``query`` finds; return the statements that bring them back."""
    found = raw.execute(query, [_LOADED]).fetchall()
    for table, name, _ in found:
        raw.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in found]
