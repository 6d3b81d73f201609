"""``cercana backup`` and ``cercana restore``: database, attachments and the key that signs links, in one file."""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import click

from cercana.command_line.database import database_running
from cercana.command_line.preparation import connect, conninfo
from cercana.command_line.processes import owner_of
from cercana.config.database import database_of
from cercana.config.environment import Database, Environment, read_environment
from cercana.config.postgres import bin_path, make_var
from cercana.rules.errors import DomainError
from cercana.rules.promises import to_lima

_FORMAT = 1
_MANIFEST, _DUMP, _SECRET, _ATTACHMENTS = "manifest.json", "database.dump", "secret", "attachments"


class BackupExists(DomainError):
    """A file of that name is there; a backup replaces none."""

    code: ClassVar[str] = "command_line.backup_exists"
    message: ClassVar[str] = "Ya existe {path}. Elige otro nombre; una copia no reemplaza a otra."


class BackupUnreadable(DomainError):
    """The file is no backup of ours, or is cut short."""

    code: ClassVar[str] = "command_line.backup_unreadable"
    message: ClassVar[str] = "{path} no es una copia de Cercana completa. Elige otro archivo."
    status: ClassVar[int] = 400


class DatabaseInUse(DomainError):
    """There is something where the backup would go; nothing is ever overwritten."""

    code: ClassVar[str] = "command_line.database_in_use"
    message: ClassVar[str] = (
        "La base de datos o la carpeta de adjuntos ya tiene contenido y no se reemplaza. "
        "Usa una base nueva en DATABASE_URL, o una carpeta nueva en CERCANA_VAR."
    )


class PostgresToolFailed(DomainError):
    """``pg_dump`` or ``pg_restore`` ended badly; ``reason`` is what it said."""

    code: ClassVar[str] = "command_line.postgres_tool_failed"
    message: ClassVar[str] = "{tool} no pudo terminar: {reason}"
    status: ClassVar[int] = 500


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), required=False)
def backup(path: Path | None) -> None:
    """
    Write database, attachments and signing key to PATH, or a file here named after the time.

    Cercana may go on working meanwhile. The file holds personal data: only you can read it; keep it so.
    """
    environment = read_environment(os.environ)
    now = datetime.now(UTC)
    path = path or Path(f"cercana-{to_lima(now):%Y%m%d-%H%M%S}.tar")
    if path.exists():
        raise BackupExists(path=path)
    with database_running(), tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".cercana-") as folder:
        dump = Path(folder) / _DUMP
        database = database_of(environment)
        _run_tool(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        draft = Path(folder) / "draft.tar"
        _pack(draft, environment, dump, now)
        draft.chmod(0o600)
        draft.rename(path)
    click.echo(f"Copia lista: {path} ({path.stat().st_size / 1e6:.1f} MB).")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(path: Path, *, yes: bool) -> None:
    """Read the backup at PATH into an empty database and folder of attachments."""
    environment = read_environment(os.environ)
    made_at = _read_manifest(path)
    if not yes:
        said = f"¿Restaurar la copia del {to_lima(made_at):%d/%m/%Y %H:%M} en {_place(environment)}?"
        click.confirm(said, abort=True)
    make_var(environment.var)
    with database_running(), _unpacked(path, environment) as folder:
        database = database_of(environment)
        attachments = environment.var / _ATTACHMENTS
        if _has_tables(database) or (attachments.is_dir() and any(attachments.iterdir())):
            raise DatabaseInUse
        dump = str(folder / _DUMP)
        _run_tool(
            database, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", dump
        )
        _put_in_place(folder, environment)
    click.echo("Copia restaurada. Ponla en marcha con «cercana run» o «cercana serve».")


def _pack(draft: Path, environment: Environment, dump: Path, now: datetime) -> None:
    """Write the archive; the manifest comes first, so that reading it needs no search."""
    manifest = dump.with_name(_MANIFEST)
    manifest.write_text(json.dumps({"format": _FORMAT, "made_at": now.isoformat()}), encoding="utf-8")
    with tarfile.open(draft, "x") as archive:
        archive.add(manifest, _MANIFEST)
        archive.add(dump, _DUMP)
        secret, attachments = environment.var / _SECRET, environment.var / _ATTACHMENTS
        if not environment.secret_key and secret.exists():
            archive.add(secret, _SECRET)
        if attachments.is_dir():
            archive.add(attachments, _ATTACHMENTS)


def _read_manifest(path: Path) -> datetime:
    """Return when the backup was made; raise BackupUnreadable."""
    try:
        with tarfile.open(path) as archive:
            first = archive.next()
            file = archive.extractfile(first) if first is not None and first.name == _MANIFEST else None
            manifest = json.load(file) if file is not None else {}
        if manifest.get("format") != _FORMAT:
            raise BackupUnreadable(path=path)
        return datetime.fromisoformat(manifest["made_at"])
    except (tarfile.TarError, ValueError, KeyError) as error:
        raise BackupUnreadable(path=path) from error


@contextmanager
def _unpacked(path: Path, environment: Environment) -> Iterator[Path]:
    """Unpack the backup beside where it goes, so that it can be moved at the end; raise BackupUnreadable."""
    with tempfile.TemporaryDirectory(dir=environment.var, prefix=".restore-") as folder:
        try:
            with tarfile.open(path) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise BackupUnreadable(path=path) from error
        if not (Path(folder) / _DUMP).is_file():
            raise BackupUnreadable(path=path)
        yield Path(folder)


def _put_in_place(folder: Path, environment: Environment) -> None:
    owner = owner_of(environment.var)
    if owner is not None:
        for each in folder.rglob("*"):
            os.chown(each, *owner)
    attachments = environment.var / _ATTACHMENTS
    if (folder / _ATTACHMENTS).is_dir():
        if attachments.is_dir():
            attachments.rmdir()
        (folder / _ATTACHMENTS).rename(attachments)
    if (folder / _SECRET).is_file() and not environment.secret_key:
        shutil.move(folder / _SECRET, environment.var / _SECRET)


def _has_tables(database: Database) -> bool:
    with connect(database) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
        ).fetchone()
    return found is not None


def _run_tool(database: Database, tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on ``database``; others could read a password among its arguments."""
    address = conninfo(replace(database, password=""))
    command = [str(bin_path(tool)), f"--dbname={address}", *arguments]
    done = subprocess.run(
        command, env={**os.environ, "PGPASSWORD": database.password}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PostgresToolFailed(tool=tool, reason=done.stderr.strip().splitlines()[-1])


def _place(environment: Environment) -> str:
    database = environment.database
    return f"la base «{database.name}» de {database.host}" if database else f"la base integrada de {environment.var}"
