import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from cercana.config.postgres import EmbeddedPostgres
from cercana.config.postgres.postmaster import processes_in
from tests.config.servers import Supervise, Supervisor, embedded, kill


@contextmanager
def passable_folder() -> Iterator[Path]:
    """Make a folder that every account may pass, and see that no server is left in it."""
    with tempfile.TemporaryDirectory(prefix="cercana-test-") as name:
        path = Path(name).resolve()
        path.chmod(0o755)
        yield path
        left = {pid for data in path.rglob("postgres") for pid in processes_in(data)}
        kill(left)
        assert not left


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a new folder that every account may pass."""
    with passable_folder() as path:
        yield path


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """Return a ``var`` after its first start, to be copied: ``initdb`` takes a second."""
    with passable_folder() as path:
        with embedded(path / "var"):
            pass
        yield path / "var"


@pytest.fixture
def var(folder: Path, template: Path) -> Path:
    """Return a ``var`` after its first start, stopped."""
    subprocess.run(["cp", "-a", template, folder / "var"], check=True)
    return folder / "var"


@pytest.fixture(scope="session")
def shared(template: Path) -> Iterator[EmbeddedPostgres]:
    """Return a running server for the tests that only look at it."""
    with passable_folder() as path:
        subprocess.run(["cp", "-a", template, path / "var"], check=True)
        with embedded(path / "var") as server:
            yield server


@pytest.fixture
def supervise() -> Iterator[Supervise]:
    """Return how to start supervisors, which end with the test."""
    with ExitStack() as ends:

        def start(var: Path, account: pwd.struct_passwd | None = None) -> Supervisor:
            supervisor = Supervisor(var, account)
            ends.callback(supervisor.close)
            return supervisor

        yield start
