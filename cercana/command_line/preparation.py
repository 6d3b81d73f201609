"""How far this installation is prepared: tables, demonstration, gathered static files."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import tuple_row

from cercana.config.environment import Database
from cercana.rules.errors import DomainError

_PACKAGE = Path(__file__).resolve().parent.parent
STATIC_SOURCE = _PACKAGE / "ui" / "static"
_LIBRARIES = ("django", "django-allauth", "django-pgtrigger", "django-unfold", "procrastinate")


class DatabaseUnreachable(DomainError):
    """The database takes no connection; ``reason`` is what the driver says."""

    code: ClassVar[str] = "command_line.database_unreachable"
    message: ClassVar[str] = (
        "La base de datos «{name}» no responde ({reason}). "
        "Ponla en marcha con «cercana run», o revisa DATABASE_URL y que su servidor esté encendido."
    )
    status: ClassVar[int] = 503


class Demo(StrEnum):
    """How much of the demonstration a database holds; each part is loaded before the next."""

    NONE = "none"
    WANTED = "wanted"
    BASE = "base"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a database says of itself; ``stamp`` is that of the migrations it has, "" if it has no table of ours."""

    stamp: str
    demo: Demo

    @property
    def is_new(self) -> bool:
        """Tell whether nothing was ever loaded."""
        return not self.stamp


def read_preparation(database: Database) -> Preparation:
    """Return what ``database`` says of itself, without Django: this is on the way of every start."""
    with connect(database) as connection:
        if not connection.execute("SELECT 1 FROM pg_class WHERE relname = 'config_preparation'").fetchone():
            return Preparation("", Demo.NONE)
        row = connection.execute("SELECT stamp, demo FROM config_preparation").fetchone()
    return Preparation(row[0], Demo(row[1])) if row else Preparation("", Demo.NONE)


def record_stamp(database: Database, stamp: str) -> None:
    """Note in ``database`` that it has the migrations of ``stamp``."""
    with connect(database) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS config_preparation"
            " (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), stamp text NOT NULL, demo text NOT NULL)"
        )
        connection.execute(
            "INSERT INTO config_preparation (stamp, demo) VALUES (%s, %s)"
            " ON CONFLICT (singleton) DO UPDATE SET stamp = excluded.stamp",
            [stamp, Demo.NONE],
        )


def record_demo(database: Database, demo: Demo) -> None:
    """Note in ``database`` how much of the demonstration it holds."""
    with connect(database) as connection:
        connection.execute("UPDATE config_preparation SET demo = %s", [demo])


def connect(database: Database) -> psycopg.Connection[tuple[str, ...]]:
    """Return a connection of its own, apart from Django's; raise DatabaseUnreachable."""
    try:
        return psycopg.connect(conninfo(database), row_factory=tuple_row)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise DatabaseUnreachable(name=database.name, reason=reason) from error


def conninfo(database: Database) -> str:
    """Return how to reach ``database`` as libpq's programs read it."""
    return make_conninfo(
        host=database.host or None,
        port=database.port or None,
        dbname=database.name,
        user=database.user or None,
        password=database.password or None,
        **{"connect_timeout": "10", **database.options},
    )


def schema_stamp() -> str:
    """Return a digest of every migration there is: ours by content, those of libraries by version."""
    return _digest(_PACKAGE.glob("*/migrations/*.py"))


def static_stamp() -> str:
    """Return a digest of the files that npm built, and of the libraries that bring some."""
    return _digest(path for path in STATIC_SOURCE.rglob("*") if path.is_file())


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library}={metadata.version(library)}\n".encode())
    for path in sorted(files):
        digest.update(f"{path.relative_to(_PACKAGE)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
