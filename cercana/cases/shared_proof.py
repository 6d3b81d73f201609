"""
The proof of many cases, shared among processes that see the database as it was at one moment.

Each process has a connection of its own that takes up the snapshot of the one who asked, so that no change between
two reads can look like a difference.
"""

import gc
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any, ClassVar

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cercana.cases.proof import CaseRange, Checked, Statements, check_range
from cercana.rules.errors import DomainError


@dataclass(frozen=True, slots=True)
class Moment:
    """Where another process finds the database as it was: how to connect, and the name of an exported snapshot."""

    conninfo: str
    snapshot: str

    @classmethod
    def seen_by(cls, raw: psycopg.Connection[Any]) -> "Moment":
        """Return the moment of the transaction that ``raw`` is in; it lasts as long as that transaction."""
        with psycopg.Cursor(raw) as cursor:
            (snapshot,) = cursor.execute("SELECT pg_export_snapshot()").fetchall()[0]
        return cls(make_conninfo(raw.info.dsn, password=raw.info.password), snapshot)


class ProofCutOff(DomainError):
    """A process that shared the proof ended early: what was not checked must not pass for sound."""

    code: ClassVar[str] = "case.proof_cut_off"
    message: ClassVar[str] = "La verificación se cortó antes de revisar todos los casos. No demuestra nada: repítela."
    status: ClassVar[int] = 503


def check_shared(
    moment: Moment, statements: Statements, ranges: Sequence[CaseRange], processes: int
) -> Iterator[Checked]:
    """
    Yield what the proof of each of ``ranges`` came to, in their order; raise ProofCutOff if a process ends early.

    A process may be ahead of the others by what its pipe holds, so that memory stays bounded.
    """
    with ExitStack() as running:
        shares = [ranges[turn::processes] for turn in range(processes)]
        pipes = [running.enter_context(_prover(moment, statements, share)) for share in shares]
        for position in range(len(ranges)):
            yield _received_from(pipes[position % processes])


@contextmanager
def _prover(moment: Moment, statements: Statements, share: Sequence[CaseRange]) -> Iterator[Pipe]:
    # Not forked: this process has threads, those of the pool of connections.
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=prove, args=(sending, moment, statements, share), daemon=True)
    process.start()
    # Only the other end writes: when that process ends, reading ends too.
    sending.close()
    try:
        yield receiving
    finally:
        receiving.close()
        process.terminate()
        process.join()


def _received_from(pipe: Pipe) -> Checked:
    try:
        checked: Checked = pipe.recv()
    except (EOFError, OSError) as error:
        raise ProofCutOff from error
    return checked


def prove(results: Pipe, moment: Moment, statements: Statements, share: Sequence[CaseRange]) -> None:
    """Check ``share`` and send what each range came to: the work of a process beside."""
    # Ctrl+C reaches the whole group; the one who asked ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is read has no cycles: looking for them would cost a tenth of the time.
    gc.disable()
    # Nobody reads any more if the one who asked is gone.
    with suppress(BrokenPipeError), _connected(moment) as raw:
        for ids in share:
            results.send(check_range(raw, statements, ids))


@contextmanager
def _connected(moment: Moment) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(moment.conninfo, prepare_threshold=None) as raw:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        raw.read_only = True
        raw.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(moment.snapshot)))
        raw.execute("SET LOCAL TIME ZONE 'UTC'")
        yield raw
