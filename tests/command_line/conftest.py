import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command_line.installation import Installation


@contextmanager
def _installation(template: Path | None = None) -> Iterator[Installation]:
    """Make an installation, as a copy of ``template`` if given, and see that nothing of it is left."""
    with tempfile.TemporaryDirectory(prefix="cercana-run-") as name:
        Path(name).chmod(0o755)
        var = Path(name).resolve() / "var"
        if template is not None:
            subprocess.run(["cp", "-a", template, var], check=True)
        installation = Installation(var)
        try:
            yield installation
        finally:
            installation.close()


@pytest.fixture(scope="session")
def installed() -> Iterator[Installation]:
    """Return an installation after its first run, without the demonstration, stopped; not to be started again."""
    with _installation() as installation:
        installation.start("run", "--empty")
        assert installation.stop() == 0
        yield installation


@pytest.fixture
def installation(installed: Installation) -> Iterator[Installation]:
    """Return a copy of it, to be started and harmed."""
    with _installation(installed.var) as copy:
        yield copy


@pytest.fixture(scope="module")
def running(installed: Installation) -> Iterator[Installation]:
    """Return a running copy of it, for tests after which it runs as before."""
    with _installation(installed.var) as copy:
        copy.start("run")
        yield copy
