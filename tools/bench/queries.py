"""Prints what the measurements need to know: a session, a case, and what each page asks of the database."""

import json
import sys

from cercana.command_line.database import set_up_django


def main() -> None:
    """Write JSON with ``session``, ``csrf``, ``number``, ``followed`` and ``queries`` to standard output."""
    set_up_django()
    from django.db import connection
    from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils.crypto import get_random_string

    from tools.seats import seat

    where = seat()
    citizen = Client(SERVER_NAME="127.0.0.1")
    tracked = citizen.get(where["link"]).headers["Location"]
    followed = {"path": tracked, "cookies": {name: morsel.value for name, morsel in citizen.cookies.items()}}
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sesion"] = where["session"]
    asked = {
        "queue": ("GET", "/mesa/?vista=todos"),
        "case": ("GET", f"/mesa/casos/{where['number']}/"),
        "search": ("POST", "/mesa/buscar/"),
        "tracking": ("GET", tracked),
    }
    queries = {}
    for name, (method, path) in asked.items():
        with CaptureQueriesContext(connection) as captured:
            who = citizen if name == "tracking" else client
            who.generic(method, path, "q=bache", "application/x-www-form-urlencoded")
        queries[name] = [each["sql"] for each in captured.captured_queries]
    csrf = get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)
    sys.stdout.write(json.dumps({**where, "csrf": csrf, "followed": followed, "queries": queries}))


if __name__ == "__main__":
    main()
