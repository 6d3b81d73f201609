"""
``python -m tools.bench.mailing PORT``: how many mails a second come in, each kept for good before it is told so.

Eight connections hand over by LMTP, as a mail server does, to the worker that stands already. It reads the mails and
registers their cases meanwhile: how many a second it has dealt with by the end is told, too.
"""

import json
import secrets
import smtplib
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

from cercana.command_line.database import set_up_django

_CLIENTS = 8
_SECONDS = 8.0
_PATIENCE = 120.0
_LOOK_AGAIN = 0.05
_TO = "casos@bench.example"


def main() -> None:
    """Write JSON with ``mails_in_per_s`` and ``mails_dealt_with_per_s`` to standard output."""
    set_up_django()
    began = time.perf_counter()
    with ThreadPoolExecutor(_CLIENTS) as clients:
        made = sum(clients.map(lambda _: _hand_over(int(sys.argv[1]), began + _SECONDS), range(_CLIENTS)))
    took_in = time.perf_counter() - began
    _wait_until_dealt_with(time.perf_counter() + _PATIENCE)
    took = time.perf_counter() - began
    figures = {"mails_in_per_s": round(made / took_in, 1), "mails_dealt_with_per_s": round(made / took, 1)}
    sys.stdout.write(json.dumps(figures))


def _hand_over(port: int, until: float) -> int:
    """Hand mails over until the clock says so; return how many were kept."""
    made = 0
    with smtplib.LMTP("127.0.0.1", port) as server:
        while time.perf_counter() < until:
            server.send_message(_mail(), to_addrs=[_TO])
            made += 1
    return made


def _mail() -> EmailMessage:
    """Return a mail of somebody who never wrote before, in a street of its own."""
    token = secrets.token_hex(6)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Rosa Quispe <{token}@vecinos.example>", _TO, "Bache en la pista"
    mail["Date"], mail["Message-ID"] = "Mon, 23 Nov 2026 09:58:00 -0500", f"<{token}@vecinos.example>"
    mail.set_content(f"Quiero que parchen el bache de la cuadra 9 de la calle {token}: malogra las llantas.\n")
    return mail


def _wait_until_dealt_with(until: float) -> None:
    """Wait until no mail is left to be read; raise TimeoutError if that takes too long."""
    from cercana.channels.email.queries import count_waiting

    while count_waiting():
        if time.perf_counter() > until:
            raise TimeoutError
        time.sleep(_LOOK_AGAIN)


if __name__ == "__main__":
    main()
