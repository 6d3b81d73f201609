"""
``python -m tools.bench.calling PORT``: how many cases a second other systems register over HTTP, durable.

Eight of them call at a time, each case with a key, a person and a street of its own. The web server stands already.
"""

import http.client
import json
import secrets
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from cercana.command_line.database import set_up_django

_CLIENTS = 8
_SECONDS = 8.0
_CREATED = 201


def main() -> None:
    """Write JSON with ``api_register_per_s`` to standard output."""
    token, port = _token(), int(sys.argv[1])
    began = time.perf_counter()
    with ThreadPoolExecutor(_CLIENTS) as clients:
        made = sum(clients.map(lambda _: _call(port, token, began + _SECONDS), range(_CLIENTS)))
    pace = made / (time.perf_counter() - began)
    sys.stdout.write(json.dumps({"api_register_per_s": round(pace, 1)}))


def _token() -> str:
    set_up_django()
    from django.utils import timezone

    from cercana.api.commands import create_client, issue_token
    from cercana.api.scopes import Scope

    now, scopes = timezone.now(), [Scope.CITIZEN]
    name = f"bench {secrets.token_hex(4)}"
    client, _ = create_client(name=name, scopes=scopes, account=None, now=now, calls_per_minute=1_000_000)
    return issue_token(client=client, scopes=scopes, life=timedelta(hours=1), now=now)[1]


def _call(port: int, token: str, until: float) -> int:
    """Register until the clock says so; return how many cases there are now."""
    connection, made = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0
    while time.perf_counter() < until:
        head = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": str(uuid.uuid4()),
            "Content-Type": "application/json",
        }
        connection.request("POST", "/api/v1/citizen/cases", json.dumps(_case()), head)
        answer = connection.getresponse()
        answer.read()
        if answer.status != _CREATED:
            raise RuntimeError(answer.status)
        made += 1
    connection.close()
    return made


def _case() -> dict[str, object]:
    return {
        "matter": "poor_service",
        "category": "pothole",
        "description": "Quiero que parchen el bache de la cuadra 9.",
        "person": {"name": "Rosa Quispe", "email": f"{secrets.token_hex(6)}@vecinos.example"},
        "place": f"Calle {secrets.token_hex(4)} 900",
    }


if __name__ == "__main__":
    main()
