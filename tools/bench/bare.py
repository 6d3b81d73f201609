"""The baseline: Granian and psycopg, the same statements as a page, the same number of bytes, and nothing else."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server import Server
from psycopg_pool import ConnectionPool

_THREADS = 4

Start = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, str], start_response: Start) -> Iterable[bytes]:
    """Run the statements of the asked page, read each row, and answer as many bytes as the page has."""
    page = _PAGES[environ["PATH_INFO"]]
    count = 0
    with _POOL.connection() as connection:
        for statement in page["statements"]:
            asked = connection.execute(statement)
            count += len(asked.fetchall()) if asked.description else asked.rowcount
    body = str(count).encode().ljust(page["size"], b" ")
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]


def main() -> None:
    """Serve on the port given."""
    server = Server(
        "tools.bench.bare:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        http=HTTPModes.http1,
        websockets=False,
    )
    server.serve()


if __name__ == "__main__":
    main()
else:
    _PAGES = json.loads(Path(os.environ["BENCH_PAGES"]).read_text(encoding="utf-8"))
    _POOL = ConnectionPool(
        os.environ["DATABASE_URL"], min_size=_THREADS, max_size=_THREADS, kwargs={"autocommit": True}
    )
