"""A process of its own that runs a server until its input ends, for tests that kill it or run it as somebody else."""

import os
import sys
from pathlib import Path

from cercana.config.postgres import EmbeddedPostgres
from cercana.rules.errors import DomainError


def supervise(var: Path) -> str:
    """Say on the output how to reach the server and return when told so; return the sentence of a refusal."""
    try:
        with EmbeddedPostgres(var, progress=lambda _text: None) as server:
            sys.stdout.write(server.start().url + "\n")
            sys.stdout.flush()
            sys.stdin.read()
    except DomainError as refusal:
        return f"{refusal.code}: {refusal}\n"
    return ""


if __name__ == "__main__":
    _, folder, *account = sys.argv
    if account:
        # After the imports: the account may not be able to read them.
        os.setgroups([])
        os.setgid(int(account[1]))
        os.setuid(int(account[0]))
    sys.stdout.write(supervise(Path(folder)))
