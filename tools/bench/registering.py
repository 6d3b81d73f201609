"""
Prints how fast cases are registered, one after the other and durable, and how fast the same rows go in bare.

The bare rows are those that one registration wrote, under fresh keys: the same statements, the job and its notice
included, sent by psycopg in one transaction. Their hashes belong to the first case, so this is only for a database that
is thrown away, and whose histories have been proved.
"""

import json
import re
import secrets
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from cercana.command_line.database import set_up_django

_CASES = 300
# Not the bytes of hashes and salts, which begin with an x or are longer.
_UUID = re.compile(r"(?<![0-9a-fx])[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])")
_WRITES = ("INSERT", "UPDATE")
_JOB = "procrastinate_defer_jobs"
_INSERTED = "currval(pg_get_serial_sequence('cases_case', 'id'))"


@dataclass(frozen=True, slots=True)
class Written:
    """What one registration sent to the database: the statements that write, in their order, and its keys."""

    statements: tuple[str, ...]
    case_id: int
    number: str


def main() -> None:
    """Write JSON with ``register_per_s`` and ``register_share_of_bare`` to standard output."""
    set_up_django()
    from django.db import connection

    written = _written()
    copies = iter([_copied(written) for _ in range(_CASES)])
    info = connection.connection.info
    with psycopg.connect(info.dsn, password=info.password) as raw:
        bare, own = _paces(lambda: _write_bare(raw, next(copies)), _register)
    sys.stdout.write(json.dumps({"register_per_s": round(own, 1), "register_share_of_bare": round(own / bare, 4)}))


def _register() -> tuple[int, str]:
    """Register a case and return its id and number."""
    from django.utils import timezone

    from cercana.cases.commands import Reception, register_case
    from cercana.citizens.commands import Person
    from cercana.citizens.identity import ContactKind
    from cercana.rules.access import Actor, ActorKind
    from cercana.rules.classification import Channel, ClaimType, RequestKind

    person = Person(name="Rosa Quispe", contacts=((ContactKind.EMAIL, "rosa@vecinos.example"),))
    reception = Reception(
        person=person,
        kind=RequestKind.CLAIM,
        claim_type=ClaimType.POOR_SERVICE,
        category="pothole",
        channel=Channel.APP,
        description="Quiero que parchen el bache de la cuadra 9.",
        # A street of its own: what recurs at one place is another matter (M5.1b).
        place=f"Calle {secrets.token_hex(4)} 900",
    )
    case = register_case(reception, actor=Actor(ActorKind.CITIZEN), now=timezone.now())
    return case.pk, case.number


def _written() -> Written:
    """Return what registering a case writes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _register()
    with CaptureQueriesContext(connection) as captured:
        case_id, number = _register()
    told = [each["sql"] for each in captured.captured_queries]
    return Written(tuple(sql for sql in told if sql.startswith(_WRITES) or _JOB in sql), case_id, number)


def _copied(written: Written) -> list[bytes]:
    """Return the statements of ``written`` under keys and a number of their own, for the case that they insert."""
    keys: dict[str, uuid.UUID] = {}

    def renewed(found: re.Match[str]) -> str:
        given = found.group()
        key = keys.setdefault(given.replace("-", ""), uuid.uuid4())
        return str(key) if "-" in given else key.hex

    number = f"BARE-{uuid.uuid4().hex[: len(written.number) - 5]}"
    own_id = re.compile(rf"(?<=\(){written.case_id}(?=,)")
    return [
        own_id.sub(_INSERTED, _UUID.sub(renewed, each).replace(written.number, number)).encode()
        for each in written.statements
    ]


def _write_bare(raw: psycopg.Connection[Any], statements: Iterable[bytes]) -> None:
    with raw.transaction(), raw.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _paces(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return how often a second each is done; they take turns, so that both meet the same machine."""
    spent = [0.0, 0.0]
    for _ in range(_CASES):
        for position, act in enumerate((one, other)):
            began = time.perf_counter()
            act()
            spent[position] += time.perf_counter() - began
    return _CASES / spent[0], _CASES / spent[1]


if __name__ == "__main__":
    main()
