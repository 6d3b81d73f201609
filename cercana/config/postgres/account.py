"""Under which account of the machine the server runs, and who owns what in ``var``."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_ROOT = 0
_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the machine; ``is_switched`` if we are root and must become it to run the server."""

    name: str
    uid: int
    gid: int
    is_switched: bool

    @classmethod
    def own(cls) -> Self:
        """Return the account this process runs under."""
        return cls(_name_of(os.geteuid()) or str(os.geteuid()), os.geteuid(), os.getegid(), is_switched=False)

    @classmethod
    def for_server_of(cls, var: Path) -> Self:
        """Return our own account or, as root, the owner of ``var``; ``nobody`` if that is root or has no name."""
        if os.geteuid() != _ROOT:
            return cls.own()
        owner = var.stat()
        name = _name_of(owner.st_uid)
        if owner.st_uid != _ROOT and name:
            return cls(name, owner.st_uid, owner.st_gid, is_switched=True)
        nobody = pwd.getpwnam(_NOBODY)
        return cls(_NOBODY, nobody.pw_uid, nobody.pw_gid, is_switched=True)

    def popen(self, command: list[str], *, stdin: int = subprocess.DEVNULL, output: int) -> subprocess.Popen[bytes]:
        """Start ``command`` as this account, in a session of its own that Ctrl-C does not reach."""
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "TZ": "UTC"},
            start_new_session=True,
            user=self.uid if self.is_switched else None,
            group=self.gid if self.is_switched else None,
            extra_groups=[] if self.is_switched else None,
        )

    def can_run(self, program: Path) -> bool:
        """Tell whether this account reaches ``program``."""
        try:
            return self.popen([str(program), "--version"], output=subprocess.DEVNULL).wait() == 0
        except PermissionError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account reaches what lies in ``folder``."""
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
        return self.popen(test, output=subprocess.DEVNULL).wait() == 0

    def take(self, folder: Path) -> None:
        """As root, make this account the owner of ``folder`` and all in it, unless it is already."""
        if not self.is_switched or folder.stat().st_uid == self.uid:
            return
        for path in (*folder.rglob("*"), folder):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def make_var(var: Path) -> None:
    """
    Make the folder ``var`` if it is absent; nothing above it changes.

    Made by root it goes to the owner of the folder around it, so that who started once with sudo can go on without.
    """
    if var.is_dir():
        return
    missing = [var, *(parent for parent in var.parents if not parent.exists())]
    owner = missing[-1].parent.stat()
    for folder in reversed(missing):
        folder.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == _ROOT:
            os.chown(folder, owner.st_uid, owner.st_gid)


def give_to_owner_of(var: Path, file: int) -> None:
    """As root, make the owner of ``var`` the owner of an open file in it."""
    if os.geteuid() == _ROOT:
        owner = var.stat()
        os.fchown(file, owner.st_uid, owner.st_gid)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""
