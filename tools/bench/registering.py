"""Prints how fast cases are registered, one after the other and durable, and how fast the same rows go in bare."""

import json
import sys
import time
from collections.abc import Callable

from cercana.command_line.database import set_up_django

_CASES = 300


def main() -> None:
    """Write JSON with ``register_per_s`` and ``register_share_of_bare`` to standard output."""
    set_up_django()
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from cercana.cases.commands import Reception, register_case
    from cercana.citizens.commands import Person
    from cercana.citizens.identity import ContactKind
    from cercana.rules.access import Actor, ActorKind
    from cercana.rules.classification import Channel, ClaimType, RequestKind

    def register() -> None:
        person = Person(name="Rosa Quispe", contacts=((ContactKind.EMAIL, "rosa@vecinos.example"),))
        reception = Reception(
            person=person,
            kind=RequestKind.CLAIM,
            claim_type=ClaimType.POOR_SERVICE,
            category="pothole",
            channel=Channel.APP,
            description="Hay un bache en la cuadra 9.",
            place="Av. Basadre, cuadra 9",
        )
        register_case(reception, actor=Actor(ActorKind.CITIZEN), now=timezone.now())

    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        register()
    told = [each["sql"] for each in captured.captured_queries]
    writes = [sql for sql in told if sql.startswith(("INSERT", "UPDATE"))]

    def write_bare() -> None:
        # The same number of statements that write, and one notice, in one durable transaction.
        with transaction.atomic(), connection.cursor() as cursor:
            for number in range(len(writes)):
                cursor.execute("INSERT INTO bench_bare (number, text) VALUES (%s, %s)", [number, "x" * 400])
            cursor.execute("NOTIFY bench_bare")

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, number int, text text)")
    bare, own = _pace(write_bare), _pace(register)
    sys.stdout.write(json.dumps({"register_per_s": round(own, 1), "register_share_of_bare": round(own / bare, 4)}))


def _pace(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    for _ in range(_CASES):
        act()
    return _CASES / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
