"""Where in ``var`` the embedded PostgreSQL keeps its things, and where else when ``var`` will not do."""

import json
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cercana.config.postgres import binaries
from cercana.config.postgres.account import Account, give_to_owner_of
from cercana.config.postgres.connection import Connection
from cercana.config.postgres.errors import DataMissing, DataUnreachable, FolderForbidden, OtherVersion, SecretMissing

# A Unix socket's path has 108 bytes with the closing zero.
_LONGEST_SOCKET = 107
_LARGEST_LOG = 5_000_000
# Where root keeps data when the account of the server cannot pass through the folders above var.
_ELSEWHERE = Path("/var/lib/cercana")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one ``var``, ready for use by ``account``, and the programs it can run."""

    var: Path
    account: Account
    data: Path
    run: Path
    secret: str
    programs: Path

    @property
    def log(self) -> Path:
        """Return the path of the server's log."""
        return self.var / "postgres.log"

    def open_log(self) -> IO[bytes]:
        """Open the log for appending; a log grown large becomes ``postgres.log.1`` first."""
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        give_to_owner_of(self.var, descriptor)
        return os.fdopen(descriptor, "ab")

    @property
    def is_initialised(self) -> bool:
        """Tell whether there are data."""
        return (self.data / "PG_VERSION").exists()

    @property
    def connection(self) -> Connection:
        """Return how to reach the server."""
        return Connection(str(self.run), self.secret)


def connection_of(var: Path) -> Connection:
    """
    Return how to reach the server of ``var``, running or not; its password is "" if it was never started.

    For processes beside the one that runs the server. Raise FolderForbidden if ``var`` belongs to others.
    """
    var = var.resolve()
    try:
        secret = _secret_file(var).read_text(encoding="utf-8") if _secret_file(var).exists() else ""
        return Connection(_read_record(var).get("run", str(var / "run")), secret)
    except PermissionError as error:
        raise folder_forbidden(var, error) from error


def prepare_places(var: Path) -> Places:
    """
    Make what is missing of the folders and the secret of ``var`` and return them.

    Nothing above ``var`` changes. Raise DataUnreachable, DataMissing, OtherVersion or SecretMissing, or
    PermissionError if ``var`` belongs to others.
    """
    account = Account.for_server_of(var)
    if account.uid != var.stat().st_uid:
        var.chmod(var.stat().st_mode | stat.S_IXOTH)
    record = _read_record(var)
    programs = _reachable_programs(account)
    home = _data_home(var, account, record)
    # Resolved, since the working directory of a process is, by which a leftover server is known.
    data = (home / "postgres").resolve()
    if (data / "PG_VERSION").exists():
        _check_data(var, data, account)
    run = _socket_folder(var, account, record)
    found = {"data": home, "run": run}
    usual = {"data": var, "run": var / "run"}
    _write_record(var, {name: str(found[name]) for name in found if found[name] != usual[name]})
    return Places(var, account, data, run, _secret(var, is_new=not (data / "PG_VERSION").exists()), programs)


def folder_forbidden(var: Path, error: PermissionError) -> FolderForbidden:
    """Return the refusal for what the system denied us in ``var``, or in the folder of data it names."""
    path = Path(error.filename or var)
    folder = var if path.is_relative_to(var) else path.parent
    return FolderForbidden(account=Account.own().name, path=path, folder=folder)


def _reachable_programs(account: Account) -> Path:
    programs = binaries.bin_path("postgres").parent
    if not account.is_switched or account.can_run(programs / "postgres"):
        return programs
    _ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return binaries.copy_server(_ELSEWHERE)


def _data_home(var: Path, account: Account, record: dict[str, str]) -> Path:
    """Return the folder around the data: ``var``, or one elsewhere if the account cannot pass the folders above."""
    home = Path(record.get("data", var))
    if not home.is_dir():
        raise DataMissing(path=home, record=_record_file(var))
    is_begun = home != var or (var / "postgres").is_dir()
    if is_begun or not account.is_switched or account.can_enter(var):
        return home
    _ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="data-", dir=_ELSEWHERE))
    account.take(home)
    return home


def _check_data(var: Path, data: Path, account: Account) -> None:
    if data.is_relative_to(var):
        account.take(data)
    if account.is_switched and not account.can_enter(data):
        raise DataUnreachable(account=account.name, path=data, var=var)
    found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if found != binaries.major_version():
        raise OtherVersion(path=data, found=found, expected=binaries.major_version())


def _socket_folder(var: Path, account: Account, record: dict[str, str]) -> Path:
    run = var / "run"
    if _takes_socket(run) and (not account.is_switched or account.can_enter(var)):
        run.mkdir(mode=0o700, exist_ok=True)
        account.take(run)
        return run
    recorded = Path(record.get("run", run))
    if _takes_socket(recorded) and _is_private(recorded, account):
        return recorded
    made = Path(tempfile.mkdtemp(prefix="cercana-"))
    if not _takes_socket(made):
        made.rmdir()
        made = Path(tempfile.mkdtemp(prefix="cercana-", dir="/tmp"))
    account.take(made)
    return made


def _takes_socket(folder: Path) -> bool:
    """Tell whether a socket in ``folder`` can be bound and named; libpq takes a comma for the end of a host."""
    path = os.fsencode(Connection(str(folder), "").socket)
    return len(path) <= _LONGEST_SOCKET and not set(path) & set(b',"')


def _is_private(folder: Path, account: Account) -> bool:
    """Tell whether nobody else could have put a server of theirs into ``folder``, which lies outside ``var``."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700


def _secret(var: Path, *, is_new: bool) -> str:
    path = _secret_file(var)
    if path.exists():
        return path.read_text(encoding="utf-8")
    if not is_new:
        raise SecretMissing(path=path)
    secret = secrets.token_urlsafe(32)
    _write(var, path, secret)
    return secret


def _read_record(var: Path) -> dict[str, str]:
    path = _record_file(var)
    if not path.exists():
        return {}
    record = json.loads(path.read_text(encoding="utf-8"))
    return {str(name): str(folder) for name, folder in record.items()}


def _write_record(var: Path, record: dict[str, str]) -> None:
    if record:
        _write(var, _record_file(var), json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    else:
        _record_file(var).unlink(missing_ok=True)


def _write(var: Path, path: Path, text: str) -> None:
    """Write a file that only the owner of ``var`` may read: all of it or, cut short, none."""
    descriptor, draft = tempfile.mkstemp(dir=var)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        give_to_owner_of(var, descriptor)
        os.fsync(descriptor)
    Path(draft).rename(path)


def _secret_file(var: Path) -> Path:
    return var / "postgres.secret"


def _record_file(var: Path) -> Path:
    return var / "postgres.json"
