"""
The surroundings of every test: a ``var`` of its own and a real PostgreSQL.

The server is the one of DATABASE_URL or, without it, an embedded one for this session, which starts with the first
test that asks for the database. Where several processes share the tests, each has surroundings of its own; only the
installation that others are copies of is made once for all.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from cercana.config.postgres import EmbeddedPostgres
from tests.command_line.installation import FAST, Installation, first_run

# Where the processes that share the tests find what one of them has made for all.
SHARED = "TESTS_SHARED"

_shared_key = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_folder_key = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_server_key = pytest.StashKey[EmbeddedPostgres]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the environment variables of the tests and have Django read them, before pytest-django sets Django up."""
    config.addinivalue_line("markers", "root: needs several accounts of the machine; left out if we are not root.")
    if SHARED not in os.environ:
        shared = config.stash[_shared_key] = tempfile.TemporaryDirectory(prefix="cercana-shared-")
        Path(shared.name).chmod(0o755)
        os.environ[SHARED] = shared.name
    if config.getoption("numprocesses", None):
        return
    for name in [name for name in os.environ if name.startswith("CERCANA_")]:
        del os.environ[name]
    folder = tempfile.TemporaryDirectory(prefix="cercana-tests-")
    Path(folder.name).chmod(0o755)
    var = Path(folder.name) / "var"
    config.stash[_folder_key] = folder
    os.environ["CERCANA_VAR"] = str(var)
    # The services outside of the tests stand on this machine.
    os.environ["CERCANA_NOTIFY_THIS_MACHINE"] = "yes"
    if not os.environ.get("DATABASE_URL"):
        server = EmbeddedPostgres(var, progress=lambda _text: None, options=FAST)
        config.stash[_server_key] = server
        os.environ["DATABASE_URL"] = server.prepare().url
    os.environ["DJANGO_SETTINGS_MODULE"] = "cercana.config.settings"
    # Static files come from where npm built them: gathering and compressing them is part of the start, not of a test.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only root can play."""
    if os.geteuid() != 0:
        left_out = [item for item in items if item.get_closest_marker("root")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave nothing behind."""
    if _server_key in config.stash:
        config.stash[_server_key].stop()
    if _folder_key in config.stash:
        config.stash[_folder_key].cleanup()
    if _shared_key in config.stash:
        config.stash[_shared_key].cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    pytestconfig: pytest.Config, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the server of this session: pytest-django asks for this just before it makes the test database."""
    if _server_key in pytestconfig.stash:
        pytestconfig.stash[_server_key].start()


@pytest.fixture
def ignored_triggers() -> Iterator[ExitStack]:
    """Return what is left behind once the database was emptied."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def committed(ignored_triggers: ExitStack, transactional_db: None) -> Iterator[None]:
    """
    Let other processes see what a test writes in a small municipality.

    Emptying the database afterwards may do what nobody else may.
    """
    # Imported here: Django is not set up yet when pytest reads this file.
    import pgtrigger
    from django.db import connection

    from tests.factories import make_municipality

    make_municipality()
    yield
    with connection.cursor() as cursor:
        # Tables that Django does not manage, and so does not empty.
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    ignored_triggers.enter_context(pgtrigger.ignore("cases.Event:no_truncate", "cases.AccessRecord:no_truncate"))


@pytest.fixture(scope="session")
def installed() -> Installation:
    """Return an installation after its first run, without the demonstration, stopped: to be copied, never started."""
    return first_run(Path(os.environ[SHARED]))
