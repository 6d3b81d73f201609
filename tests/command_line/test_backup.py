import stat
import tarfile
from pathlib import Path

import psycopg
import pytest

from tests.command_line.installation import Installation

_CONTENT = b"una foto del bache"


def write_something(installation: Installation) -> None:
    """Leave a row and an attachment."""
    with installation.database() as url, psycopg.connect(url) as session:
        session.execute("CREATE TABLE note AS SELECT 'bache' AS text")
    attachments = installation.var / "attachments" / "ab"
    attachments.mkdir(parents=True)
    (attachments / "photo").write_bytes(_CONTENT)


def notes(installation: Installation) -> list[str]:
    with installation.database() as url, psycopg.connect(url) as session:
        return [text for (text,) in session.execute("SELECT text FROM note")]


@pytest.fixture(scope="module")
def written(stopped: Installation) -> Installation:
    """Return an installation in which something stands."""
    write_something(stopped)
    return stopped


@pytest.fixture(scope="module")
def backup(written: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup of it, alone in its folder."""
    path = tmp_path_factory.mktemp("backup") / "copy.tar"
    done = written.cercana("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


class TestBackup:
    def test_comes_back_whole_on_a_machine_that_never_ran(self, written: Installation, backup: Path) -> None:
        other = Installation(written.var.with_name("other"))

        restored = other.cercana("restore", "--yes", str(backup))

        assert restored.returncode == 0, restored.stderr
        assert notes(other) == ["bache"]
        assert (other.var / "attachments" / "ab" / "photo").read_bytes() == _CONTENT
        assert (other.var / "secret").read_text() == (written.var / "secret").read_text()

    def test_can_be_read_by_its_owner_alone(self, backup: Path) -> None:
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        assert [path.name for path in backup.parent.iterdir()] == ["copy.tar"]

    def test_does_not_hold_a_key_that_the_environment_gives(self, installation: Installation, tmp_path: Path) -> None:
        installation.cercana("backup", str(tmp_path / "copy.tar"), CERCANA_SECRET_KEY="k" * 40)

        with tarfile.open(tmp_path / "copy.tar") as archive:
            assert archive.getnames() == ["manifest.json", "database.dump"]

    def test_replaces_no_file(self, stopped: Installation, tmp_path: Path) -> None:
        (tmp_path / "copy.tar").write_text("precious")

        refused = stopped.cercana("backup", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "Ya existe" in refused.stderr
        assert (tmp_path / "copy.tar").read_text() == "precious"


class TestRestore:
    def test_replaces_no_data(self, written: Installation, backup: Path) -> None:
        refused = written.cercana("restore", "--yes", str(backup))

        assert refused.returncode == 1
        assert "ya tiene contenido y no se reemplaza" in refused.stderr
        assert notes(written) == ["bache"]

    def test_asks_first(self, stopped: Installation, backup: Path) -> None:
        asked = stopped.cercana("restore", str(backup))

        assert "¿Restaurar la copia del" in asked.stdout
        assert asked.returncode == 1

    def test_refuses_a_file_that_is_no_backup(self, stopped: Installation, tmp_path: Path) -> None:
        (tmp_path / "copy.tar").write_text("not a tar")

        refused = stopped.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "no es una copia de Cercana completa" in refused.stderr

    def test_refuses_a_backup_cut_short(self, stopped: Installation, backup: Path, tmp_path: Path) -> None:
        whole = backup.read_bytes()
        (tmp_path / "copy.tar").write_bytes(whole[: len(whole) // 2])
        other = Installation(stopped.var.with_name("never"))

        refused = other.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "no es una copia de Cercana completa" in refused.stderr
