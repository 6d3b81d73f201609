"""
``python -m tools.fuzz_api ADDRESS``: let schemathesis call everything the API describes, and much that it does not.

ADDRESS is that of an installation that may be filled with nonsense; the token comes in the variable TOKEN.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

import click
import requests

from tools.api_hooks import KNOWN

# Whatever JSON holds.
_Json: TypeAlias = Any
_ROOT = Path(__file__).resolve().parent.parent
_V1 = "/api/v1"
_VIEWS = ("todos", "sin-derivar", "por-confirmar", "cerrados", "criticos")
_PATIENCE = 60


def fuzz(address: str, token: str, *, seconds: int) -> subprocess.CompletedProcess[str]:
    """Run schemathesis for about so many ``seconds``, with names that exist at ``address``; return how it ended."""
    names = json.dumps(names_at(address, token))
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{address}{_V1}/openapi.json",
        "--header", f"Authorization: Bearer {token}", "--max-time", str(seconds), "--continue-on-failure", "--no-color",
    ]  # fmt: skip
    # It keeps notes of its own where it runs.
    with tempfile.TemporaryDirectory(prefix="cercana-fuzz-") as folder:
        return subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "SCHEMATHESIS_HOOKS": "tools.api_hooks", KNOWN: names},
            capture_output=True,
            text=True,
            timeout=2 * seconds + _PATIENCE,
            check=False,
        )


def names_at(address: str, token: str) -> dict[str, list[str]]:
    """Return names that exist there, by the fields that bring such names."""
    catalogue = _read(address, token, "/catalogue")
    pages = [_read(address, token, f"/cases?view={view}") for view in _VIEWS]
    numbers = sorted({case["number"] for page in pages for case in page["cases"]})
    rooms = _read(address, token, "/citizen/rooms")["rooms"]
    natures = [each["code"] for each in catalogue["legal_natures"]]
    return {
        "number": numbers,
        "main": numbers,
        "other": numbers,
        "category": [each["code"] for each in catalogue["categories"]],
        "area": [each["code"] for each in catalogue["areas"]],
        "nature": natures,
        "legal_nature": natures,
        "site": [each["site"] for each in rooms],
    }


def _read(address: str, token: str, path: str) -> _Json:
    head = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{address}{_V1}{path}", headers=head, timeout=_PATIENCE).json()


@click.command()
@click.argument("address")
@click.option("--minutes", type=click.IntRange(1, 600), default=15, show_default=True, help="How long.")
def main(address: str, minutes: int) -> None:
    """Print what schemathesis finds, and end as it does."""
    done = fuzz(address.rstrip("/"), os.environ["TOKEN"], seconds=60 * minutes)
    click.echo(done.stdout + done.stderr)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
