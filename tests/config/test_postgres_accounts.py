"""The embedded PostgreSQL started by root and by others, who must not stand in each other's way."""

import json
import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from cercana.config.postgres import connection_of
from tests.config.servers import Supervise, embedded, look_of, notes, postmaster_of, write

NOBODY = pwd.getpwnam("nobody").pw_uid


@pytest.fixture
def var(folder: Path) -> Path:
    """Return a ``var`` that does not exist yet."""
    return folder / "var"


@pytest.fixture
def ordinary() -> pwd.struct_passwd:
    """Return an account that is neither root nor nobody."""
    return pwd.getpwnam("daemon")


@pytest.mark.root
class TestRoot:
    def test_serves_the_owner_of_the_surrounding_folder(
        self, var: Path, ordinary: pwd.struct_passwd, supervise: Supervise
    ) -> None:
        os.chown(var.parent, ordinary.pw_uid, ordinary.pw_gid)
        before = look_of(var.parents)
        with embedded(var) as server:
            write(server.start().url, "as root")
            assert Path(f"/proc/{postmaster_of(var)}").stat().st_uid == ordinary.pw_uid

        supervisor = supervise(var, ordinary)

        assert notes(supervisor.says) == ["as root"]
        supervisor.close()
        assert look_of(var.parents) == before

    def test_serves_as_nobody_until_the_folder_is_handed_over(
        self, var: Path, ordinary: pwd.struct_passwd, supervise: Supervise
    ) -> None:
        with embedded(var) as server:
            write(server.start().url, "as root")
            assert Path(f"/proc/{postmaster_of(var)}").stat().st_uid == NOBODY

        refused = supervise(var, ordinary)
        refused.close()
        assert f"sudo chown -R {ordinary.pw_name} {var}" in refused.says
        subprocess.run(["chown", "-R", ordinary.pw_name, var], check=True)
        supervisor = supervise(var, ordinary)

        assert notes(supervisor.says) == ["as root"]
        supervisor.close()

    def test_leaves_no_second_server_when_the_folder_changes_hands(
        self, var: Path, ordinary: pwd.struct_passwd, supervise: Supervise
    ) -> None:
        supervisor = supervise(var)
        left = postmaster_of(var)
        supervisor.kill()
        subprocess.run(["chown", "-R", ordinary.pw_name, var], check=True)

        refused = supervise(var, ordinary)
        refused.close()
        assert f"(proceso {left})" in refused.says

        with embedded(var):
            assert Path(f"/proc/{postmaster_of(var)}").stat().st_uid == ordinary.pw_uid

    def test_keeps_the_data_elsewhere_when_the_way_to_var_is_barred(self, var: Path) -> None:
        var.parent.chmod(0o700)
        before = look_of(var.parents)
        first = embedded(var)
        first.prepare()
        with first:
            write(first.start().url, "behind bars")

        with embedded(var) as server:
            assert notes(server.start().url) == ["behind bars"]

        assert look_of(var.parents) == before
        assert not (var / "postgres").exists()
        shutil.rmtree(Path(json.loads((var / "postgres.json").read_text())["data"]))
        Path(connection_of(var).host).rmdir()
