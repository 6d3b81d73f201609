"""Tests of the demonstration happen in its municipality, entered as «cercana demo base» does."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="class")
def entered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Enter the demonstration municipality once for the tests of a class, and take it back."""
    # Imported here: Django is not set up yet when pytest reads this file.
    base, factories = import_module("cercana.demo.base"), import_module("tests.factories")
    with django_db_blocker.unblock(), transaction.atomic():
        base.set_up_municipality(factories.NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(entered: None, db: None) -> None:
    """Stand in the demonstration municipality; what the test does there is taken back."""
