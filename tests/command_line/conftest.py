from collections.abc import Iterator

import pytest

from tests.command_line.installation import Installation, copied


@pytest.fixture
def installation(installed: Installation) -> Iterator[Installation]:
    """Return a copy of what the first run leaves, to be started and harmed."""
    with copied(installed) as copy:
        yield copy


@pytest.fixture(scope="module")
def stopped(installed: Installation) -> Iterator[Installation]:
    """Return a copy for tests that leave it as it was: stopped."""
    with copied(installed) as copy:
        yield copy


@pytest.fixture(scope="module")
def running(installed: Installation) -> Iterator[Installation]:
    """Return a running copy, for tests after which it runs as before."""
    with copied(installed) as copy:
        copy.start("run")
        yield copy
