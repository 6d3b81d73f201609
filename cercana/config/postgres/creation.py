"""What happens once in the life of a ``var``: the folder of data, our role and our database."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from cercana.config.postgres.connection import SUPERUSER, Connection
from cercana.config.postgres.errors import InitialisationFailed, StartFailed
from cercana.config.postgres.places import Places


def initialise(places: Places) -> None:
    """Make the folder of data, whole or not at all; raise InitialisationFailed."""
    prefix = f"{places.data.name}.new-"
    for left in places.data.parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: the initdb of an instance that was killed may still be at work.
    draft = Path(tempfile.mkdtemp(prefix=prefix, dir=places.data.parent))
    places.account.take(draft)
    _initdb(places, draft)
    try:
        draft.rename(places.data)
    except OSError as error:
        # Somebody else's files are there already.
        raise InitialisationFailed(path=places.data, reason=os.strerror(error.errno or 0)) from error
    _sync_folder(places.data.parent)


def ensure_database(places: Places) -> None:
    """
    Make our role and our database if they are missing.

    The role owns the database and may make others, for tests; it is no superuser, so that an injected statement
    reaches neither files nor programs of the machine. Raise StartFailed if the server does not let us in.
    """
    connection = places.connection
    maintenance = Connection(connection.host, connection.password, user=SUPERUSER, name=SUPERUSER)
    try:
        session = psycopg.connect(maintenance.conninfo, autocommit=True)
    except psycopg.OperationalError as error:
        raise StartFailed(log=places.log, tail=str(error).strip()) from error
    with session:
        if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [connection.user]).fetchone():
            role, password = sql.Identifier(connection.user), sql.Literal(connection.password)
            session.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password))
        if not session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.name]).fetchone():
            name, owner = sql.Identifier(connection.name), sql.Identifier(connection.user)
            session.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))


def _initdb(places: Places, folder: Path) -> None:
    command = [
        str(places.programs / "initdb"),
        *("--pgdata", str(folder), "--username", SUPERUSER, "--pwfile", "/dev/stdin"),
        *("--auth-local", "scram-sha-256", "--auth-host", "reject"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    ]
    # The password goes through a file without a name: the account of the server may not read the one in var.
    with tempfile.TemporaryFile() as password, tempfile.TemporaryFile() as output:
        password.write(places.secret.encode("utf-8"))
        password.flush()
        if places.account.is_switched:
            os.fchown(password.fileno(), places.account.uid, places.account.gid)
        with places.account.popen(command, stdin=password.fileno(), output=output.fileno()) as process:
            is_done = process.wait() == 0
        if not is_done:
            output.seek(0)
            raise InitialisationFailed(path=places.data, reason=_last_line(output.read()))


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "initdb no dijo nada."


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
