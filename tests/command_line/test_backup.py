import stat
import tarfile
from pathlib import Path

import psycopg

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


class TestBackup:
    def test_comes_back_whole_on_a_machine_that_never_ran(self, installation: Installation, tmp_path: Path) -> None:
        write_something(installation)
        assert installation.cercana("backup", str(tmp_path / "copy.tar")).returncode == 0
        other = Installation(installation.var.with_name("other"))

        restored = other.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert restored.returncode == 0, restored.stderr
        assert notes(other) == ["bache"]
        assert (other.var / "attachments" / "ab" / "photo").read_bytes() == _CONTENT
        assert (other.var / "secret").read_text() == (installation.var / "secret").read_text()

    def test_can_be_read_by_its_owner_alone(self, installation: Installation, tmp_path: Path) -> None:
        installation.cercana("backup", str(tmp_path / "copy.tar"))

        assert stat.S_IMODE((tmp_path / "copy.tar").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["copy.tar"]

    def test_does_not_hold_a_key_that_the_environment_gives(self, installation: Installation, tmp_path: Path) -> None:
        installation.cercana("backup", str(tmp_path / "copy.tar"), CERCANA_SECRET_KEY="k" * 40)

        with tarfile.open(tmp_path / "copy.tar") as archive:
            assert archive.getnames() == ["manifest.json", "database.dump"]

    def test_replaces_no_file(self, installation: Installation, tmp_path: Path) -> None:
        (tmp_path / "copy.tar").write_text("precious")

        refused = installation.cercana("backup", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "Ya existe" in refused.stderr
        assert (tmp_path / "copy.tar").read_text() == "precious"


class TestRestore:
    def test_replaces_no_data(self, installation: Installation, tmp_path: Path) -> None:
        write_something(installation)
        installation.cercana("backup", str(tmp_path / "copy.tar"))

        refused = installation.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "ya tiene contenido y no se reemplaza" in refused.stderr
        assert notes(installation) == ["bache"]

    def test_asks_first(self, installation: Installation, tmp_path: Path) -> None:
        installation.cercana("backup", str(tmp_path / "copy.tar"))

        asked = installation.cercana("restore", str(tmp_path / "copy.tar"))

        assert "¿Restaurar la copia del" in asked.stdout
        assert asked.returncode == 1

    def test_refuses_a_file_that_is_no_backup(self, installation: Installation, tmp_path: Path) -> None:
        (tmp_path / "copy.tar").write_text("not a tar")

        refused = installation.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "no es una copia de Cercana completa" in refused.stderr

    def test_refuses_a_backup_cut_short(self, installation: Installation, tmp_path: Path) -> None:
        installation.cercana("backup", str(tmp_path / "copy.tar"))
        whole = (tmp_path / "copy.tar").read_bytes()
        (tmp_path / "copy.tar").write_bytes(whole[: len(whole) // 2])
        other = Installation(installation.var.with_name("other"))

        refused = other.cercana("restore", "--yes", str(tmp_path / "copy.tar"))

        assert refused.returncode == 1
        assert "no es una copia de Cercana completa" in refused.stderr
